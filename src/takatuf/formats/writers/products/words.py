"""The texts that products bring along, in the four languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def text_of(section: str, word: str, language: str, **values: str) -> str:
    """Return a text with its values filled in.

    Raises:
        KeyError: There is no such text; that is our mistake.
    """
    text = load_texts()[section][word][language]
    return text.format(**values) if values else text


@cache
def load_texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return all texts: by section, word and language, as `words.toml` declares them."""
    source = files("takatuf.formats.writers.products") / "words.toml"
    return tomllib.loads(source.read_text("utf-8"))
