"""Is a figure away from the others by a power of ten or by a unit?

Four ways to see it, from the surest to the weakest: the same figure printed with two units, a
value outside of what the property can hardly leave, a value that lies among its neighbours once
a power of ten is taken off, and one that is to its neighbours as one unit is to another.
Neighbours are few and near in time, so a count that grows is not taken for a slip.
"""

from collections.abc import Iterator
from itertools import groupby
from statistics import median

from takatuf.picture.plausibility.doubt import Doubt, DoubtKind
from takatuf.picture.plausibility.guesses import unit_between
from takatuf.picture.plausibility.record import Figure, Record, first_hand, in_order
from takatuf.picture.plausibility.rules import SlipRule
from takatuf.picture.plausibility.variants import document_of
from takatuf.reports.report import Published
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import find_unit
from takatuf.vocabulary.things.schema import Series

_Saying = list[Figure]  # who say the same of the same day
_ENOUGH_NEIGHBOURS = 2
_ONE_VALUE = 1.02  # figures within this ratio of one another are one, rounded


def slip_doubts(record: Record) -> Iterator[Doubt]:
    """Give a doubt for each figure whose unit or magnitude looks slipped."""
    yield from _in_families(record)
    yield from _out_of_range(record)
    for (thing, name), figures in record.amount_topics:
        if len(figures) > 1:
            own = first_hand(figures)
            yield from _same_figure(thing, name, own, record.rules.slip)
            yield from _among_neighbours(record, thing, name, own)


def _in_families(record: Record) -> Iterator[Doubt]:
    """Compare properties of one magnitude; a plan counts, because it prints the same figure."""
    for names in record.rules.slip.families:
        said: dict[ThingId, list[Figure]] = {}
        for (thing, _), statements in record.topics(names, with_promises=True):
            said.setdefault(thing, []).extend(record.figures(statements))
        for thing, figures in sorted(said.items()):
            if len({figure.statement.claim.property for figure in figures}) > 1:
                first = min(figures, key=lambda f: names.index(f.statement.claim.property))
                name = first.statement.claim.property
                yield from _same_figure(thing, name, tuple(figures), record.rules.slip)


def _same_figure(
    thing: ThingId, name: str, figures: tuple[Figure, ...], rule: SlipRule
) -> Iterator[Doubt]:
    by_number: dict[tuple[float, str], list[Figure]] = {}
    for figure in figures:
        dimension = find_unit(figure.amount.unit).dimension
        if dimension in rule.dimensions and figure.amount.number:
            by_number.setdefault((figure.amount.number, dimension), []).append(figure)
    for (number, _), same in sorted(by_number.items()):
        units = sorted({figure.amount.unit for figure in same})
        if len(units) > 1:
            sentence = f"The same figure, {number:,.10g}, stands with {' and with '.join(units)}."
            yield _doubt(thing, name, same, sentence)


def _out_of_range(record: Record) -> Iterator[Doubt]:
    for plausible in record.rules.slip.ranges:
        unit = find_unit(plausible.unit)
        low, high = plausible.low * unit.factor, plausible.high * unit.factor
        for (thing, name), statements in record.topics([plausible.property]):
            for figure in first_hand(record.figures(statements)):
                if not low <= figure.size <= high:
                    sentence = (
                        f"{figure.amount} is outside of {plausible.low:,.10g} to "
                        f"{plausible.high:,.10g} {unit.name}, where such a value lies."
                    )
                    yield _doubt(thing, name, [figure], sentence)


def _among_neighbours(
    record: Record, thing: ThingId, name: str, figures: tuple[Figure, ...]
) -> Iterator[Doubt]:
    sayings = _sayings([figure for figure in _single(figures) if figure.size > 0])
    is_of_any_time = record.declared(name).series in {Series.FACT, Series.PERIOD}
    rule = record.rules.slip
    for place, saying in enumerate(sayings):
        near = _neighbours(sayings, place, rule, is_of_any_time=is_of_any_time)
        others = [figure for other in near for figure in other]
        if len(others) >= _ENOUGH_NEIGHBOURS:
            sentence = _power_slip(saying[0], others, rule) or _unit_slip(saying[0], others, rule)
            if sentence:
                yield _doubt(thing, name, [*saying, *others], sentence)


def _single(figures: tuple[Figure, ...]) -> Iterator[Figure]:
    """Give the figures that stand alone in their document: a review lists its extremes."""
    sizes: dict[tuple[Published | None, str], set[float]] = {}
    for figure in figures:
        sizes.setdefault((document_of(figure), str(figure.day)), set()).add(figure.size)
    for figure in figures:
        document = document_of(figure)
        if document is None or len(sizes[document, str(figure.day)]) == 1:
            yield figure


def _sayings(figures: list[Figure]) -> list[_Saying]:
    """Return the figures in time, with all who give the same of the same day together."""
    return [
        list(same) for _, same in groupby(figures, key=lambda figure: (figure.day, figure.amount))
    ]


def _neighbours(
    sayings: list[_Saying], place: int, rule: SlipRule, *, is_of_any_time: bool
) -> list[_Saying]:
    """Return the sayings next to this one in time, as many before as after where there are."""
    half = rule.neighbours // 2
    first = max(0, min(place - half, len(sayings) - 1 - rule.neighbours))
    near = sayings[first : first + rule.neighbours + 1]
    one = sayings[place]
    return [
        saying
        for saying in near
        if saying is not one and (is_of_any_time or _is_near(saying[0], one[0], rule))
    ]


def _is_near(one: Figure, other: Figure, rule: SlipRule) -> bool:
    return bool(one.day and other.day and one.day.gap_days(other.day) <= rule.near_days)


def _power_slip(figure: Figure, others: list[Figure], rule: SlipRule) -> str:
    sizes = [other.size for other in others]
    low, high, middle = min(sizes), max(sizes), median(sizes)
    ratio = max(figure.size / middle, middle / figure.size)
    if ratio < rule.least_ratio or high > rule.agreement * low:
        return ""
    for power in rule.powers:
        scale = 10.0**-power if figure.size > middle else 10.0**power
        if low / rule.slack <= figure.size * scale <= high * rule.slack:
            more = "above" if figure.size > middle else "below"
            return (
                f"{figure.amount} is {more} the {len(others)} others by about "
                f"{10**power:,}; their middle is {_in_unit(middle, figure)}."
            )
    return ""


def _unit_slip(figure: Figure, others: list[Figure], rule: SlipRule) -> str:
    sizes = [other.size for other in others]
    low, high = min(sizes), max(sizes)
    is_one_of_them = low / _ONE_VALUE <= figure.size <= high * _ONE_VALUE
    if is_one_of_them or high > _ONE_VALUE * low:
        return ""
    guessed = unit_between(figure, others[0], rule)
    return f"{figure.amount} against {others[0].amount}: {guessed}" if guessed else ""


def _in_unit(size: float, figure: Figure) -> str:
    unit = find_unit(figure.amount.unit)
    return f"{size / unit.factor:,.10g} {unit.name}"


def _doubt(thing: ThingId, name: str, figures: list[Figure], sentence: str) -> Doubt:
    return Doubt(
        kind=DoubtKind.SLIP,
        thing=thing,
        property=name,
        statements=tuple(sorted((figure.statement for figure in figures), key=in_order)),
        sentence=sentence,
    )
