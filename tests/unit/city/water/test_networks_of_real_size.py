"""On the networks that ship in a package for benchmarks; skipped where it is not installed."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from takatuf.city.water.rules import load_hydraulic_rules
from takatuf.city.water.verifying import INTACT, WaterState, verify
from takatuf.city.water.zones import service_zones
from takatuf.formats.readers.networks.water_file import read_water

RULES = load_hydraulic_rules()


def packaged(name: str) -> bytes:
    package = find_spec("epyt")
    if package is None or package.origin is None:
        pytest.skip("epyt is not installed: no networks of real size")
    return (Path(package.origin).parent / "networks" / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "n_nodes", "n_links"),
    [("asce-tf-wdst/Net3.inp", 97, 119), ("asce-tf-wdst/ky4.inp", 964, 1158)],
)
def test_an_intact_network_serves_everybody(name: str, n_nodes: int, n_links: int) -> None:
    network = read_water(packaged(name), name)
    zones = service_zones(network, mains_from_mm=400, least_demand_m3_per_h=5)

    found = verify(network, zones, [WaterState(0.0, INTACT)], RULES)

    assert (network.n_nodes, len(network.link_ids)) == (n_nodes, n_links)
    assert found.is_verified.all()
    assert np.nanmin(found.share) > 0.99
    assert zones.demand_m3_per_h.sum() == pytest.approx(
        np.maximum(network.demand_m3_per_h, 0).sum()
    )


def test_a_network_with_a_known_mistake_is_refused() -> None:
    content = packaged("asce-tf-wdst/Net1.inp").replace(
        b"[PIPES]", b"[PIPES]\n 99 10 nowhere 1 1 1"
    )

    with pytest.raises(Exception, match="nowhere"):
        read_water(content, "Net1.inp")
