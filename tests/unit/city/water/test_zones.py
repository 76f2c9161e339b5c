import numpy as np
import pytest

from takatuf.city.water.network import NONE
from takatuf.city.water.zones import ServiceZones, fitted_to, service_zones, zones_by_place
from takatuf.formats.readers.networks.water_file import read_water
from tests.builders_networks import WATER_INP

NETWORK = read_water(WATER_INP.read_bytes(), "water.inp")


def members(zones: ServiceZones) -> list[set[str]]:
    return [
        {NETWORK.node_ids[node] for node in np.flatnonzero(zones.zone_of_node == zone)}
        for zone in range(zones.n_zones)
    ]


def test_pumps_valves_and_mains_part_zones() -> None:
    zones = service_zones(NETWORK, mains_from_mm=200, least_demand_m3_per_h=0)

    north, south = members(zones)
    assert "North" in north
    assert {"South", "Beyond"} <= south
    assert north | south == {"Works", "Hill", "North", "South", "Beyond"}
    assert zones.demand_m3_per_h.tolist() == [20, 40]
    assert zones.needs == (
        ("Main", "Pump", "River", "ToNorth"),
        ("Main", "Pump", "River", "ToSouth"),
    )
    assert zones.fed_by == (("River",), ("River",))


def test_a_part_that_asks_for_little_joins_its_neighbour() -> None:
    small = service_zones(NETWORK, mains_from_mm=150, least_demand_m3_per_h=15)
    none = service_zones(NETWORK, mains_from_mm=150, least_demand_m3_per_h=1000)

    assert small.demand_m3_per_h.tolist() == [20, 40]
    assert none.n_zones == 3


def test_zones_may_be_given_by_places() -> None:
    places = np.array([[3.0, 1.0], [3.5, -1.0], [99.0, 99.0]])

    zones = zones_by_place(NETWORK, places, mains_from_mm=1000)

    assert "North" in members(zones)[0]
    assert {"South", "Beyond"} <= members(zones)[1]
    assert members(zones)[2] == set()
    assert zones.demand_m3_per_h.tolist() == [20, 40, 0]
    assert zones.needs[2] == ()
    assert zones.zone_of_node[NETWORK.node_ids.index("River")] == NONE


def test_a_network_without_demand_has_no_zones() -> None:
    content = WATER_INP.read_bytes().partition(b"[DEMANDS]")
    quiet = content[0].replace(b"   20\n", b"   0\n").replace(b"   30\n", b"   0\n")
    quiet = quiet.replace(b" Beyond  10   10", b" Beyond  10   0")
    rest = content[2].partition(b"[CONTROLS]")
    network = read_water(quiet + b"[CONTROLS]" + rest[2], "quiet.inp")

    zones = service_zones(network, mains_from_mm=200, least_demand_m3_per_h=0)

    assert zones.n_zones == 0
    assert zones.needs == ()


def test_a_network_can_be_stretched_over_another_place() -> None:
    fitted = fitted_to(NETWORK, (37.0, 36.0, 37.4, 36.2))

    assert [np.nanmin(fitted.x), np.nanmax(fitted.x)] == pytest.approx([37.0, 37.4])
    assert [np.nanmin(fitted.y), np.nanmax(fitted.y)] == pytest.approx([36.0, 36.2])
    zones = zones_by_place(fitted, np.array([[37.3, 36.2], [37.4, 36.0]]), mains_from_mm=1000)
    assert zones.demand_m3_per_h.tolist() == [20, 40]
