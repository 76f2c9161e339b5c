"""Lists inside a cell that name one thing twice."""

import re
from collections.abc import Iterable, Mapping

import polars as pl

from takatuf.activities.columns.keys import key_of
from takatuf.activities.columns.meanings import base_word
from takatuf.activities.values.faulting import faults_in

_LISTED = frozenset(
    {
        "sector", "subsector", "implementing_partner", "donor", "activity_type", "modality",
        "population_group",
    }
)  # fmt: skip
_PARTED = re.compile(r"\s*[,;|\n،؛]\s*")


def repeated_in_lists(frame: pl.DataFrame, letters: Mapping[str, str]) -> Iterable[pl.DataFrame]:
    """Yield the cells whose list names the same twice, as fault frames."""
    for name, letter in letters.items():
        if base_word(name) not in _LISTED or name not in frame.columns:
            continue
        different = frame[name].drop_nulls().unique(maintain_order=True)
        lists = different.filter(different.str.contains("[,;|\n،؛]"))
        found = [
            (text, "cell.repeated-in-list", "each once", f"{twice} stands there several times.")
            for text in lists
            if (twice := _named_twice(text))
        ]
        yield faults_in(frame["row"], frame[name], letter, found)


def _named_twice(text: str) -> str:
    seen: set[str] = set()
    for item in _PARTED.split(text):
        key = key_of(item)
        if key and key in seen:
            return item
        seen.add(key)
    return ""
