"""The rules of plausibility, read from data: envelopes, windows, thresholds, wordings.

Whatever can differ between cities or will be known better stands in `data/`; the code next
door only compares. No rule knows an organisation.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way to work, and what one person has been known to do with it in a day."""

    name: str
    output: str  # "clearance", "search", "detection" or "preparation"
    low: float  # m2 per person and day
    high: float
    words: tuple[str, ...]  # that name the method in what is said, in small letters
    source: str
    dated: str
    basis: str  # how the figure was brought to one person


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRule:
    """An amount of work, who did it, and the days they had."""

    amount: str
    personnel: str
    unit: str
    days: float = 0.0  # 0: counted from `since`
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantRule:
    """When what is retold speaks of the same as what was said."""

    longest_span_days: int
    tolerance: float  # a share
    window_days: Mapping[str, int]  # by series


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyRule:
    """What says that a place is safe, and what calls it into question."""

    window_days: int
    casualties: tuple[str, ...]
    places: tuple[str, ...]
    words: tuple[str, ...]
    safe: Mapping[str, tuple[str, ...]]  # words by property
    dangerous: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """Two units that are taken for one another, and the ratio between them."""

    name: str
    dimension: str
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlausibleRange:
    """What a property can hardly lie outside of."""

    property: str
    low: float
    high: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRule:
    """When a value is away from the others by a power of ten or by a unit."""

    powers: tuple[int, ...]
    dimensions: tuple[str, ...]
    near_days: int
    neighbours: int
    least_ratio: float
    agreement: float
    slack: float
    tolerance: float
    factors: tuple[Factor, ...]
    families: tuple[tuple[str, ...], ...]
    ranges: tuple[PlausibleRange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SumRule:
    """Properties of one thing that add up to another one."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules together."""

    titles: Mapping[str, str]  # by kind of doubt
    asks: Mapping[str, str]  # what would settle it
    methods: tuple[Method, ...]
    rates: tuple[RateRule, ...]
    variants: VariantRule
    safety: SafetyRule
    slip: SlipRule
    sums: tuple[SumRule, ...]
    sum_tolerance: float
    sum_kinds: tuple[str, ...]
    sum_over_places: tuple[str, ...]


@cache
def load_rules() -> Rules:
    """Return the rules that the package ships."""
    rules, envelopes = _table("rules.toml"), _table("envelopes.toml")
    totals = rules["totals"]
    return Rules(
        titles={kind: entry["title"] for kind, entry in rules["kind"].items()},
        asks={kind: entry["ask"] for kind, entry in rules["kind"].items()},
        methods=tuple(Method(**_frozen(entry)) for entry in envelopes["method"]),
        rates=tuple(RateRule(**entry) for entry in rules["rate"]),
        variants=VariantRule(**_frozen(rules["variants"])),
        safety=SafetyRule(**_frozen(rules["safety"])),
        slip=_slip_rule(rules["slip"]),
        sums=tuple(SumRule(**_frozen(entry)) for entry in totals["sum"]),
        sum_tolerance=totals["tolerance"],
        sum_kinds=tuple(totals["kinds"]),
        sum_over_places=tuple(totals["over_places"]),
    )


def _table(name: str) -> dict[str, Any]:
    folder = files("takatuf.picture.plausibility") / "data"
    return tomllib.loads((folder / name).read_text("utf-8"))


def _slip_rule(table: Mapping[str, Any]) -> SlipRule:
    plain = {key: entry for key, entry in table.items() if key not in {"factor", "family", "range"}}
    return SlipRule(
        **_frozen(plain),
        factors=tuple(Factor(**entry) for entry in table["factor"]),
        families=tuple(tuple(entry["properties"]) for entry in table["family"]),
        ranges=tuple(PlausibleRange(**entry) for entry in table["range"]),
    )


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table with tuples for lists, so that nobody changes a rule by accident."""
    frozen: dict[str, Any] = {}
    for key, entry in table.items():
        if isinstance(entry, dict):
            frozen[key] = _frozen(entry)
        else:
            frozen[key] = tuple(entry) if isinstance(entry, list) else entry
    return frozen
