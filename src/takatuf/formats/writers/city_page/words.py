"""The page's own texts in the four languages, and its way of writing numbers.

A word that the page itself needs and does not have is our mistake and raises; a word that
came with the data (a kind, a unit, a type of organisation) is shown as it came instead.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from takatuf.formats.city_report import Figure
from takatuf.vocabulary.things import Labels, load_vocabulary
from takatuf.vocabulary.things.schema import LANGUAGES

_RIGHT_TO_LEFT = {"ar"}
# A narrow space that no line breaks at, as French and Russian print thousands.
_GROUPING = {"en": (",", "."), "ar": (",", "."), "fr": ("\u202f", ","), "ru": ("\u202f", ",")}
_AS_WHOLE_FROM = 100
_DENIAL = "not: "


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language."""

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
        """The direction of writing, as HTML has it: "ltr" or "rtl"."""
        return "rtl" if self.language in _RIGHT_TO_LEFT else "ltr"

    def __call__(self, key: str, **values: str) -> str:
        """Return the text of a key such as "map.day", with its values filled in.

        Raises:
            KeyError: There is no such text; that is our mistake.
        """
        section, _, word = key.partition(".")
        text = load_texts()[section][word][self.language]
        return text.format(**values) if values else text

    def of(self, section: str, word: str) -> str:
        """Return the text of a word that came with the data; unknown ones in plain letters."""
        entry = load_texts()[section].get(word)
        return entry[self.language] if entry else word.replace("_", " ")

    def how(self, figure: Figure) -> str:
        """Return how a figure was counted, in this language where we have the words."""
        entry = load_texts()["how"].get(figure.key)
        return entry[self.language] if entry else figure.how_counted

    def said(self, property_name: str, value: str) -> str:
        """Return a value of a property as the vocabulary labels it, else as it came.

        A denial, which comes as "not: VALUE", keeps its "not" in this language.
        """
        said = value.removeprefix(_DENIAL)
        declared = load_vocabulary().properties.get(property_name)
        allowed = declared.values if declared else ()
        label = next((self.label(known.label) for known in allowed if known.word == said), said)
        return label if said == value else f"{self('value.not')}: {label}"

    def section(self, name: str) -> dict[str, str]:
        """Return all texts of a section, by word, in the order they are declared."""
        return {word: entry[self.language] for word, entry in load_texts()[name].items()}

    def label(self, labels: Labels) -> str:
        """Return the label in this language."""
        return labels.in_language(self.language)

    def number(self, value: float) -> str:
        """Return a number as this language prints it: whole from 100 on, else two decimals.

        Digits are Latin in every language, as the sources type them.
        """
        n_decimals = 0 if abs(value) >= _AS_WHOLE_FROM or value == int(value) else 2
        group, point = _GROUPING[self.language]
        text = f"{value:,.{n_decimals}f}"
        if n_decimals:
            text = text.rstrip("0").rstrip(".")
        return text.replace(",", "\0").replace(".", point).replace("\0", group)


@cache
def load_texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return all texts: by section, word and language, as `words.toml` declares them."""
    source = files("takatuf.formats.writers.city_page") / "words.toml"
    return tomllib.loads(source.read_text("utf-8"))
