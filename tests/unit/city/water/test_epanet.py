import numpy as np
import pytest

from takatuf.city.water.epanet import EpanetError, opened
from tests.builders_networks import WATER_INP


def test_a_failed_call_says_what_epanet_says() -> None:
    with opened(WATER_INP.read_bytes()) as project, pytest.raises(EpanetError) as caught:
        project.call("getnodeindex", "Nowhere")

    assert caught.value.number == 203
    assert "undefined node" in str(caught.value)


def test_a_mistake_of_ours_is_not_taken_for_one_of_the_file() -> None:
    with opened(WATER_INP.read_bytes()) as project, pytest.raises(TypeError):
        project.call("getnodeindex")


def test_one_network_leaves_nothing_behind_for_the_next() -> None:
    other = WATER_INP.read_bytes().replace(b"300   100", b"250   100")
    with opened(WATER_INP.read_bytes()) as one, opened(other) as two:
        first, second = one.link_values("DIAMETER", 7), two.link_values("DIAMETER", 7)
        project = two

    assert first[0] == pytest.approx(300)
    assert second[0] == pytest.approx(250)
    assert np.isfinite(first).all()
    assert not project.report_path.exists()
