"""When do two statements contradict each other?

The rule is public and knows no party: two statements on one question conflict if they
speak of the same time, in the sense of the property's series, and their values cannot both
be true. An organisation that gives a new value on another day has updated its own word; the
word of somebody else is never replaced by it.
"""

from itertools import chain

from takatuf.picture.picture import Statement
from takatuf.reports.report import Modality
from takatuf.vocabulary.place import Point, distance_m
from takatuf.vocabulary.quantity import Amount, in_first_unit, is_same_dimension, overlap
from takatuf.vocabulary.things import Property
from takatuf.vocabulary.things.schema import Series
from takatuf.vocabulary.time import PartialDate
from takatuf.vocabulary.value import Value, value_to_json

_Saying = tuple[str, str, str, str, str]  # value, modality, date, thing, organisation
SAME_PLACE_M = 500.0  # two positions nearer than this are one, at the precision of the sources


def in_conflict(statements: tuple[Statement, ...], declared: Property) -> tuple[Statement, ...]:
    """Return every statement that contradicts another one, in the order they were given.

    Statements that say the same of the same time are looked at once, those nearest in time
    first, and one contradiction is enough. So a long series full of contradictions costs little
    more than its length; one of many different sayings without any costs its square.
    """
    groups: dict[_Saying, list[Statement]] = {}
    for statement in sorted(statements, key=Statement.time_key):
        groups.setdefault(_saying(statement), []).append(statement)
    firsts = [group[0] for group in groups.values()]
    found: set[tuple[str, int]] = set()
    for place, group in enumerate(groups.values()):
        if _has_opponent(place, firsts, declared):
            found |= {statement.sort_key() for statement in group}
    return tuple(statement for statement in statements if statement.sort_key() in found)


def _saying(statement: Statement) -> _Saying:
    claim = statement.claim
    return (
        repr(value_to_json(claim.value)),
        claim.modality,
        str(claim.observed_at),
        claim.thing,
        statement.source.organisation,
    )


def _has_opponent(place: int, firsts: list[Statement], declared: Property) -> bool:
    one = firsts[place]
    nearest_first = chain(range(place + 1, len(firsts)), range(place - 1, -1, -1))
    return any(
        may_compare(one, firsts[other], declared) and contradict(one, firsts[other], declared)
        for other in nearest_first
    )


def may_compare(one: Statement, other: Statement, declared: Property) -> bool:
    """Say whether two statements speak of the same time and in units that compare."""
    if not _units_compare(one.claim.value, other.claim.value):
        return False
    if declared.series is Series.FACT:
        return True
    a, b = one.claim.observed_at, other.claim.observed_at
    if a is None or b is None:
        return False
    if declared.series is Series.COUNTER and is_fall(one, other):
        return True
    if declared.series in {Series.PERIOD, Series.COUNTER} or _same_speaker(one, other):
        return a.overlaps(b)
    return a.gap_days(b) <= declared.window_days


def contradict(one: Statement, other: Statement, declared: Property) -> bool:
    """Say whether the values of two comparable statements cannot both be true."""
    denials = [statement.claim.modality is Modality.DENIED for statement in (one, other)]
    agree = values_agree(one.claim.value, other.claim.value, declared.tolerance)
    if all(denials):
        return False
    return agree if any(denials) else not agree


def values_agree(one: Value, other: Value, tolerance: float = 0.0) -> bool:
    """Say whether two values can both be true of one property at one time."""
    match one, other:
        case Amount(), Amount():
            return overlap(one, other, tolerance)
        case PartialDate(), PartialDate():
            return one.gap_days(other) == 0
        case Point(), Point():
            return distance_m(one, other) < SAME_PLACE_M
        case _:
            return one == other


def is_fall(one: Statement, other: Statement) -> bool:
    """Say whether the later of two amounts is lower: what a counter cannot do."""
    a, b = one.claim.observed_at, other.claim.observed_at
    if a is None or b is None or a.overlaps(b):
        return False
    earlier, later = (one, other) if a.latest < b.earliest else (other, one)
    before, after = earlier.claim.value, later.claim.value
    if not isinstance(before, Amount) or not isinstance(after, Amount):
        return False
    if not is_same_dimension(before, after) or overlap(before, after):
        return False
    return number_of(earlier) > number_of(later)


def number_of(statement: Statement) -> float:
    """Return a stated amount as one number in the first unit of its dimension; else 0."""
    value = statement.claim.value
    return (in_first_unit(value) or 0.0) if isinstance(value, Amount) else 0.0


def _units_compare(one: Value, other: Value) -> bool:
    if isinstance(one, Amount) and isinstance(other, Amount):
        return is_same_dimension(one, other)
    return True


def _same_speaker(one: Statement, other: Statement) -> bool:
    same_organisation = one.source.organisation == other.source.organisation
    return same_organisation and one.claim.thing == other.claim.thing
