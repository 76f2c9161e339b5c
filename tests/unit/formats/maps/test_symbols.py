"""Symbols are told apart by their sign, and every sector of our list has one."""

import re

import pytest

from takatuf.activities.counting.sectors import sectors
from takatuf.formats.writers.maps.symbols import sector_symbol


@pytest.mark.parametrize("sector", sorted(sectors()))
def test_every_sector_of_our_list_has_a_sign(sector: str) -> None:
    drawn = sector_symbol(sector, 0, 0, 40)

    assert "<path" in drawn
    assert "<text" not in drawn


def test_a_sector_of_ones_own_has_its_first_letters() -> None:
    assert ">KI</text>" in sector_symbol("kite flying", 0, 0, 40)
    assert ">&lt;&amp;</text>" in sector_symbol("< &", 0, 0, 40)


def test_a_name_is_the_same_sector_however_it_is_written() -> None:
    assert sector_symbol("Food Security", 0, 0, 40) == sector_symbol("food_security", 0, 0, 40)


@pytest.mark.parametrize("sector", sorted(sectors()))
def test_signs_stand_out_from_their_ground(sector: str) -> None:
    found = re.search(r'fill="#(\w\w)(\w\w)(\w\w)"', sector_symbol(sector, 0, 0, 40))
    assert found
    parts = [int(part, 16) / 255 for part in found.groups()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]

    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert 1.05 / (luminance + 0.05) >= 4.5  # against white, WCAG 2.2
