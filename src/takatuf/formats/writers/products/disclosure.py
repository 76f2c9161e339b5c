"""Which columns may stand in a product: deny by default, by the class of each meaning.

A column that we do not know is confidential. The values of a column that may be shown can still
be withheld one by one: such a cell says ``withheld`` and why, and is never blank or zero.
"""

from collections.abc import Iterable
from enum import StrEnum

import polars as pl

from takatuf.activities.columns.meanings import base_word, meanings
from takatuf.safeguards.actor import ANYBODY, Actor, Role
from takatuf.safeguards.permissions import Action, Object, may
from takatuf.vocabulary.errors import NotAllowedError
from takatuf.vocabulary.sensitivity import DEFAULT_WHERE_UNKNOWN, Sensitivity

WITHHELD = "withheld"
_IS_WITHHELD = rf"^{WITHHELD}(?:$|: | \()"  # "withheld", "withheld: why", "withheld (why)"
# What the register adds to the words of columns. Positions are withheld row by row before.
ADDED = (
    "row",
    "activity",
    "report",
    "received_at",
    "place_label",
    "lat",
    "lon",
    "attested_by",
    "n_withheld",
)
_MADE_FROM = {"_id": "", "_word": "", "_pcode": "_code"}  # what matching adds, and to what


class Audience(StrEnum):
    """Who will read it: nothing above their class leaves."""

    PUBLIC = "public"
    PARTNERS = "partners"


_READER = {Audience.PUBLIC: ANYBODY, Audience.PARTNERS: Actor("partners", Role.PARTNER)}


def require_visible(columns: Iterable[str], audience: Audience) -> None:
    """Return if every column is for this audience.

    Raises:
        NotAllowedError: Some are not; all are named with their class.
    """
    classes = {word: class_of(word) for word in columns}
    refused = [
        f"{word} ({found.word})"
        for word, found in sorted(classes.items())
        if not may(_READER[audience], Action.EXPORT, Object(sensitivity=found)).is_allowed
    ]
    if refused:
        raise NotAllowedError(f"Not for the audience {audience.value}: {', '.join(refused)}.")


def require_class(name: str, found: Sensitivity, audience: Audience) -> None:
    """Return if values of a class are for this audience.

    Raises:
        NotAllowedError: They are not.
    """
    if not may(_READER[audience], Action.EXPORT, Object(sensitivity=found)).is_allowed:
        raise NotAllowedError(f"Not for the audience {audience.value}: {name} ({found.word}).")


def class_of(word: str) -> Sensitivity:
    """Return the class of a column: its meaning's, and the default where it has none.

    What matching adds to a column (``donor_id``, ``sector_word``, ``adm1_pcode``) has its class.
    """
    if word in ADDED:
        return Sensitivity.PUBLIC
    sources = [
        word.removesuffix(end) + start for end, start in _MADE_FROM.items() if word.endswith(end)
    ]
    known = (meanings().get(base_word(source)) for source in (word, *sources))
    found = next((meaning for meaning in known if meaning is not None), None)
    return DEFAULT_WHERE_UNKNOWN if found is None else found.sensitivity


def is_withheld(column: str) -> pl.Expr:
    """Say of each cell of a column of text whether it was withheld."""
    return pl.col(column).str.contains(_IS_WITHHELD).fill_null(value=False)
