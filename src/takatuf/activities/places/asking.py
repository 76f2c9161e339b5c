"""Questions about places: one for all rows that raise it, the likeliest places first.

A place is offered with what speaks for it: the code beside it, how alike the names are, how far
it lies from where the rows say they are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from takatuf.activities.places.checks import counted
from takatuf.activities.places.deciding import DIFFER, NO_PARENT, OUTSIDE, WHICH, Asked, Entry
from takatuf.activities.places.gazetteers.index import COUNTRY, PlaceIndex
from takatuf.activities.places.spelling.likeness import Suggestion, suggestions_for
from takatuf.activities.questions import AS_ENTERED, Kind, Option, Question
from takatuf.vocabulary.place import Point, distance_m

TAKE = "take"
_N_OFFERED = 6
_N_EXAMPLES = 3
_METRES_IN_KM = 1000
_LEAVE = Option(AS_ENTERED, "Leave it as it was entered, without a place")


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that raise one question, and the rows in which they stand."""

    asked: Asked  # of the first entry
    entries: tuple[Entry, ...]
    rows: tuple[int, ...]
    letter: str  # of the column concerned
    point: tuple[float, float] | None = None  # where the rows say they are, in the middle


def questions_of(groups: Sequence[Group], index: PlaceIndex) -> tuple[Question, ...]:
    """Return one question for each group, with the places that may be meant."""
    suggested = _suggested(groups, index)
    return tuple(_question(group, suggested[group.asked.about], index) for group in groups)


def _suggested(groups: Sequence[Group], index: PlaceIndex) -> Mapping[str, list[Suggestion]]:
    """Return the places like each name; those below one parent are compared at once."""
    found: dict[str, list[Suggestion]] = defaultdict(list)
    together: dict[tuple[int, str], list[Asked]] = defaultdict(list)
    for asked in (group.asked for group in groups):
        if asked.entry.name and asked.asking is not NO_PARENT:
            together[asked.entry.level, asked.parent].append(asked)
    for (level, parent), all_asked in together.items():
        codes = index.below(level, parent)
        known = [(code, name) for code in codes for name in index.places[code].names]
        near = suggestions_for([asked.entry.name for asked in all_asked], known)
        found.update((asked.about, best) for asked, best in zip(all_asked, near, strict=True))
    return found


def _question(group: Group, near: list[Suggestion], index: PlaceIndex) -> Question:
    asked = group.asked
    is_taking = asked.asking is NO_PARENT
    return Question(
        kind=Kind.PLACE,
        code=asked.asking.code,
        about=asked.about,
        text=f"{_sentence(group, index)}: {counted(len(group.rows), 'row')}.",
        options=_taking(group) if is_taking else _places(group, near, index),
        rows=group.rows,
        where=f"column {group.letter}",
        takes_text=not is_taking,
    )


def _sentence(group: Group, index: PlaceIndex) -> str:
    asked = group.asked
    entry, level = asked.entry, f"admin {asked.entry.level}"
    where = "" if asked.parent == COUNTRY else f" in {index.label(asked.parent)} ({asked.parent})"
    first = index.places.get(asked.offered[0]) if asked.offered else None
    name = f"“{entry.name}”"
    if asked.asking is NO_PARENT:
        shown = ", ".join(f"“{each.name}”" for each in group.entries[:_N_EXAMPLES])
        number = f"{len(group.entries):,} names of {level} stand without the place above them"
        return f"{number}, and each is the name of one place only ({shown} ...)"
    if asked.asking is WHICH:
        return f"{name if entry.name else entry.code} may be {len(asked.offered)} places{where}"
    if asked.asking is OUTSIDE and first is not None:
        lies_in = index.label(first.parent) if first.parent else first.name
        called = f" ({name})" if entry.name else ""
        return f"{entry.code}{called} lies in {lies_in}, but the rows say that it is{where}"
    if asked.asking is DIFFER and first is not None:
        return f"{entry.code} is {first.name}, but the name beside it is {name}"
    shown = f"{name} ({entry.code})" if entry.name and entry.code else entry.code or name
    return f"{shown} is no known place of {level}{where}"


def _taking(group: Group) -> tuple[Option, ...]:
    text = f"Take the {len(group.entries):,} names as these places"
    return (Option(TAKE, text, "each name occurs once in the list"), _LEAVE)


def _places(group: Group, near: list[Suggestion], index: PlaceIndex) -> tuple[Option, ...]:
    per_cent = {each.code: f"“{each.name}” is {each.per_cent:.0f} % alike" for each in near}
    offered = dict.fromkeys((*group.asked.offered, *per_cent))
    options = [
        Option(
            code,
            f"{index.label(code)} ({code})",
            ", ".join(filter(None, (per_cent.get(code, ""), _distance(group.point, code, index)))),
        )
        for code in list(offered)[:_N_OFFERED]
        if code in index.places
    ]
    return (*options, _LEAVE)


def _distance(point: tuple[float, float] | None, code: str, index: PlaceIndex) -> str:
    place = index.places[code]
    if point is None or place.lat is None or place.lon is None:
        return ""
    try:
        metres = distance_m(Point(*point), Point(place.lat, place.lon))
    except ValueError:
        return ""
    return f"{metres / _METRES_IN_KM:.1f} km from the coordinates"
