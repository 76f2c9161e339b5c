"""The standard's codes for words of ours, as `codes.toml` declares them."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from takatuf.activities.counting.sectors import sectors

PLANNED, AT_WORK, CLOSED = "1", "2", "4"  # ActivityStatus: identification, implementation, closed


def roles() -> Mapping[str, str]:
    """Return the role of each column of organisations."""
    return {word: str(code) for word, code in _codes()["role"].items()}


def cluster_code(sector_word: str | None) -> str | None:
    """Return the global cluster of a sector, None where it is none of them."""
    sector = sectors().get(sector_word or "")
    return sector.hrinfo or None if sector else None


def status_code(entered: str | None, start: date, end: date | None, as_of: date) -> str:
    """Return the status of an activity: as entered, else by its dates.

    Without either it is at work: that a row was reported for a period says so.
    """
    word = (entered or "").strip().lower()
    code: str | None = next(
        (code for code, words in _codes()["status"].items() if word in words), None
    )
    if code is not None:
        return code
    if start > as_of:
        return PLANNED
    return CLOSED if end is not None and end < as_of else AT_WORK


@cache
def _codes() -> Mapping[str, Any]:
    source = files("takatuf.formats.writers.products.iati") / "codes.toml"
    return tomllib.loads(source.read_text("utf-8"))
