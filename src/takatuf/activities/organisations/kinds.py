"""Types of organisations: what files call them, as our words and the codes of the global list."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from takatuf.activities.organisations.spelling import organisation_key


@dataclass(frozen=True, slots=True)
class OrganisationKind:
    """One type of organisation."""

    word: str  # ours
    code: str  # of the global list, `+v_hrinfo`
    words: tuple[str, ...]  # in files


@cache
def organisation_kinds() -> Mapping[str, OrganisationKind]:
    """Return the types by our word."""
    text = files("takatuf.activities.organisations").joinpath("types.toml").read_text("utf-8")
    table = tomllib.loads(text)["type"]
    return {
        word: OrganisationKind(word, entry["code"], tuple(entry["words"]))
        for word, entry in table.items()
    }


def kind_of(text: str) -> str:
    """Return our word for a type as it stands in a file, or "" where it is not known."""
    return _word_by_key().get(organisation_key(text), "")


@cache
def _word_by_key() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for kind in organisation_kinds().values():
        for text in (kind.word.replace("_", " "), kind.code, *kind.words):
            found.setdefault(organisation_key(text), kind.word)
    return found
