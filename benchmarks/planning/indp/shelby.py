"""The networks of Shelby County, what storms of damage hit them, and the values recorded.

Read from a directory with `network_extended/`, `damage_scenarios.csv` and
`reference_highs.csv`. Nodes and arcs of all layers are numbered through; where
an arc is listed twice, damage and sites are those of its last row.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from takatuf.planning.flows import Damage, FlowNetwork
from takatuf.planning.problem import Floats, Ints

LAYERS = ("Water", "Gas", "Power", "Telecommunication")
PER_STEP = 8  # repairs, of all layers together
PER_LAYER = 2  # repairs, where each layer plans for itself

Row = dict[str, str]
Name = tuple[int, int]  # set and number of a scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelby:
    """The whole network, and what repairs cost besides flows."""

    network: FlowNetwork  # its needs are the physical ones
    layer_of_node: Ints  # index into LAYERS
    layer_of_arc: Ints
    node_repair_cost: Floats
    arc_repair_cost: Floats
    sites_of_arc: dict[int, frozenset[int]]
    site_cost: dict[int, float]  # once in each step in which an arc on the site is repaired


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is damaged, and what was recorded for it by HiGHS."""

    name: Name
    damage: Damage
    optimum: float  # central, recorded
    bound: float  # nothing can be below, recorded
    seconds: float  # wall, recorded
    apart: float  # decentralised, recorded

    @property
    def n_steps(self) -> int:
        """Return the steps counted: step 0, those that repair all, and one in which all works."""
        return -(-self.damage.n_parts // PER_STEP) + 2


def read_shelby(directory: Path) -> tuple[Shelby, list[Scenario]]:
    """Return the network and its recorded scenarios, the heaviest first."""
    folder = directory / "network_extended"
    nodes = [(layer, row) for layer in LAYERS for row in _rows(folder / f"{layer}Nodes.csv")]
    arcs = [(layer, row) for layer in LAYERS for row in _rows(folder / f"{layer}Arcs.csv")]
    node_index = {(layer, row["ID"]): index for index, (layer, row) in enumerate(nodes)}
    shelby = Shelby(
        network=_network(nodes, arcs, node_index, _rows(folder / "Interdep.csv")),
        layer_of_node=np.array([LAYERS.index(layer) for layer, _ in nodes]),
        layer_of_arc=np.array([LAYERS.index(layer) for layer, _ in arcs]),
        node_repair_cost=np.array([float(row["q (complete DS)"]) for _, row in nodes]),
        arc_repair_cost=np.array([float(row["f"]) for _, row in arcs]),
        sites_of_arc=_sites(_arc_index(arcs), _rows(folder / "beta.csv")),
        site_cost={int(row["Subspace_ID"]): float(row["g"]) for row in _rows(folder / "g.csv")},
    )
    damaged = defaultdict(list)
    for row in _rows(directory / "damage_scenarios.csv"):
        damaged[int(row["set"]), int(row["scenario"])].append(row)
    recorded = _rows(directory / "reference_highs.csv")
    indices = node_index, _arc_index(arcs)
    return shelby, [_scenario(row, damaged, indices, shelby) for row in recorded]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


NodeIndex = dict[tuple[str, str], int]
ArcIndex = dict[tuple[str, frozenset[str]], int]
Rows = list[tuple[str, Row]]  # with their layers


def _arc_index(arcs: Rows) -> ArcIndex:
    ends = [(layer, frozenset({row["Start Node"], row["End Node"]})) for layer, row in arcs]
    return {key: index for index, key in enumerate(ends)}


def _network(nodes: Rows, arcs: Rows, index: NodeIndex, needs: list[Row]) -> FlowNetwork:
    def numbers(rows: Rows, column: str) -> Floats:
        return np.array([float(row[column]) for _, row in rows])

    def ends(column: str) -> Ints:
        return np.array([index[layer, row[column]] for layer, row in arcs])

    return FlowNetwork(
        start=ends("Start Node"),
        end=ends("End Node"),
        capacity=numbers(arcs, "u"),
        cost=numbers(arcs, "c"),
        supply=numbers(nodes, "Demand"),
        surplus_cost=numbers(nodes, "Mp"),
        shortage_cost=numbers(nodes, "Mm"),
        needs=np.array(
            [
                (
                    index[row["Dependee Network"], row["Dependee Node"]],
                    index[row["Depender Network"], row["Depender Node"]],
                )
                for row in needs
                if row["Type"] == "Physical"
            ]
        ),
    )


def _sites(index: ArcIndex, rows: list[Row]) -> dict[int, frozenset[int]]:
    sites = defaultdict(set)
    for row in rows:
        arc = index[row["Network"], frozenset({row["Start Node"], row["End Node"]})]
        sites[arc].add(int(row["Subspace"]))
    return {arc: frozenset(found) for arc, found in sites.items()}


def _scenario(
    row: Row, damaged: dict[Name, list[Row]], indices: tuple[NodeIndex, ArcIndex], shelby: Shelby
) -> Scenario:
    name = int(row["set"]), int(row["scenario"])
    node_index, arc_index = indices
    parts = damaged[name]
    nodes = sorted({node_index[p["layer"], p["a"]] for p in parts if p["kind"] == "node"})
    arcs = sorted(
        {arc_index[p["layer"], frozenset({p["a"], p["b"]})] for p in parts if p["kind"] == "arc"}
    )
    return Scenario(
        name=name,
        damage=Damage(
            nodes=np.array(nodes, dtype=np.int64),
            arcs=np.array(arcs, dtype=np.int64),
            repair_cost=np.concatenate(
                [shelby.node_repair_cost[nodes], shelby.arc_repair_cost[arcs]]
            ),
        ),
        optimum=float(row["tdINDP_obj"]),
        bound=float(row["tdINDP_bound"]),
        seconds=float(row["tdINDP_wall_s"]),
        apart=float(row["decentralised_obj"]),
    )
