"""Origin groups: statements that come from one mouth count once, however many repeat them.

Two statements are of one origin if the same organisation makes them, if one names whom it
retells, if they use the same words, or if they give the same figure within some days and the
figure is too particular to be hit upon twice. The rules know no organisation. Every statement
stays, with its own variant of the value: only the counting changes.

Source: Dong, Berti-Equille, Srivastava, "Integrating conflicting data: the role of source
dependence" (PVLDB 2009), for why copies must not count; the rules here are our own, and plain.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from takatuf.picture.picture import Statement
from takatuf.picture.weighing.joining import Joining
from takatuf.picture.weighing.lines import Lines
from takatuf.vocabulary.identity import ThingId, name_key
from takatuf.vocabulary.quantity import Amount, find_unit
from takatuf.vocabulary.time import PartialDate

WINDOW_DAYS = 14  # news is repeated for days; after that the same figure is said anew
PARTICULAR_DIGITS = 3  # 47,500 or 966: nobody hits upon it twice; 2,000 or 50,000 anybody may
MIN_LETTERS = 40  # shorter wordings are alike by chance
SAME_WORDING = 90.0  # of 100, by the share of letters that stay in order
NEIGHBOURS = 20  # wordings are compared with so many before them in time

RETELLS = "retells"
ONE_LINE = "acts under the same body as"
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Origins:
    """Which statements are of one origin, and why."""

    group: Mapping[_Key, int] = field(default_factory=dict)
    bloc: Mapping[_Key, int] = field(default_factory=dict)  # groups of one command line together
    why: Mapping[_Key, str] = field(default_factory=dict)  # for those that count with another one

    def n_origins(self, statements: Iterable[Statement]) -> int:
        """Return how many origins these statements have."""
        return len({self.group[statement.sort_key()] for statement in statements})

    def n_independent(self, statements: Iterable[Statement]) -> int:
        """Return how many of them are not under one command line either."""
        return len({self.bloc[statement.sort_key()] for statement in statements})


def origins_of(statements: tuple[Statement, ...], lines: Lines) -> Origins:
    """Return the origins of statements that answer one question; their order changes nothing."""
    if len({s.origin or s.source.organisation for s in statements}) <= 1:
        return _of_one_mouth(statements)
    in_order = sorted(statements, key=Statement.time_key)
    joining: Joining[_Key | ThingId] = Joining()
    why: dict[_Key, str] = {}
    for one, other, reason in _links(in_order):
        why.setdefault(one.sort_key(), reason)
        joining.join(one.sort_key(), other if isinstance(other, str) else other.sort_key())
    for statement in in_order:
        joining.join(statement.sort_key(), statement.source.organisation)
    group = _numbered(joining, in_order)
    for statement in in_order:
        for body in lines.line_of(statement.source.organisation):
            joining.join(statement.source.organisation, body)
    bloc = _numbered(joining, in_order)
    first: dict[int, int] = {}  # of each bloc the group that is met first in time
    for key, number in bloc.items():
        if first.setdefault(number, group[key]) != group[key]:
            why.setdefault(key, ONE_LINE)
    return Origins(group, bloc, why)


def _of_one_mouth(statements: tuple[Statement, ...]) -> Origins:
    """Return the origins of statements by one body, or that retell one: most questions."""
    group = dict.fromkeys((s.sort_key() for s in statements), 0)
    return Origins(group, group, {s.sort_key(): RETELLS for s in statements if s.origin})


def _numbered(joining: Joining[_Key | ThingId], statements: Iterable[Statement]) -> dict[_Key, int]:
    numbers: dict[object, int] = {}
    return {
        s.sort_key(): numbers.setdefault(joining.leader(s.sort_key()), len(numbers))
        for s in statements
    }


def _links(
    in_order: list[Statement],
) -> Iterator[tuple[Statement, Statement | ThingId, str]]:
    for statement in in_order:
        if statement.origin:
            yield statement, ThingId(statement.origin), RETELLS
    yield from _same_words(in_order)
    yield from _same_figures(in_order)


def _same_words(in_order: list[Statement]) -> Iterator[tuple[Statement, Statement, str]]:
    worded = [(s, name_key(s.claim.wording)) for s in in_order]
    long = [(s, words) for s, words in worded if len(words) >= MIN_LETTERS]
    for place, (one, words) in enumerate(long):
        for other, earlier in long[max(0, place - NEIGHBOURS) : place]:
            if _differ(one, other) and _is_near(one, other) and _is_alike(words, earlier):
                yield one, other, "uses the same words as"
                break


def _is_alike(words: str, earlier: str) -> bool:
    return fuzz.ratio(words, earlier, score_cutoff=SAME_WORDING) > 0


def _same_figures(in_order: list[Statement]) -> Iterator[tuple[Statement, Statement, str]]:
    by_figure: dict[tuple[str, float | None, float | None], list[Statement]] = {}
    for statement in in_order:
        value = statement.claim.value
        if isinstance(value, Amount) and _is_particular(value):
            by_figure.setdefault(_figure(value), []).append(statement)
    for same in by_figure.values():
        for earlier, later in pairwise(same):
            if _differ(later, earlier) and _is_near(later, earlier):
                yield later, earlier, f"gives the same figure within {WINDOW_DAYS} days as"


def _figure(value: Amount) -> tuple[str, float | None, float | None]:
    unit = find_unit(value.unit)
    return (
        unit.dimension,
        None if value.low is None else round(value.low * unit.factor, 6),
        None if value.high is None else round(value.high * unit.factor, 6),
    )


def _is_particular(value: Amount) -> bool:
    digits = (f"{n:.6g}".partition("e")[0] for n in (value.low, value.high) if n is not None)
    return any(len(d.replace(".", "").strip("-0")) >= PARTICULAR_DIGITS for d in digits)


def _differ(one: Statement, other: Statement) -> bool:
    return one.source.organisation != other.source.organisation


def _is_near(one: Statement, other: Statement) -> bool:
    a, b = _said_on(one), _said_on(other)
    return a is not None and b is not None and a.gap_days(b) <= WINDOW_DAYS


def _said_on(statement: Statement) -> PartialDate | None:
    return statement.claim.observed_at or statement.published.on
