"""Texts that a spreadsheet would run."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from takatuf.formats.writers.products.neutralising import (
    neutralised,
    neutralised_text,
    restored,
)

TEXTS = st.text(alphabet="'=+-@\t\r\n＝a1 ب", max_size=6)


@given(TEXTS)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    frame = pl.DataFrame({"text": [text]})

    safe = frame.select(neutralised(pl.col("text")))

    assert safe["text"][0] == neutralised_text(text)
    assert not safe["text"][0].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
    assert safe.select(restored(pl.col("text")))["text"][0] == text


@pytest.mark.parametrize("text", ["O'Neill", "'quoted'", "حلب", "a=b", "12", ""])
def test_a_harmless_text_is_left_alone(text: str) -> None:
    assert neutralised_text(text) == text
