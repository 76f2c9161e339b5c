"""On the geodata of a whole city; skipped where they are not beside the project."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.planning.aleppo.assumptions import hazards_of, people_of
from benchmarks.planning.aleppo.geodata import STRIKES, read_geodata

GEODATA = Path(__file__).parents[5] / "shared/data/aleppo/geo"


@pytest.mark.slow
@pytest.mark.skipif(
    not (GEODATA / STRIKES).exists(), reason="the geodata are not beside the project"
)
def test_a_whole_city_is_read_and_its_assumptions_add_up() -> None:
    data = read_geodata(GEODATA)
    hazards, people = hazards_of(data), people_of(data.quarters)

    assert (data.n_edges_read, len(data.quarters)) == (27_219, 109)
    assert 350 <= len(hazards) <= 450
    within = sum(len(hazard.shape.geoms) for hazard in hazards)
    assert within == 3_201  # of 3,364 strike sites; the others lie outside all quarters
    assert people.sum() == pytest.approx(1_500_000, rel=1e-4)
    assert (people >= 0).all()
    assert 1_500 < np.count_nonzero(data.is_near_damage) < 3_000
