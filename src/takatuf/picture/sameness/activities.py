"""One activity that two organisations reported: who leads it, and who carries it out.

Adding both up counts the same people twice. Two activities are offered as one where each is
reported by another organisation, one of the two is named as carrying out the other's, and
place and time agree; equal amounts and like names make it more likely.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from takatuf.picture.picture import Picture, Statement
from takatuf.picture.sameness.forms import form_of
from takatuf.picture.sameness.judgements import Pair, pair_of
from takatuf.picture.sameness.likeness import Likeness, Measure, likeness_of
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.quantity import Amount, in_first_unit
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.time import PartialDate
from takatuf.vocabulary.value import Reference, Text

ACTIVITY = "activity"
_AT_LEAST = 50.0  # for place and organisations alone
_SAME_DAYS = 15.0
_OTHER_DAYS = 40.0
_SAME_KIND = 5.0
_EQUAL_AMOUNT = 20.0
_LIKE_NAMES = 15.0
_LEAST_LIKE_NAMES = 70.0
_MOST_BY_ONE_IN_A_PLACE = 200


@dataclass(slots=True)
class _Activity:
    names: set[str] = field(default_factory=set)
    places: set[ThingId] = field(default_factory=set)
    doers: set[ThingId] = field(default_factory=set)
    tellers: set[ThingId] = field(default_factory=set)
    days: list[date] = field(default_factory=list)
    amounts: dict[str, set[float]] = field(default_factory=dict)  # in first units, by property


def reported_twice(picture: Picture, vocabulary: Vocabulary) -> dict[Pair, Likeness]:
    """Return the pairs of activities that may be one, told by two sides, with the reasons."""
    activities = _activities(picture, vocabulary)
    told: dict[tuple[ThingId, ThingId], list[ThingId]] = {}
    for thing, activity in activities.items():
        for key in product(activity.places, activity.tellers):
            told.setdefault(key, []).append(thing)
    found: dict[Pair, Likeness] = {}
    for thing, activity in activities.items():
        for key in product(activity.places, activity.doers - activity.tellers):
            others = told.get(key, [])
            for other in others if len(others) <= _MOST_BY_ONE_IN_A_PLACE else ():
                if activity.tellers - activities[other].tellers:
                    found[pair_of(thing, other)] = _likeness(activity, activities[other])
    return found


def _activities(picture: Picture, vocabulary: Vocabulary) -> Mapping[ThingId, _Activity]:
    names = [p.name for p in vocabulary.properties.values() if ACTIVITY in p.of]
    activities: dict[ThingId, _Activity] = {}
    for (thing, name), statements in picture.of_properties(names):
        if type_of(thing) == ACTIVITY:
            for statement in statements:
                _note(activities.setdefault(thing, _Activity()), name, statement)
    return activities


def _note(activity: _Activity, name: str, statement: Statement) -> None:
    activity.tellers.add(statement.source.organisation)
    observed = statement.claim.observed_at
    if observed is not None:
        activity.days += [observed.earliest, observed.latest]
    match statement.claim.value:
        case Text(text=text) if name.startswith("name"):
            activity.names.add(text)
        case Reference(thing=place) if name == "takes_place_in":
            activity.places.add(place)
        case Reference(thing=doer) if name == "carried_out_by":
            activity.doers.add(doer)
        case PartialDate() as on if name in {"started_on", "ended_on"}:
            activity.days += [on.earliest, on.latest]
        case Amount() as amount:
            number = in_first_unit(amount)
            if number:
                activity.amounts.setdefault(name, set()).add(number)
        case _:
            pass


def _likeness(one: _Activity, other: _Activity) -> Likeness:
    findings = [
        (_AT_LEAST, "in one place, each told by another organisation, one naming the other"),
        *_by_days(one, other),
        *_by_amounts(one, other),
        *_by_names(one, other),
    ]
    return Likeness(
        min(sum(weight for weight, _ in findings), 100.0),
        "; ".join(why for weight, why in findings if weight > 0),
        tuple(why for weight, why in findings if weight < 0),
    )


def _by_days(one: _Activity, other: _Activity) -> Iterator[tuple[float, str]]:
    if not one.days or not other.days:
        return
    if max(min(one.days), min(other.days)) <= min(max(one.days), max(other.days)):
        yield _SAME_DAYS, "at the same time"
    else:
        yield -_OTHER_DAYS, "at different times"


def _by_amounts(one: _Activity, other: _Activity) -> Iterator[tuple[float, str]]:
    both = sorted(set(one.amounts) & set(other.amounts))
    if both:
        yield _SAME_KIND, f"both count {_shown(both[0])}"
    equal = [name for name in both if one.amounts[name] & other.amounts[name]]
    if equal:
        number = max(one.amounts[equal[0]] & other.amounts[equal[0]])
        yield _EQUAL_AMOUNT, f"the same figure for {_shown(equal[0])}, {number:,.6g}"


def _by_names(one: _Activity, other: _Activity) -> Iterator[tuple[float, str]]:
    alike = (
        likeness_of(form_of(name), form_of(another), Measure())
        for name in sorted(one.names)
        for another in sorted(other.names)
    )
    best = max(alike, key=lambda likeness: likeness.score, default=None)
    if best is not None and best.score >= _LEAST_LIKE_NAMES:
        yield _LIKE_NAMES, best.reason


def _shown(name: str) -> str:
    return name.replace("_", " ")
