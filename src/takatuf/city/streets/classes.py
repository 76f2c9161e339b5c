"""Road classes and vehicles, from data: which speed, and who may drive where.

The figures of `classes.toml` are priors with their sources; own records replace them by
another file of the same form.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from takatuf.city.streets.graph import Flags, StreetGraph


@dataclass(frozen=True, slots=True)
class RoadClass:
    """What is taken for a road of a class where nobody said more."""

    speed_km_per_h: float
    rank: int  # 1 the least


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What a vehicle weighs, and the least road that it may use."""

    mass_t: float
    smallest_rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadRules:
    """All classes and vehicles, with the words that close a road."""

    source: str
    road_classes: Mapping[str, RoadClass]
    vehicles: Mapping[str, Vehicle]
    bridge_without_a_limit_carries_t: float
    class_where_unknown: str
    not_for_vehicles: frozenset[str]
    one_way_unless_said: frozenset[str]
    closed_by_access: frozenset[str]
    closed_by_barrier: frozenset[str]


@cache
def load_road_rules() -> RoadRules:
    """Return the rules that the package ships."""
    text = files("takatuf.city.streets").joinpath("classes.toml").read_text("utf-8")
    return road_rules(tomllib.loads(text))


def road_rules(table: Mapping[str, Any]) -> RoadRules:
    """Return the rules of a table of the form of `classes.toml`."""
    return RoadRules(
        source=table["source"],
        road_classes={name: RoadClass(**entry) for name, entry in table["road_class"].items()},
        vehicles={name: Vehicle(**entry) for name, entry in table["vehicle"].items()},
        bridge_without_a_limit_carries_t=table["bridge_without_a_limit_carries_t"],
        class_where_unknown=table["class_where_unknown"],
        not_for_vehicles=frozenset(table["not_for_vehicles"]),
        one_way_unless_said=frozenset(table["one_way_unless_said"]),
        closed_by_access=frozenset(table["closed_by_access"]),
        closed_by_barrier=frozenset(table["closed_by_barrier"]),
    )


def may_drive(graph: StreetGraph, vehicle: Vehicle, rules: RoadRules) -> Flags:
    """Say for each edge whether a vehicle may use it, by class and by what it carries.

    A limit that somebody stated counts everywhere; a bridge without one carries what the
    rules say, and any other road carries everything.
    """
    rank = np.array([rules.road_classes[name].rank for name in graph.classes], dtype=np.int64)
    unsaid = np.where(graph.is_bridge, rules.bridge_without_a_limit_carries_t, np.inf)
    carries_t = np.where(np.isnan(graph.max_mass_t), unsaid, graph.max_mass_t)
    is_wide_enough = rank[graph.road_class] >= vehicle.smallest_rank
    return np.asarray(is_wide_enough & (carries_t >= vehicle.mass_t))
