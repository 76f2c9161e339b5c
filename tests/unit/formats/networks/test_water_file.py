import sys

import numpy as np
import pytest

from takatuf.city.water.network import JUNCTION, PUMP, RESERVOIR, TANK
from takatuf.formats.readers.networks.water_file import read_water
from takatuf.vocabulary.errors import InputError, Problem, UnavailableError
from tests.builders_networks import WATER_INP


def refused(content: bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read_water(content, "water.inp")
    return caught.value.problems


def with_lines(before: bytes, lines: bytes) -> bytes:
    return WATER_INP.read_bytes().replace(before, before + b"\n" + lines)


def test_a_network_is_read_in_metric_units() -> None:
    network = read_water(WATER_INP.read_bytes(), "water.inp")

    kinds = dict(zip(network.node_ids, network.node_kind.tolist(), strict=True))
    assert kinds == {
        "Works": JUNCTION, "Hill": JUNCTION, "North": JUNCTION, "South": JUNCTION,
        "Beyond": JUNCTION, "River": RESERVOIR, "Tower": TANK,
    }  # fmt: skip
    demand = dict(zip(network.node_ids, network.demand_m3_per_h.tolist(), strict=True))
    assert demand == pytest.approx(
        {"Works": 0, "Hill": 0, "North": 20, "South": 30, "Beyond": 10, "River": 0, "Tower": 0}
    )
    links = dict(zip(network.link_ids, network.link_kind.tolist(), strict=True))
    assert links["Pump"] == PUMP
    assert not network.is_open[network.link_ids.index("Across")]
    assert network.diameter_mm[network.link_ids.index("Main")] == pytest.approx(300)
    assert np.isnan(network.x[network.node_ids.index("Tower")])
    assert np.flatnonzero(network.is_source()).tolist() == [network.node_ids.index("River")]


def test_other_units_are_converted() -> None:
    in_feet = WATER_INP.read_bytes().replace(b"Units      CMH", b"Units      GPM")

    network = read_water(in_feet, "water.inp")

    assert network.diameter_mm[network.link_ids.index("Main")] == pytest.approx(300 * 25.4)
    assert network.length_m[network.link_ids.index("Main")] == pytest.approx(500 * 0.3048)
    north = network.demand_m3_per_h[network.node_ids.index("North")]
    assert north == pytest.approx(20 * 0.22712, rel=1e-4)


def test_every_error_of_a_file_comes_with_its_line_and_what_epanet_says() -> None:
    content = with_lines(b"[PIPES]", b" Lost    Works   Nowhere 10 100 100")
    content = content.replace(b" Hill    10   0", b" Hill    ten  0 ; high")

    number, undefined, *rest = refused(content)

    assert number.code == undefined.code == "network.epanet-refused"
    assert number.where == "water.inp, line 6, [JUNCTIONS]"
    assert number.found.split()[:3] == ["Hill", "ten", "0"]
    assert "202" in number.hint
    assert undefined.where == "water.inp, line 18, [PIPES]"
    assert "203" in undefined.hint
    assert "Nowhere" in undefined.hint
    assert all(problem.code == "network.epanet-refused" for problem in rest)


def test_an_error_without_a_line_is_explained() -> None:
    problems = refused(with_lines(b"[PIPES]", b" Round Works Works 10 100 100"))

    assert {problem.code for problem in problems} == {"network.epanet-refused"}
    assert all(problem.where.startswith("water.inp") for problem in problems)


def test_a_section_that_epanet_does_not_know_is_explained() -> None:
    problems = refused(with_lines(b"[JUNCTIONS]", b" Bad x\n[PIPEWORK]\n a b"))

    assert "299" in " ".join(problem.hint for problem in problems)


def test_nodes_that_nothing_leads_to_are_named() -> None:
    problems = refused(with_lines(b"[JUNCTIONS]", b" Alone 5 0\n Lost 5 0"))

    assert ["Alone" in problems[0].found, "Lost" in problems[1].found] == [True, True]
    assert len(problems) == 2


@pytest.mark.parametrize("content", [b"", b"[RESERVOIRS]\n A 1\n B 1\n[PIPES]\n P A B 1 1 1\n"])
def test_a_file_without_users_of_water_is_explained(content: bytes) -> None:
    assert [problem.code for problem in refused(content)] == ["network.no-water"]


def test_bytes_that_are_no_text_are_explained() -> None:
    noise = np.random.default_rng(1).integers(0, 256, 3000).astype(np.uint8).tobytes()

    assert {problem.code for problem in refused(noise)} == {"network.no-water"}
    assert {problem.code for problem in refused(b"[PIPES]\n" + noise)} == {"network.epanet-refused"}


def test_a_file_cannot_have_other_files_read_or_written() -> None:
    content = with_lines(b"[OPTIONS]", b" HYDRAULICS SAVE secret.hyd\n MAP other.map")
    content += b"\n[REPORT]\n STATUS YES\n FILE elsewhere.rpt\n"

    kept = read_water(content, "water.inp").content

    assert b"secret" not in kept
    assert b"other.map" not in kept
    assert b"elsewhere" not in kept
    assert b"STATUS YES" in kept
    assert len(kept.splitlines()) == len(content.splitlines())


def test_hydraulics_need_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "epanet", None)

    with pytest.raises(UnavailableError, match=r"takatuf\[water\]"):
        read_water(WATER_INP.read_bytes(), "water.inp")
