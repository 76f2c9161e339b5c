"""What the report of a city shows: plain values, ready to be drawn in any language.

The report is redacted before it comes here: nothing in it is above the reader's class.
Texts that carry a language are `Labels`; names of places have an English and an Arabic form;
everything that somebody said stays in the words and the language it was said in.
"""

from dataclasses import dataclass

from takatuf.vocabulary.things import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in two scripts; `ar` is "" where nobody gave one."""

    en: str
    ar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One who says it: the source of an answer, as published."""

    who: str  # the organisation's name
    role: str  # the office that spoke, or ""
    organisation_type: str  # "un_agency", "government" ... as in the vocabulary
    said: str  # the value as it was said, with unit
    wording: str  # the words used, or what a reader must know; may be ""
    modality: str  # "asserted", "denied", "estimated", "promised"
    observed: str  # when it was true, as far as stated; "" where undated
    published: str  # when it was made public; "" where unknown
    title: str
    publisher: str
    address: str  # a web address, or ""
    retells: str  # whom it quotes, or ""
    about: str  # the place or thing it speaks of, where that is not the one asked about
    is_assumption: bool
    report: str = ""  # the identity of the report
    claim: int = 0  # the claim's place in it, from 1
    backing: str = ""  # who signed it: "signed by itself", "passed on by ..."
    mark: str = ""  # "host_held" or "unsigned": shown in every display; else ""
    counts: str = ""  # why it adds no origin of its own: "retells", "the same figure ..."; or ""
    grade: str = ""  # as a named person graded it, such as "B2"; or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to a question, with everybody who gives it."""

    value: str  # as shown, English words and figures
    label: Labels | None  # of an allowed value; None for figures, dates and free text
    n_origins: int  # voices that quote one another, or act under one body, count once
    voices: tuple[Voice, ...]
    chance: float | None = None  # that it is right, by the sources' records; None: not reckoned


@dataclass(frozen=True, slots=True, kw_only=True)
class BeliefView:
    """What can be believed of one property of one thing, and who disagrees."""

    thing: str
    name: Name
    property: str
    label: Labels
    topic: str
    status: str  # a word of `BeliefStatus`: "agreed", "contested" ...
    value: str  # "" where contested, unknown or withheld
    value_label: Labels | None
    act_on: str  # what the plan acts on where answers differ, "" where nothing is chosen
    since: str
    answers: tuple[Answer, ...]  # those that compete now, most independent origins first
    earlier: tuple[Answer, ...]  # what was said before, for the history
    notes: tuple[str, ...]  # "falling series: 36,000 items on 2017-02-20, 26,395 on 2017-06-14"
    n_withheld: int
    reason: str = ""  # why it counts as it does
    estimate: str = ""  # of contested figures: middle and range over independent origins


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    """One sentence of the founding statement, in our words, and the beliefs it touches."""

    sentence: Labels
    beliefs: tuple[BeliefView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A known contradiction: one question asked, or several that are easily taken for one."""

    key: str  # "X5"
    title: str
    why: str  # why the answers differ
    is_one_question: bool  # False: the members count different things, shown side by side
    members: tuple[BeliefView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A neighbourhood or an entry on the map; metres east and north of the city's middle."""

    thing: str
    name: Name
    east_m: float
    north_m: float
    people: float
    hazard: str  # "" or the state in the words of IMAS: "suspected hazardous area" ...
    has_now: dict[str, bool]  # by service: access, water, power, health, home
    service_day: dict[str, float | None]  # in the joint plan; None: not within the horizon
    why: dict[str, str]  # by service: the belief or assumption the state of today rests on
    is_entry: bool = False  # a way into the city, where nobody lives; such places come last


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link of the road model between two places of the map."""

    start: int  # index into `CityReport.places`
    end: int
    is_main: bool
    opens_on_day: float | None  # 0: open now; None: not within the horizon
    hazard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """A facility on the map, drawn in the middle of its neighbourhood and nowhere closer."""

    kind: str  # "water", "power", "warehouse", "entry"
    name: Name
    east_m: float
    north_m: float
    status: str
    works_on_day: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task of the plan, with its reasons."""

    key: str
    name: str
    kind: str  # "survey", "clear", "debris", "water", "power", "health", "home"
    place: Name
    start_day: float
    end_day: float
    starts_on: str  # the calendar day
    opens: str  # "opens the road to Hanano 2 and 4 more: 31,000 people"; "" where nothing
    waits_for: str  # "clear Sakhour 1 (Army engineers)"; "" where it starts at once
    people_days: float  # weighted person-days that wait for it
    rests_on_assumption: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """A team and its tasks, in order."""

    name: str
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """An organisation and its teams."""

    name: str
    teams: tuple[TeamView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayView:
    """One way of planning: each alone, one after another with shared plans, or together."""

    key: str  # "alone", "shared", "together"
    person_days: float  # weighted person-days without service, the smaller the better
    evaluations: int
    served: tuple[tuple[float, float], ...]  # (day, share of weighted people served, 0 to 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of the summary, with how it was counted."""

    key: str  # "statements", "contested", "people_without_water" ...
    value: float
    unit: str
    how_counted: str
    is_assumption: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CityReport:
    """Everything the report of a city shows."""

    name: Name
    at: str  # the day: "2017-06-14"
    known: str  # what had been heard by then; "everything received" where not cut
    figures: tuple[Figure, ...]
    founding_title: str
    founding: tuple[SentenceView, ...]
    questions: tuple[QuestionView, ...]
    topics: dict[str, Labels]
    beliefs: tuple[BeliefView, ...]  # of the city itself, by topic
    places: tuple[PlaceView, ...]
    links: tuple[LinkView, ...]
    sites: tuple[SiteView, ...]
    organisations: tuple[OrganisationView, ...]
    ways: tuple[WayView, ...]
    bound: float  # proven: no plan at all is below it
    horizon_days: float
    seed: int
    assumptions: tuple[BeliefView, ...]  # in force in this plan, by property, a sample each
    n_assumptions: int
    voices_by_type: dict[str, int]  # statements by type of organisation
    missing: tuple[str, ...]  # who and what is not in the record, in words
