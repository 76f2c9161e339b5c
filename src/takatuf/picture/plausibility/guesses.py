"""What may lie between two figures that should be one: a guess, worded as a question.

A guess only helps a reader to look in the right place. It looks at the figures alone: the
unit, the power of ten, the digits, the rounding.
"""

import math
from functools import cache

from takatuf.picture.plausibility.record import Figure
from takatuf.picture.plausibility.rules import Factor, SlipRule
from takatuf.reports.report import Modality
from takatuf.vocabulary.quantity import find_unit, unit_words

_SIGNIFICANT_DIGITS = 2  # a headline seldom keeps more


def guess(one: Figure, other: Figure, rule: SlipRule) -> str:
    """Return what may have become of the one figure in the other, or "" where nothing fits."""
    for found in (
        _same_figure(one, other),
        _power_of_ten(one, other, rule),
        unit_between(one, other, rule),
        _rounding(one, other),
        _digits(one, other),
        _range(one, other),
    ):
        if found:
            return found
    return ""


def unit_between(one: Figure, other: Figure, rule: SlipRule) -> str:
    """Return which two units may have been taken for one another, or ""."""
    if one.size <= 0 or other.size <= 0:
        return ""
    ratio = max(one.size, other.size) / min(one.size, other.size)
    near = [f for f in _factors(one, rule) if abs(ratio / f.factor - 1) <= rule.tolerance]
    if not near:
        return ""
    nearest = min(near, key=lambda f: (abs(ratio / f.factor - 1), f.name))
    return f"one is {nearest.factor:,.4g} times the other, as between {nearest.name}: a unit?"


def _factors(figure: Figure, rule: SlipRule) -> tuple[Factor, ...]:
    dimension = find_unit(figure.amount.unit).dimension
    if dimension not in rule.dimensions:
        return ()
    own = tuple(factor for factor in rule.factors if factor.dimension == dimension)
    return own + _factors_between_units(dimension)


@cache
def _factors_between_units(dimension: str) -> tuple[Factor, ...]:
    """Return the ratios between the units of a dimension; powers of ten are asked for apart."""
    units = [unit for unit in map(find_unit, unit_words()) if unit.dimension == dimension]
    return tuple(
        Factor(
            name=f"{small.name} and {large.name}",
            dimension=dimension,
            factor=large.factor / small.factor,
        )
        for small in units
        for large in units
        if large.factor > small.factor and not _is_power_of_ten(large.factor / small.factor)
    )


def _is_power_of_ten(ratio: float) -> bool:
    return math.isclose(math.log10(ratio), round(math.log10(ratio)), abs_tol=1e-9)


def _power(one: float, other: float, rule: SlipRule) -> int:
    if one <= 0 or other <= 0:
        return 0
    exponent = math.log10(one / other)
    power = round(exponent)
    is_near = abs(10 ** (exponent - power) - 1) <= rule.tolerance
    return power if is_near and abs(power) in rule.powers else 0


def _number(figure: Figure) -> float:
    return figure.amount.number or 0.0


def _same_figure(one: Figure, other: Figure) -> str:
    units = sorted({one.amount.unit, other.amount.unit})
    if _number(one) == _number(other) and len(units) > 1:
        return f"the same figure with another unit: {' or '.join(units)}?"
    return ""


def _power_of_ten(one: Figure, other: Figure, rule: SlipRule) -> str:
    same_unit = _power(one.size, other.size, rule)
    if same_unit:
        return f"one is {10 ** abs(same_unit):,} times the other: a power of ten?"
    as_printed = _power(_number(one), _number(other), rule)
    if as_printed and one.amount.unit != other.amount.unit:
        return (
            f"the printed numbers differ by about {10 ** abs(as_printed):,} and the units are "
            "not the same: a nought and a unit?"
        )
    return ""


def _digits(one: Figure, other: Figure) -> str:
    a, b = f"{_number(one):.10g}", f"{_number(other):.10g}"
    if one.amount.unit != other.amount.unit or len(a) != len(b) or a == b:
        return ""
    if sorted(a) == sorted(b):
        return "the same digits in another order: swapped?"
    if sum(x != y for x, y in zip(a, b, strict=True)) == 1:
        return "they differ in one digit: misread?"
    return ""


def _rounding(one: Figure, other: Figure) -> str:
    is_rounded = any(
        _is_rounded(exact, rounded, digits)
        for exact, rounded in ((one, other), (other, one))
        for digits in range(1, _SIGNIFICANT_DIGITS + 1)
    )
    return "is one the other, rounded?" if is_rounded else ""


def _is_rounded(exact: Figure, rounded: Figure, digits: int) -> bool:
    number = _number(exact)
    if number <= 0 or exact.amount.unit != rounded.amount.unit:
        return False
    place = math.floor(math.log10(number)) - digits + 1
    return _number(rounded) in {
        math.floor(number / 10**place) * 10**place,
        math.ceil(number / 10**place) * 10**place,
    }


def _range(one: Figure, other: Figure) -> str:
    modalities = {figure.statement.claim.modality for figure in (one, other)}
    return "two ends of a range?" if modalities == {Modality.ESTIMATED} else ""
