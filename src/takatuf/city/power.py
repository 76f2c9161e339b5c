"""Power: what each part of a grid is fed by, with alternatives, down to who uses it.

A part works when it is in order itself and any one of its supplies works; a supply is a set
of parts that must all work. A substation on a ring has two supplies, a hospital with a
generator has its feeder or the generator. Nothing feeds itself: in a ring that no source
reaches, nothing works.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ThingId


@dataclass(frozen=True, slots=True)
class PowerPart:
    """A source, line, substation, feeder, generator, or a facility that uses power."""

    id: ThingId
    supplies: tuple[frozenset[ThingId], ...] = ()  # any one will do; none: a source


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives:
    """Parts numbered so that each comes after all it may be fed by.

    Part p works from ``max(own day, every part of all_of[p], least of any_of[p])``; an empty
    row asks for nothing. Supplies of several parts have become parts of their own, without
    an own day.
    """

    ids: tuple[ThingId, ...]  # an added supply is called as the part it feeds, with a number
    own: tuple[int, ...]  # for each part its place in the parts given, -1 for an added one
    all_of: tuple[tuple[int, ...], ...]
    any_of: tuple[tuple[int, ...], ...]


def works_from(
    parts: Sequence[PowerPart], own_day: Mapping[ThingId, float]
) -> Mapping[ThingId, float]:
    """Return the day from which each part works; infinite where it never does.

    Args:
        parts: In any order; rings are allowed.
        own_day: The day from which each part is in order itself; infinite where it never
            is, 0 where it is not named. A generator's is the day of its first fuel.

    Raises:
        InputError: A part is given twice, or is fed by one that is not among the parts.
    """
    _refuse_unknown(parts)
    waiting = [(own_day.get(part.id, 0.0), part.id) for part in parts if not part.supplies]
    heapq.heapify(waiting)
    missing = {
        (part.id, number): len(supply)
        for part in parts
        for number, supply in enumerate(part.supplies)
    }
    feeds = _feeds(parts)
    days: dict[ThingId, float] = {}
    while waiting:
        day, thing = heapq.heappop(waiting)
        if thing in days:
            continue
        days[thing] = day
        for fed in feeds[thing]:
            missing[fed] -= 1
            if missing[fed] == 0:
                heapq.heappush(waiting, (max(day, own_day.get(fed[0], 0.0)), fed[0]))
    return {part.id: days.get(part.id, inf) for part in parts}


def alternatives_of(parts: Sequence[PowerPart]) -> Alternatives:
    """Return the parts in the numbered form that a planner can walk through once.

    Raises:
        InputError: Parts feed each other in a ring; or as for `works_from`.
    """
    _refuse_unknown(parts)
    place = {part.id: number for number, part in enumerate(parts)}
    ids: list[ThingId] = []
    own: list[int] = []
    all_of: list[tuple[int, ...]] = []
    any_of: list[tuple[int, ...]] = []

    def add(name: str, number: int, everything: Iterable[int], anything: Iterable[int]) -> int:
        ids.append(ThingId(name))
        own.append(number)
        all_of.append(tuple(sorted(everything)))
        any_of.append(tuple(sorted(anything)))
        return len(ids) - 1

    number_of: dict[ThingId, int] = {}
    for part in _in_order(parts):
        rows = [sorted(number_of[fed] for fed in supply) for supply in part.supplies]
        only = rows[0] if len(rows) == 1 else []
        several = rows if len(rows) > 1 else []
        choices = [
            row[0] if len(row) == 1 else add(f"{part.id}-supply-{at}", -1, row, ())
            for at, row in enumerate(several, start=1)
        ]
        number_of[part.id] = add(part.id, place[part.id], only, choices)
    return Alternatives(ids=tuple(ids), own=tuple(own), all_of=tuple(all_of), any_of=tuple(any_of))


def _feeds(parts: Sequence[PowerPart]) -> Mapping[ThingId, list[tuple[ThingId, int]]]:
    feeds: dict[ThingId, list[tuple[ThingId, int]]] = defaultdict(list)
    for part in parts:
        for number, supply in enumerate(part.supplies):
            for thing in supply:
                feeds[thing].append((part.id, number))
    return feeds


def _refuse_unknown(parts: Sequence[PowerPart]) -> None:
    known = {part.id for part in parts}
    problems = [
        Problem(
            code="network.unknown-supply",
            where=part.id,
            found=thing,
            expected="a part of the grid that is given as well",
        )
        for part in parts
        for thing in sorted(frozenset().union(*part.supplies) - known)
    ]
    problems += [
        Problem(
            code="network.empty-supply",
            where=part.id,
            found="a supply without parts",
            expected="the parts that must work; a source has no supply at all",
        )
        for part in parts
        if not all(part.supplies)
    ]
    seen: set[ThingId] = set()
    for part in parts:
        if part.id in seen:
            problems.append(
                Problem(
                    code="network.part-twice",
                    where=part.id,
                    found="two entries",
                    expected="one entry with all its supplies",
                )
            )
        seen.add(part.id)
    if problems:
        raise InputError(problems)


def _in_order(parts: Sequence[PowerPart]) -> list[PowerPart]:
    """Return parts after all that may feed them (Kahn 1962), in the order given otherwise."""
    feeders = {part.id: frozenset().union(*part.supplies) for part in parts}
    done: set[ThingId] = set()
    order: list[PowerPart] = []
    rest = list(parts)
    while rest:
        ready = [part for part in rest if feeders[part.id] <= done]
        if not ready:
            raise InputError(_ring(part) for part in rest)
        order += ready
        done |= {part.id for part in ready}
        rest = [part for part in rest if part.id not in done]
    return order


def _ring(part: PowerPart) -> Problem:
    fed_by = sorted(frozenset().union(*part.supplies))
    return Problem(
        code="network.power-ring",
        where=part.id,
        found=f"fed by {', '.join(fed_by)}, and feeding them or their supplies",
        expected="a grid without rings",
        hint="Open the ring where it is open in normal operation.",
    )
