"""How much work the damage of a quarter is, and how near is near: from data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import ceil


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterWork:
    """The work that damaged buildings mean for one service of a quarter."""

    skill: str
    days_by_grade: Mapping[str, float]  # team-days for each building
    longest_days: float  # of one task: more work is cut into parts
    source: str

    def parts(self, damaged: Mapping[str, float]) -> tuple[float, ...]:
        """Return the team-days of each part, all equal; nothing where there is no damage."""
        days = sum(self.days_by_grade[grade] * count for grade, count in damaged.items())
        n_parts = ceil(days / self.longest_days)
        return (days / n_parts,) * n_parts if n_parts else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRules:
    """The figures of `works.toml`, or of a file of the same form."""

    note: str
    buffer_m: float  # nearer to a street than this is on the street
    farthest_from_street_m: float
    plant_site_m: float  # hazards nearer than this are cleared before a plant is repaired
    water: QuarterWork
    power: QuarterWork
    housing: QuarterWork

    @property
    def grades(self) -> frozenset[str]:
        """The grades of damage that there are figures for."""
        return frozenset(self.water.days_by_grade)


@cache
def load_layer_rules() -> LayerRules:
    """Return the rules that the package ships."""
    text = files("takatuf.planning.layers").joinpath("works.toml").read_text("utf-8")
    table = tomllib.loads(text)
    works = {name: QuarterWork(**entry) for name, entry in table.pop("work").items()}
    water, power, housing = (works[name] for name in ("water", "power", "housing"))
    return LayerRules(**table, water=water, power=power, housing=housing)
