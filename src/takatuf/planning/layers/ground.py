"""The ground of a city: every site on a node of roads reduced to what reach needs.

Nodes are those of the reduced roads throughout. Travel takes the streets as open; reach does
not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from takatuf.city.streets.graph import NONE, EdgeBlockers, Floats, Ints, StreetGraph
from takatuf.city.streets.overlay import Blockage, overlay
from takatuf.city.streets.reducing import ReducedRoads, approaches, reduced
from takatuf.city.streets.travel import PlacedSites, place_sites, travel_hours
from takatuf.planning.layers.city_layers import CityLayers
from takatuf.planning.layers.rubble import quarter_of_places
from takatuf.planning.layers.rules import LayerRules
from takatuf.planning.layers.untying import untied
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.place import Point

_LAYERS = ("hub", "quarter", "plant", "crew", "hazard")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """Where everything is; blockers are the hazards, then the rubble."""

    roads: ReducedRoads
    travel_days: Floats  # shape (n_nodes, n_nodes); infinite where no street leads
    quarter_node: Ints
    plant_node: Ints
    crew_node: Ints
    near: Ints  # of each blocker: a node from which it can be worked on
    far: Ints  # another one, or NONE
    hazard_quarter: Ints
    rubble_quarter: Ints
    hazard_place: Floats  # shape (n_hazards, 2): longitude and latitude
    rubble_place: Floats
    rubble_waits: tuple[tuple[int, ...], ...]  # of each rubble, the hazards cleared before it


def ground_of(layers: CityLayers, rules: LayerRules, km_per_day: float) -> Ground:
    """Return the ground of layers that are in order.

    Args:
        layers: Checked before.
        rules: How near is near.
        km_per_day: How far a team moves in a day on a street of the mean speed; faster ones
            take it farther in proportion.

    Raises:
        InputError: A hub, quarter, plant or base is too far from any street.
    """
    placed, node = _placed(layers, rules)
    hazard_place, rubble_place = _places(layers)
    quarter_of = quarter_of_places(layers.quarters, *np.vstack([hazard_place, rubble_place]).T)
    n_hazards = len(layers.hazards)
    hazard_node = np.where(
        node["hazard"] == NONE, node["quarter"][quarter_of[:n_hazards]], node["hazard"]
    )
    # Where nothing usable is blocked, a task is done from where it is.
    own = np.concatenate([hazard_node, _first_nodes(layers)])
    usable = layers.usable[placed.origin]
    blockers = _blockers(layers, placed, rules.buffer_m)
    near, far = approaches(placed.graph, blockers, node["hub"], usable)
    near = np.where(near == NONE, own, near)
    is_far = far != NONE
    groups = [node["quarter"], node["plant"], node["crew"], near, far[is_far]]
    roads = reduced(placed.graph, blockers, np.concatenate(groups), node["hub"], usable)
    ends = np.cumsum([len(group) for group in groups])[:-1]
    quarters, plants, crews, near_node, far_node = np.split(roads.site_node, ends)
    beyond = np.full(len(far), NONE, dtype=np.int64)
    beyond[is_far] = far_node
    on_rubble = _hazards_on_rubble(blockers, n_hazards, len(layers.rubble))
    paced = _paced(placed.graph, km_per_day)
    return Ground(
        roads=roads,
        # A day is an hour on streets whose speeds are kilometres a day.
        travel_days=travel_hours(paced, roads.graph_node, roads.graph_node, usable),
        quarter_node=quarters,
        plant_node=plants,
        crew_node=crews,
        near=near_node,
        far=beyond,
        hazard_quarter=quarter_of[:n_hazards],
        rubble_quarter=quarter_of[n_hazards:],
        hazard_place=hazard_place,
        rubble_place=rubble_place,
        rubble_waits=untied(roads, near_node, beyond, on_rubble),
    )


def _placed(layers: CityLayers, rules: LayerRules) -> tuple[PlacedSites, dict[str, Ints]]:
    sites = {
        "hub": [(f"hub {number + 1}", hub) for number, hub in enumerate(layers.hubs)],
        "quarter": [(each.name, _inside(each.shape)) for each in layers.quarters],
        "plant": [(each.name, each.point) for each in layers.plants],
        "crew": [(f"the base of {each.name}", each.base) for each in layers.crews],
        "hazard": [(each.name, _inside(each.shape)) for each in layers.hazards],
    }
    all_sites = [site for layer in _LAYERS for site in sites[layer]]
    placed = place_sites(layers.streets, all_sites, rules.farthest_from_street_m)
    ends = np.cumsum([len(sites[layer]) for layer in _LAYERS])[:-1]
    node = dict(zip(_LAYERS, np.split(placed.node, ends), strict=True))
    # A hazard off the streets is no mistake: its quarter's node stands for it.
    hazards = {name for name, _ in sites["hazard"]}
    wrong = [problem for problem in placed.problems if problem.where not in hazards]
    if wrong:
        raise InputError(wrong)
    return placed, node


def _inside(shape: shapely.Geometry) -> Point:
    point = shapely.point_on_surface(shape)
    return Point(float(point.y), float(point.x))


def _places(layers: CityLayers) -> tuple[Floats, Floats]:
    inside = [_inside(hazard.shape) for hazard in layers.hazards]
    hazards = np.array([(point.lon, point.lat) for point in inside], dtype=np.float64)
    streets, edges = layers.streets, [rubble.edges[0] for rubble in layers.rubble]
    vertex = streets.first_vertex[np.array(edges, dtype=np.int64)]
    rubble = np.column_stack([streets.vertex_lon[vertex], streets.vertex_lat[vertex]])
    return hazards.reshape(-1, 2), rubble


def _first_nodes(layers: CityLayers) -> Ints:
    # Cutting edges leaves the nodes of the streets their numbers.
    edges = np.array([rubble.edges[0] for rubble in layers.rubble], dtype=np.int64)
    return layers.streets.start[edges]


def _blockers(layers: CityLayers, placed: PlacedSites, buffer_m: float) -> EdgeBlockers:
    areas = [Blockage(each.id, each.shape, each.radius_m) for each in layers.hazards]
    hazards = overlay(placed.graph, areas, buffer_m)
    edge, rubble = _pairs([each.edges for each in layers.rubble])
    on_edges = EdgeBlockers.of_pairs(edge, rubble, layers.streets.n_edges, len(layers.rubble))
    rubbles = on_edges.for_edges(placed.origin)
    return EdgeBlockers.of_pairs(
        np.concatenate([hazards.edges(), rubbles.edges()]),
        np.concatenate([hazards.blocker, rubbles.blocker + len(areas)]),
        placed.graph.n_edges,
        len(areas) + len(layers.rubble),
    )


def _pairs(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    pairs = [(entry, number) for number, row in enumerate(rows) for entry in row]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _paced(graph: StreetGraph, km_per_day: float) -> StreetGraph:
    mean = np.average(graph.speed_km_per_h, weights=graph.length_m)
    return replace(graph, speed_km_per_h=graph.speed_km_per_h * km_per_day / mean)


def _hazards_on_rubble(
    blockers: EdgeBlockers, n_hazards: int, n_rubble: int
) -> tuple[tuple[int, ...], ...]:
    found: list[set[int]] = [set() for _ in range(n_rubble)]
    for edge in np.flatnonzero(np.diff(blockers.first) > 1).tolist():
        row = blockers.row(edge)
        hazards = [blocker for blocker in row if blocker < n_hazards]
        for blocker in row[len(hazards) :]:
            found[blocker - n_hazards].update(hazards)
    return tuple(tuple(sorted(hazards)) for hazards in found)
