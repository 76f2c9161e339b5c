"""The printed products' own texts in English and Arabic, and their way of writing values.

A text that a product needs and does not have is our mistake and raises. What came with the
data stays as it came, set apart so that its direction of writing never turns the words
around it.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from takatuf.formats.writers.city_page import Words

LANGUAGES = ("en", "ar")

_OWN_PACKAGE = "takatuf.formats.writers.maps"
_APART, _BACK = "\u2068", "\u2069"  # first strong isolate, and its end (Unicode Annex 9)
# What could turn the words around it, if it came with the data: Trojan Source (2021).
_WITHOUT_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_DAY_LENGTH, _MONTH_LENGTH = 10, 7  # of "2024-03-01" and "2024-03"


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one product in one language."""

    package: str  # where its `words.toml` stands
    language: str

    def __post_init__(self) -> None:
        """Refuse a language that has no texts.

        Raises:
            ValueError: The language is not one of `LANGUAGES`.
        """
        if self.language not in LANGUAGES:
            raise ValueError(f"no texts in {self.language!r}, only in {', '.join(LANGUAGES)}")

    @property
    def direction(self) -> str:
        """The direction of writing: "ltr" or "rtl"."""
        return "rtl" if self.language == "ar" else "ltr"

    def __call__(self, key: str, **values: str) -> str:
        """Return the text of a key such as "head.as_of", with its values filled in, set apart.

        Raises:
            KeyError: There is no such text; that is our mistake.
        """
        section, _, word = key.partition(".")
        text = _load(self.package)[section][word][self.language]
        return text.format(**{name: _filled_in(value) for name, value in values.items()})

    def listed(self, names: Iterable[str]) -> "Listed":
        """Return names as a list in a sentence, each set apart."""
        comma = _load(_OWN_PACKAGE)["list"]["comma"][self.language]
        return Listed(comma.join(apart(name) for name in names))

    def of(self, section: str, word: str) -> str:
        """Return the text of a word that came with the data; unknown ones in plain letters."""
        entry = _load(self.package)[section].get(word)
        return entry[self.language] if entry else word.replace("_", " ")

    def section(self, name: str) -> dict[str, str]:
        """Return all texts of a section by word."""
        return {word: entry[self.language] for word, entry in _load(self.package)[name].items()}

    def number(self, value: float) -> str:
        """Return a number with thousands set off: whole from 100 on, else two decimals."""
        return Words(self.language).number(value)

    def day(self, text: str) -> str:
        """Return an ISO day or month with its month's name beside it; other text as it came."""
        months = _load(_OWN_PACKAGE)["month"]
        month = months.get(text[5:_MONTH_LENGTH])
        if month is None or not _is_iso(text):
            return text
        name = f"{month[self.language]} {text[:4]}"
        if len(text) >= _DAY_LENGTH:
            name = f"{int(text[8:_DAY_LENGTH])} {name}"
        return f"{apart(text)} ({name})"


class Listed(str):
    """Names in a sentence, of which each is set apart already."""

    __slots__ = ()


def apart(text: str) -> str:
    """Return a text set apart, so that its direction does not turn what stands around it."""
    kept = text.translate(_WITHOUT_CONTROLS)
    return f"{_APART}{kept}{_BACK}" if kept else ""


def _filled_in(value: str) -> str:
    return value if isinstance(value, Listed) else apart(value)


def _is_iso(text: str) -> bool:
    digits = text.replace("-", "")
    return digits.isdecimal() and len(text) in {_MONTH_LENGTH, _DAY_LENGTH}


@cache
def _load(package: str) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads((files(package) / "words.toml").read_text("utf-8"))
