"""The bars: numbers that say when an answer may prevail and what a track record suggests.

They are data, the same for every party, set from measured errors and not from taste; the
reasons stand beside them in `bars.toml`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """What an answer must have to prevail although others disagree."""

    chance: float  # least chance that it is true, 0 to 1
    n_origins: int  # least number of independent origins that say it
    n_checked: int  # least number of checks behind one of those origins
    measured_error: float  # share found wrong among answers that cleared the bars


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRules:
    """How outcomes make a track record."""

    half_life_days: float
    n_prior: float  # checks that a record starts with, at the topic's mean
    n_prior_most: float
    default_mean: float  # the topic's mean while nothing is checked


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRules:
    """Which letter of the Admiralty scale a record suggests."""

    n_checked: int  # with fewer checks: F
    least: tuple[tuple[str, float], ...]  # letter and least lower end, best first; then E


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingRules:
    """All that `bars.toml` holds."""

    prevailing: Bars
    dependence: float  # correlation of the errors of separate origins on one fact, 0 to 1
    records: RecordRules
    letters: LetterRules


@lru_cache(maxsize=1)
def deciding_rules() -> DecidingRules:
    """Return the rules that are shipped, read once."""
    text = (files("takatuf.picture") / "bars.toml").read_text("utf-8")
    return read_rules(tomllib.loads(text))


def read_rules(table: Mapping[str, Any]) -> DecidingRules:
    """Return the rules in a table such as `bars.toml` holds.

    Raises:
        KeyError: A table or a number is missing. The file is ours, so that is our bug.
        TypeError: A table holds a word that has no meaning here; our bug too.
    """
    letters = dict(table["letters"])
    n_checked = letters.pop("n_checked")
    least = sorted(letters.items(), key=lambda item: -item[1])
    return DecidingRules(
        prevailing=Bars(**table["prevailing"]),
        dependence=table["votes"]["dependence"],
        records=RecordRules(**table["records"]),
        letters=LetterRules(n_checked=n_checked, least=tuple(least)),
    )
