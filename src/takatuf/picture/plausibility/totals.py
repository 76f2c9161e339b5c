"""Do the parts make the total that is stated with them?

Checked only where one voice states the total and every part for one day, with plain figures: a
part that nobody stated may be anything, and "more than" fits every sum.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import fsum

from takatuf.picture.plausibility.doubt import Doubt, DoubtKind
from takatuf.picture.plausibility.record import Figure, Record, in_order
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.value import Reference, Token

_Voice = tuple[str, str]  # who says it, and the day that is spoken of
_ENOUGH_PARTS = 2


def total_doubts(record: Record) -> Iterator[Doubt]:
    """Give a doubt for each total that its stated parts do not make."""
    yield from _over_properties(record)
    yield from _over_places(record)


def _over_properties(record: Record) -> Iterator[Doubt]:
    for rule in record.rules.sums:
        for (thing, name), _ in record.topics([rule.total]):
            parts = [_by_voice(record, thing, part) for part in rule.parts]
            yield from _unequal(record, thing, name, parts)


def _over_places(record: Record) -> Iterator[Doubt]:
    parts_of = _direct_parts(record)
    for name in record.rules.sum_over_places:
        for (whole, _), _ in record.topics([name]):
            for kind in record.rules.sum_kinds:
                places = parts_of.get((whole, kind), [])
                if len(places) >= _ENOUGH_PARTS:
                    parts = [_by_voice(record, place, name) for place in places]
                    yield from _unequal(record, whole, name, parts)


def _direct_parts(record: Record) -> Mapping[tuple[ThingId, str], list[ThingId]]:
    """Return the parts of each whole, by their kind."""
    found: dict[tuple[ThingId, str], list[ThingId]] = {}
    for (part, _), statements in record.topics(["part_of"]):
        wholes = {v.thing for s in statements if isinstance(v := s.claim.value, Reference)}
        said = record.said(part, "kind")
        kinds = {v.word for s in said if isinstance(v := s.claim.value, Token)}
        for whole in sorted(wholes):
            for kind in sorted(kinds):
                found.setdefault((whole, kind), []).append(part)
    return found


def _by_voice(record: Record, thing: ThingId, name: str) -> Mapping[_Voice, Figure]:
    """Return each voice's plain figure; the last in order where it gives several."""
    return {
        (figure.statement.source.organisation, str(figure.day)): figure
        for figure in record.figures(record.said(thing, name))
        if figure.day and figure.amount.low == figure.amount.high
    }


def _unequal(
    record: Record, thing: ThingId, name: str, parts: list[Mapping[_Voice, Figure]]
) -> Iterator[Doubt]:
    for voice, total in sorted(_by_voice(record, thing, name).items()):
        stated = [part[voice] for part in parts if voice in part]
        if len(stated) == len(parts) and _is_off(total, stated, record.rules.sum_tolerance):
            yield _doubt(thing, name, total, stated)


def _is_off(total: Figure, stated: Iterable[Figure], tolerance: float) -> bool:
    made = fsum(part.size for part in stated)
    return abs(made - total.size) > tolerance * max(abs(made), abs(total.size))


def _doubt(thing: ThingId, name: str, total: Figure, stated: list[Figure]) -> Doubt:
    made = fsum(part.size for part in stated)
    in_unit = made * (total.amount.number or 0.0) / total.size if total.size else made
    return Doubt(
        kind=DoubtKind.TOTAL,
        thing=thing,
        property=name,
        statements=tuple(sorted((f.statement for f in (total, *stated)), key=in_order)),
        sentence=(
            f"{len(stated)} parts make {in_unit:,.10g} {total.amount.unit}, "
            f"the total is given as {total.amount}."
        ),
    )
