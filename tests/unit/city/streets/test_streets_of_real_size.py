"""On the street graph of a whole city; skipped where the geodata are not beside the project."""

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from takatuf.city.streets.classes import load_road_rules
from takatuf.city.streets.graph import EdgeBlockers
from takatuf.city.streets.reaching import islands, reached
from takatuf.city.streets.reducing import reduced
from takatuf.formats.readers.networks.files import read_street_file
from tests.builders_networks import all_of

GEODATA = Path(__file__).parents[5] / "shared/data/aleppo/geo"
ROADS = GEODATA / "aleppo_roads_from_4_Road_Damage.derived.geojson"  # 7,763 lines


@pytest.mark.skipif(not ROADS.exists(), reason="the geodata are not beside the project")
def test_a_city_is_reduced_and_keeps_its_reach() -> None:
    graph = read_street_file(ROADS.read_bytes(), "roads.geojson", load_road_rules()).graph
    rng = np.random.default_rng(7)
    shut = rng.integers(graph.n_edges, size=4_000)
    blockers = EdgeBlockers.of_pairs(shut, shut % 300, graph.n_edges, 300)
    sites, usable = rng.integers(graph.n_nodes, size=400), all_of(graph)
    hubs = sites[:2]

    roads = reduced(graph, blockers, sites, hubs, usable)

    assert (graph.n_nodes, graph.n_edges) == (17_974, 27_183)
    assert graph.length_m.sum() == pytest.approx(2_270_129, rel=1e-3)
    assert roads.n_nodes < 4_000
    cut_off = sum(island.n_edges for island in islands(graph, hubs, usable))
    assert cut_off < 0.02 * graph.n_edges
    gone = rng.random(300) < 0.5
    is_open = blockers.opens_on_day(np.where(gone, 0.0, np.inf)) == 0
    links_open = roads.blocked_by.opens_on_day(np.where(gone, 0.0, np.inf)) == 0
    ends = roads.start[links_open], roads.end[links_open]
    matrix = csr_array((np.ones(len(ends[0])), ends), shape=(roads.n_nodes, roads.n_nodes))
    _, part = connected_components(matrix, directed=False)
    whole = reached(graph, hubs, usable & is_open)[sites]
    assert whole.tolist() == np.isin(part[roads.site_node], part[roads.hubs]).tolist()
