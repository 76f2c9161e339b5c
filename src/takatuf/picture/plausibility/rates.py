"""Is more claimed a day than the method is known to give?

The output of one person and day follows from the amount, the people and the days that were
stated, always read in favour of the claim: the least of the amount, the people said nearest in
time, the longest span of days. It is compared with the method that the claim names, or, where
it names none, with every method whose output is ground that is clear to a depth.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from takatuf.picture.picture import Statement
from takatuf.picture.plausibility.doubt import Doubt, DoubtKind
from takatuf.picture.plausibility.record import (
    Figure,
    Record,
    first_hand,
    in_order,
    when,
)
from takatuf.picture.plausibility.rules import Method, RateRule
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import ABOUT_SHARE, find_unit
from takatuf.vocabulary.time import PartialDate

_CLEARANCE, _SEARCH = "clearance", "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """When the work began, and who says so; nobody where the first statement stands for it."""

    on: date
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What one claim implies for one person and day, and the methods it is compared with."""

    claim: Figure
    people: tuple[Figure, ...]  # all who say how many
    rate: float
    methods: tuple[Method, ...]
    is_named: bool  # the claim names its method

    @property
    def is_above(self) -> bool:
        return self.rate > max(method.high for method in self.methods)


@dataclass(frozen=True)
class _Staffing:
    """The people who were said to work, by the day of which it was said."""

    people: tuple[Figure, ...]

    def nearest(self, claim: Figure) -> tuple[Figure, ...]:
        """Return the most of the day nearest to a claim, by all who say so."""
        if claim.day is None or not self._days:
            return self._most.get(None, ())
        place = bisect_left(self._days, claim.day)
        near = self._days[max(place - 1, 0) : place + 1]
        return self._most[min(near, key=claim.day.gap_days)]

    @cached_property
    def _most(self) -> Mapping[PartialDate | None, tuple[Figure, ...]]:
        most: dict[PartialDate | None, tuple[Figure, ...]] = {}
        for figure in self.people:  # in order of size within a day
            before = most.get(figure.day, ())
            is_as_many = bool(before) and before[0].size == figure.size
            most[figure.day] = (*before, figure) if is_as_many else (figure,)
        return most

    @cached_property
    def _days(self) -> list[PartialDate]:
        return sorted(day for day in self._most if day)


def rate_doubts(record: Record) -> Iterator[Doubt]:
    """Give a doubt for each property of an activity that claims more than its methods give."""
    for rule in record.rules.rates:
        for (thing, _), statements in record.topics([rule.amount]):
            people = first_hand(record.figures(record.said(thing, rule.personnel)))
            claims = first_hand(record.figures(statements))
            start = _start_of(record, thing, rule, claims)
            readings = tuple(_readings(record, rule, claims, people, start))
            for is_named in (False, True):
                above = [r for r in readings if r.is_above and r.is_named == is_named]
                if above:
                    yield _doubt(record, thing, rule, above, start)


def _start_of(
    record: Record, thing: ThingId, rule: RateRule, claims: tuple[Figure, ...]
) -> _Start | None:
    """Return the earliest start that is stated, else the first day that is spoken of."""
    if rule.days:
        return None
    said = record.said(thing, rule.since)
    stated = [(v.earliest, s) for s in said if isinstance(v := s.claim.value, PartialDate)]
    if stated:
        first = min(day for day, _ in stated)
        return _Start(on=first, statements=tuple(s for day, s in stated if day == first))
    days = [claim.day.earliest for claim in claims if claim.day]
    return _Start(on=min(days), statements=()) if days else None


def _readings(
    record: Record,
    rule: RateRule,
    claims: tuple[Figure, ...],
    people: tuple[Figure, ...],
    start: _Start | None,
) -> Iterator[_Reading]:
    staffing = _Staffing(tuple(figure for figure in people if figure.size > 0))
    for claim in claims:
        days = rule.days or _days_since(start, claim)
        least = _least(claim, rule.unit)
        staff = staffing.nearest(claim)
        if staff and days > 0 and least is not None:
            named = _named_methods(record, claim.statement)
            clearing = tuple(m for m in record.rules.methods if m.output == _CLEARANCE)
            yield _Reading(
                claim=claim,
                people=staff,
                rate=least / (staff[0].size * days),
                methods=named or clearing,
                is_named=bool(named),
            )


def _days_since(start: _Start | None, claim: Figure) -> float:
    if start is None or claim.day is None:
        return 0.0
    return float((claim.day.latest - start.on).days)


def _least(claim: Figure, unit: str) -> float | None:
    """Return the least that the claim can mean, in this unit; None where it is open below."""
    low = claim.amount.low
    source, target = find_unit(claim.amount.unit), find_unit(unit)
    if low is None or source.dimension != target.dimension:
        return None
    sure = 1 - ABOUT_SHARE if claim.amount.is_about else 1.0
    return low * sure * source.factor / target.factor


def _named_methods(record: Record, statement: Statement) -> tuple[Method, ...]:
    said = statement.claim.wording.casefold()
    if not said:
        return ()
    return tuple(m for m in record.rules.methods if any(_names(said, word) for word in m.words))


def _names(said: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", said) is not None


def _doubt(
    record: Record, thing: ThingId, rule: RateRule, above: list[_Reading], start: _Start | None
) -> Doubt:
    figures = [figure for reading in above for figure in (reading.claim, *reading.people)]
    used = {figure.statement.sort_key(): figure.statement for figure in figures}
    used |= {s.sort_key(): s for s in (start.statements if start else ())}
    return Doubt(
        kind=DoubtKind.RATE,
        thing=thing,
        property=rule.amount,
        statements=tuple(sorted(used.values(), key=in_order)),
        sentence=f"{_implied(rule, above, start)}. {_compared(record, above)}",
    )


def _implied(rule: RateRule, above: list[_Reading], start: _Start | None) -> str:
    rates = [reading.rate for reading in above]
    staff = sorted({f"{p.amount} (said of {when(p.statement)})" for r in above for p in r.people})
    claims = "The claim implies" if len(above) == 1 else f"{len(above)} claims imply"
    since = f", counted from {start.on}" if start else ""
    return f"{claims} {_span(rates)} {rule.unit} a person and day, with {' or '.join(staff)}{since}"


def _compared(record: Record, above: list[_Reading]) -> str:
    methods = {method.name: method for reading in above for method in reading.methods}
    highest = max(methods.values(), key=lambda method: (method.high, method.name))
    if above[0].is_named:
        named = ", ".join(sorted(methods))
        return f"The method that is named, {named}, is known to give up to {highest.high:,.0f}."
    search = [m for m in record.rules.methods if m.output == _SEARCH]
    looks = "".join(f" ({m.name}: {_span([m.low, m.high])})" for m in search)
    return (
        "No method is named, and those that clear to a depth are known to give up to "
        f"{highest.high:,.0f}. Output type unclear: search{looks}, not clearance, unless depth "
        "and quality assurance are given."
    )


def _span(numbers: Iterable[float]) -> str:
    values = sorted(numbers)
    low, high = f"{values[0]:,.0f}", f"{values[-1]:,.0f}"
    return low if low == high else f"{low} to {high}"
