"""When do two statements contradict each other?

The rule is public and knows no party: two statements on one question conflict if they
speak of the same time, in the sense of the property's series, and their values cannot both
be true. An organisation that gives a new value on another day has updated its own word; the
word of somebody else is never replaced by it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, chain

from takatuf.picture.picture import Statement
from takatuf.reports.report import Modality
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point, distance_m
from takatuf.vocabulary.quantity import (
    Amount,
    find_unit,
    in_first_unit,
    is_same_dimension,
    overlap,
    span,
)
from takatuf.vocabulary.things import Property
from takatuf.vocabulary.things.schema import Series
from takatuf.vocabulary.time import ABOUT_DAYS, PartialDate, day
from takatuf.vocabulary.value import Reference, Token, Value

_Saying = tuple[object, ...]
Nested = Callable[[ThingId, ThingId], bool]  # whether the first lies within the second
FEWEST_TO_DIFFER = 2
SAME_PLACE_M = 500.0  # two positions nearer than this are one, at the precision of the sources


def never_nested(one: ThingId, other: ThingId) -> bool:
    """Say no: where nothing is known of parts and wholes."""
    del one, other
    return False


def in_conflict(
    statements: tuple[Statement, ...], declared: Property, nested: Nested = never_nested
) -> tuple[Statement, ...]:
    """Return every statement that contradicts another one, in the order they were given.

    Statements that say the same of the same time are looked at once, those nearest in time
    first and none that is too far to compete, and one contradiction is enough. So the cost
    grows with the statements of one window, not with the length of a series.
    """
    if len(statements) < FEWEST_TO_DIFFER:
        return ()
    groups: dict[_Saying, list[Statement]] = {}
    for statement in sorted(statements, key=Statement.time_key):
        groups.setdefault(_saying(statement, declared), []).append(statement)
    firsts = [group[0] for group in groups.values()]
    falls = _in_a_fall(firsts, declared.tolerance) if declared.series is Series.COUNTER else set()
    rivals = _Rivals(firsts, declared, nested)
    found: set[tuple[str, int]] = set()
    for place, group in enumerate(groups.values()):
        if firsts[place].sort_key() in falls or rivals.has_one(place):
            found |= {statement.sort_key() for statement in group}
    return tuple(statement for statement in statements if statement.sort_key() in found)


def _saying(statement: Statement, declared: Property) -> _Saying:
    claim = statement.claim
    said = (claim.value, claim.modality is Modality.DENIED)
    if declared.series is Series.FACT:
        return said  # whatever the date, and whoever says it
    return *said, claim.observed_at, claim.thing, statement.source.organisation


class _Rivals:
    """Sayings in the order of time, to be searched outwards from each."""

    def __init__(self, firsts: list[Statement], declared: Property, nested: Nested) -> None:
        self.firsts = firsts
        self.declared = declared
        self.nested = nested
        self.reach = timedelta(days=declared.window_days + 2 * ABOUT_DAYS)
        ends = (s.claim.observed_at.latest if s.claim.observed_at else date.min for s in firsts)
        self.latest_so_far = list(accumulate(ends, max))

    def has_one(self, place: int) -> bool:
        one = self.firsts[place]
        return any(
            may_compare(one, other, self.declared)
            and contradict(one, other, self.declared, self.nested)
            for other in chain(self._later(place), self._earlier(place))
        )

    def _later(self, place: int) -> Iterator[Statement]:
        observed = self.firsts[place].claim.observed_at
        for after in range(place + 1, len(self.firsts)):  # a slice would copy, time and again
            other = self.firsts[after]
            begins = other.claim.observed_at
            if observed and begins and self._is_beyond(observed.latest, begins.earliest):
                return
            yield other

    def _earlier(self, place: int) -> Iterator[Statement]:
        observed = self.firsts[place].claim.observed_at
        for before in range(place - 1, -1, -1):
            ended = self.latest_so_far[before]
            if observed and self._is_beyond(ended, observed.earliest):
                return
            yield self.firsts[before]

    def _is_beyond(self, end: date, begin: date) -> bool:
        return self.declared.series is not Series.FACT and begin - end > self.reach


def _in_a_fall(firsts: list[Statement], tolerance: float) -> set[tuple[str, int]]:
    """Return the readings of a counter that a later one is below, and those later ones.

    In the order of time it is enough to hold each reading against the highest floor before
    it and the lowest ceiling after it: if not even these fall, none does.
    """
    dated = [s for s in firsts if s.claim.observed_at and s.claim.modality is not Modality.DENIED]
    found: set[tuple[str, int]] = set()
    for dimension in {_dimension(s) for s in dated} - {""}:
        same = [_Reading.of(s, tolerance) for s in dated if _dimension(s) == dimension]
        found |= _below_an_earlier(same) | _above_a_later(same)
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    statement: Statement
    time: PartialDate
    floor: tuple[float, bool]  # the least it allows; True: the number itself is not meant
    ceiling: tuple[float, bool]

    @classmethod
    def of(cls, statement: Statement, tolerance: float) -> "_Reading":
        value = statement.claim.value
        low, high = span(value, tolerance) if isinstance(value, Amount) else (0.0, 0.0)
        is_strict = isinstance(value, Amount) and value.is_strict
        time = statement.claim.observed_at or day(date.min)
        return cls(statement, time, (low, is_strict), (high, not is_strict))

    def falls_to(self, later: "_Reading") -> bool:
        (low, is_above), (high, is_at) = self.floor, later.ceiling
        is_apart = low > high or (low == high and (is_above or not is_at))
        return is_apart and is_fall(self.statement, later.statement)


def _below_an_earlier(readings: list[_Reading]) -> set[tuple[str, int]]:
    ended = sorted(readings, key=lambda r: r.time.latest)
    highest = list(accumulate(ended, _higher))
    ends = [r.time.latest for r in ended]
    found: set[tuple[str, int]] = set()
    for later in readings:
        before = bisect_left(ends, later.time.earliest)
        if before and highest[before - 1].falls_to(later):
            found.add(later.statement.sort_key())
    return found


def _above_a_later(readings: list[_Reading]) -> set[tuple[str, int]]:
    begun = sorted(readings, key=lambda r: r.time.earliest, reverse=True)
    lowest = list(accumulate(begun, _lower))
    begins = [-r.time.earliest.toordinal() for r in begun]
    found: set[tuple[str, int]] = set()
    for earlier in readings:
        after = bisect_left(begins, -earlier.time.latest.toordinal())
        if after and earlier.falls_to(lowest[after - 1]):
            found.add(earlier.statement.sort_key())
    return found


def _higher(one: _Reading, other: _Reading) -> _Reading:
    return other if other.floor > one.floor else one


def _lower(one: _Reading, other: _Reading) -> _Reading:
    return other if other.ceiling < one.ceiling else one


def _dimension(statement: Statement) -> str:
    value = statement.claim.value
    return find_unit(value.unit).dimension if isinstance(value, Amount) else ""


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


def contradict(
    one: Statement, other: Statement, declared: Property, nested: Nested = never_nested
) -> bool:
    """Say whether the values of two comparable statements cannot both be true."""
    denials = [statement.claim.modality is Modality.DENIED for statement in (one, other)]
    if all(denials):
        return False
    agree = agree_on(one.claim.value, other.claim.value, declared, nested)
    return agree if any(denials) else not agree


def agree_on(one: Value, other: Value, declared: Property, nested: Nested = never_nested) -> bool:
    """Say whether two values of a property can both be true, hierarchies counted.

    A place and one that lies in it agree, and so do a word and a wider one that the
    vocabulary puts it `within`: "in Aleppo" does not contradict "in Hanano".
    """
    if isinstance(one, Reference) and isinstance(other, Reference):
        a, b = one.thing, other.thing
        return a == b or nested(a, b) or nested(b, a)
    if isinstance(one, Token) and isinstance(other, Token) and one != other:
        return other.word in declared.wider(one.word) or one.word in declared.wider(other.word)
    return values_agree(one, other, declared.tolerance)


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
