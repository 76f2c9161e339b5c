"""A small report of a city, valid by default: a test names only what it is about."""

from dataclasses import replace
from typing import Any

from takatuf.formats.city_report import (
    Answer,
    BeliefView,
    CityReport,
    Figure,
    LinkView,
    Name,
    OrganisationView,
    PlaceView,
    QuestionView,
    SentenceView,
    SiteView,
    TaskView,
    TeamView,
    Voice,
    WayView,
)
from takatuf.vocabulary.things import Labels


def a_label(text: str) -> Labels:
    return Labels(en=text, ar=f"{text} (ar)", fr=f"{text} (fr)", ru=f"{text} (ru)")


_VOICE = Voice(
    who="Water Board",
    role="director",
    organisation_type="utility",
    said="working",
    wording="the pumps have run since Monday",
    modality="asserted",
    observed="2017-06-12",
    published="2017-06-13",
    title="Water is back",
    publisher="City Gazette",
    address="https://example.org/water",
    retells="",
    about="",
    is_assumption=False,
)


def a_voice(**changes: Any) -> Voice:
    return replace(_VOICE, **changes)


def an_answer(value: str = "working", *voices: Voice, n_origins: int = 1) -> Answer:
    return Answer(
        value=value, label=None, n_origins=n_origins, voices=voices or (a_voice(said=value),)
    )


def a_belief(**changes: Any) -> BeliefView:
    belief = BeliefView(
        thing="water/north",
        name=Name(en="North pumping station", ar="محطة ضخ الشمال"),
        property="status",
        label=a_label("Status of the station"),
        topic="water",
        status="single source",
        value="working",
        value_label=None,
        act_on="",
        since="2017-06-12",
        answers=(an_answer(),),
        earlier=(),
        notes=(),
        n_withheld=0,
    )
    return replace(belief, **changes)


def a_contested_belief(**changes: Any) -> BeliefView:
    answers = (an_answer("working"), an_answer("stopped", a_voice(who="Residents", said="no")))
    return a_belief(status="contested", value="", answers=answers, **changes)


def a_place(called: str = "Tall Hajar", **changes: Any) -> PlaceView:
    services = ("access", "water", "power", "health", "home")
    place = PlaceView(
        thing=f"place/{called}",
        name=Name(en=called, ar="تل حجر"),
        east_m=0.0,
        north_m=0.0,
        people=12_000,
        hazard="",
        has_now=dict.fromkeys(services, False),
        service_day=dict.fromkeys(services, 20.0),
        why=dict.fromkeys(services, "no report of a working connection"),
    )
    return replace(place, **changes)


def a_task(key: str = "t1", **changes: Any) -> TaskView:
    task = TaskView(
        key=key,
        name="Clear Tall Hajar 1",
        kind="clear",
        place=Name(en="Tall Hajar", ar="تل حجر"),
        start_day=2.0,
        end_day=9.5,
        starts_on="2017-06-16",
        opens="opens the road to Karm: 31,000 people",
        waits_for="",
        people_days=120_000.0,
        rests_on_assumption=True,
    )
    return replace(task, **changes)


def an_organisation(name: str, *teams: TeamView) -> OrganisationView:
    return OrganisationView(name=name, teams=teams)


def ways() -> tuple[WayView, ...]:
    return tuple(
        WayView(
            key=key,
            person_days=days,
            evaluations=1_000,
            served=((0.0, 0.2), (half, 0.6), (2 * half, 1.0)),
        )
        for key, days, half in (
            ("alone", 4_000_000.0, 45.0),
            ("shared", 3_000_000.0, 30.0),
            ("together", 2_000_000.0, 15.0),
        )
    )


def a_city_report(**changes: Any) -> CityReport:
    places = (
        a_place(hazard="suspected hazardous area"),
        a_place("Karm", east_m=900.0, has_now={"access": True, "water": True}),
        a_place("Bab", north_m=800.0, hazard="confirmed hazardous area"),
    )
    report = CityReport(
        name=Name(en="Tall Madina", ar="تل مدينة"),
        at="2017-06-14",
        known="everything received",
        figures=(
            Figure(
                key="people_without_water",
                value=24_000,
                unit="people",
                how_counted="people of places without a working connection",
                is_assumption=True,
            ),
        ),
        founding_title="A statement in Geneva",
        founding=(
            SentenceView(sentence=a_label("The water is back."), beliefs=(a_contested_belief(),)),
        ),
        questions=(
            QuestionView(
                key="X1",
                title="How many came back?",
                why="Returned and present are counted",
                is_one_question=False,
                members=(a_belief(), a_contested_belief()),
            ),
        ),
        topics={"water": a_label("Water")},
        beliefs=(a_belief(), a_belief(status="withheld", value="", answers=(), n_withheld=2)),
        places=places,
        links=(
            LinkView(start=0, end=1, is_main=True, opens_on_day=0.0, hazard=""),
            LinkView(start=0, end=2, is_main=False, opens_on_day=None, hazard="suspected"),
        ),
        sites=(
            SiteView(
                kind="water",
                name=Name(en="North pumping station"),
                east_m=80_000.0,
                north_m=100.0,
                status="stopped",
                works_on_day=14.0,
            ),
        ),
        organisations=(
            an_organisation("Deminers", TeamView(name="Team 1", tasks=(a_task(),))),
            an_organisation(
                "Water Board", TeamView(name="Crew", tasks=(a_task("t2", kind="water"),))
            ),
        ),
        ways=ways(),
        bound=1_500_000.0,
        horizon_days=90.0,
        seed=7,
        assumptions=(a_belief(property="pace", label=a_label("Pace of a team")),),
        n_assumptions=1,
        voices_by_type={"utility": 3, "un_agency": 5},
        missing=("Nothing was heard from the market.",),
    )
    return replace(report, **changes)


def an_empty_report() -> CityReport:
    return a_city_report(
        figures=(), founding=(), questions=(), topics={}, beliefs=(), places=(), links=(), sites=(),
        organisations=(), ways=(), bound=0.0, assumptions=(), n_assumptions=0, voices_by_type={},
        missing=(),
    )  # fmt: skip
