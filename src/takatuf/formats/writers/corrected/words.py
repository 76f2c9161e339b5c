"""What the sheet and the comments say, in the reader's language; and signs that nobody sees."""

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("en", "ar", "fr", "ru")
_SHOWN_MAX_CHARACTERS: Final = 500
_PLAIN_CONTROLS: Final = "\n\t"


def word(key: str, language: str) -> str:
    """Return a text of `words.toml`; English where the language has none."""
    texts = _words()[key]
    return texts.get(language, texts["en"])


def is_rtl(language: str) -> bool:
    """Return whether the language is read from right to left."""
    return language == "ar"


def shown(text: str, limit: int = _SHOWN_MAX_CHARACTERS) -> str:
    """Return a text with its invisible signs named, and cut visibly at ``limit`` characters.

    A sign that turns the reading direction, or has no width, could make a fault look right.
    """
    seen = "".join(_seen(sign) for sign in text)
    return seen if len(seen) <= limit else f"{seen[: limit - 1]}…"


def _seen(sign: str) -> str:
    if sign in _PLAIN_CONTROLS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return sign
    return f"‹U+{ord(sign):04X}›"


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("takatuf.formats.writers.corrected").joinpath("words.toml").read_text("utf-8")
    read: dict[str, dict[str, str]] = tomllib.loads(text)
    return read
