"""Check a report before it enters the register: every problem at once, in its sender's words.

A report that passes names only things, properties and units that we know, and no time that
has not come yet. What is plausible is not judged here: an improbable claim is still a claim.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from takatuf.reports.report import Claim, Report
from takatuf.vocabulary.errors import Problem, cut
from takatuf.vocabulary.identity import ThingId, is_thing_id, type_of
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.quantity import Amount, find_unit, in_unit
from takatuf.vocabulary.spelling import nearest
from takatuf.vocabulary.things import Property, Vocabulary
from takatuf.vocabulary.things.schema import ValueType
from takatuf.vocabulary.time import PartialDate
from takatuf.vocabulary.value import Reference, Text, Token, Value

EARLIEST_YEAR = 1900
_VALUE_CLASSES: dict[ValueType, type] = {
    ValueType.AMOUNT: Amount,
    ValueType.TOKEN: Token,
    ValueType.TEXT: Text,
    ValueType.DATE: PartialDate,
    ValueType.POINT: Point,
    ValueType.THING: Reference,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a report is checked against."""

    vocabulary: Vocabulary
    things: Collection[ThingId]  # introduced by a name, in the register or in the same file
    now: datetime  # the time of receipt, which no observation may be after


def problems_of(report: Report, where: str, known: Known) -> tuple[Problem, ...]:
    """Return everything that keeps this report out of the register; nothing if it may enter."""
    return tuple(_problems_of(report, where, known))


def problems_of_claims(claims: tuple[Claim, ...], where: str, known: Known) -> tuple[Problem, ...]:
    """Return what is wrong with claims whose report could not be read whole."""
    return tuple(p for claim in claims for p in _problems_of_claim(claim, where, known))


def _problems_of(report: Report, where: str, known: Known) -> Iterator[Problem]:
    if not report.claims:
        yield Problem(
            code="report.no-claims", where=where, found="no value", expected="at least one claim"
        )
    yield from _unknown_thing(report.source.organisation, f"{where}, organisation", known)
    if report.origin:
        yield from _unknown_thing(ThingId(report.origin), f"{where}, origin", known)
    yield from _problems_of_publication(report, where, known)
    for claim in report.claims:
        yield from _problems_of_claim(claim, where, known)


def _problems_of_publication(report: Report, where: str, known: Known) -> Iterator[Problem]:
    on = report.published.on
    if on is not None and on.earliest > known.now.date():
        yield Problem(
            code="report.published-in-future",
            where=f"{where}, published_on",
            found=str(on),
            expected=f"a date up to its receipt, {known.now:%Y-%m-%d}",
            hint="Is the year right?",
        )


def _problems_of_claim(claim: Claim, where: str, known: Known) -> Iterator[Problem]:
    yield from _unknown_thing(claim.thing, f"{where}, thing", known)
    yield from _problems_of_time(claim, where, known)
    declared = known.vocabulary.properties.get(claim.property)
    if declared is None:
        yield unknown_property(claim.property, where, known.vocabulary)
        return
    if type_of(claim.thing) not in declared.of:
        yield Problem(
            code="claim.property-of-another-type",
            where=f"{where}, {claim.property}",
            found=f"{claim.property} of a {type_of(claim.thing)}",
            expected=f"a thing of type {' or '.join(sorted(declared.of))}",
        )
    yield from _problems_of_value(claim.value, declared, f"{where}, {claim.property}", known)


def unknown_property(name: str, where: str, vocabulary: Vocabulary) -> Problem:
    """Return the problem of a property that the vocabulary does not have."""
    return Problem(
        code="claim.unknown-property",
        where=f"{where}, property",
        found=cut(name),
        expected="a property of the vocabulary (docs/reference/properties.md)",
        hint=nearest(name, vocabulary.properties),
    )


def _unknown_thing(thing: ThingId, where: str, known: Known) -> Iterator[Problem]:
    if not is_thing_id(thing):
        yield Problem(
            code="claim.unknown-thing",
            where=where,
            found=cut(thing) or "nothing",
            expected="a known name, or an identity such as place/aleppo-city",
            hint=nearest(thing, known.things),
        )
    elif thing not in known.things:
        yield Problem(
            code="claim.unknown-thing",
            where=where,
            found=cut(thing),
            expected="a thing that has a name in the register or in this file",
            hint=nearest(thing, known.things),
        )


def _problems_of_time(claim: Claim, where: str, known: Known) -> Iterator[Problem]:
    observed = claim.observed_at
    if observed is None:
        return
    if observed.earliest > known.now.date():
        yield Problem(
            code="claim.observed-in-future",
            where=f"{where}, observed_at",
            found=str(observed),
            expected=f"a date up to its receipt, {known.now:%Y-%m-%d}",
            hint="Is the year right, and the clock of the device?",
        )
    if observed.earliest.year < EARLIEST_YEAR:
        yield Problem(
            code="claim.date-out-of-range",
            where=f"{where}, observed_at",
            found=str(observed),
            expected=f"a year from {EARLIEST_YEAR} on",
        )


def _problems_of_value(
    value: Value, declared: Property, where: str, known: Known
) -> Iterator[Problem]:
    if not isinstance(value, _VALUE_CLASSES[declared.type]):
        yield Problem(
            code="claim.value-of-another-kind",
            where=where,
            found=cut(str(value)),
            expected=f"a value of kind {declared.type.value}",
        )
    elif isinstance(value, Amount):
        yield from _problems_of_amount(value, declared, where)
    elif isinstance(value, Token) and value.word not in declared.words:
        yield Problem(
            code="claim.value-not-allowed",
            where=where,
            found=cut(value.word),
            expected=f"one of {', '.join(declared.words)}",
            hint=nearest(value.word, declared.words),
        )
    elif isinstance(value, Reference):
        yield from _unknown_thing(value.thing, where, known)


def _problems_of_amount(amount: Amount, declared: Property, where: str) -> Iterator[Problem]:
    if find_unit(amount.unit).dimension != find_unit(declared.unit).dimension:
        yield Problem(
            code="claim.unit-of-another-dimension",
            where=where,
            found=str(amount),
            expected=f"an amount in {declared.unit}, or in a unit that converts to it",
        )
        return
    number = in_unit(amount, declared.unit)
    low, high = declared.minimum, declared.maximum
    if number is not None and ((low or 0) > number or (high is not None and number > high)):
        upper = f" to {high:g}" if high is not None else " or more"
        yield Problem(
            code="claim.value-out-of-range",
            where=where,
            found=str(amount),
            expected=f"{low or 0:g}{upper} {declared.unit}",
        )
