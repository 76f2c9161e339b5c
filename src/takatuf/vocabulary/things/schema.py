"""What the vocabulary says of a type of thing and of a property."""

from dataclasses import dataclass
from enum import StrEnum

from takatuf.vocabulary.sensitivity import Sensitivity

LANGUAGES = ("en", "ar", "fr", "ru")


class ValueType(StrEnum):
    """What kind of value a property takes."""

    AMOUNT = "amount"
    TOKEN = "token"  # noqa: S105 - one of the allowed values
    TEXT = "text"
    DATE = "date"
    POINT = "point"
    THING = "thing"  # another thing


class Series(StrEnum):
    """How a property lives in time; it decides which statements answer the same question."""

    FACT = "fact"  # one answer, whatever the date: all statements compete
    STATE = "state"  # changes: statements within `window_days` of each other compete
    COUNTER = "counter"  # only grows: as a state, and a later lower figure is flagged
    PERIOD = "period"  # belongs to its own date: only statements of the same date compete


class Weighing(StrEnum):
    """What a plan may act on where the answers differ."""

    PLAIN = "plain"  # nothing is chosen: the plan needs a declared assumption
    CAUTIOUS = "cautious"  # errs to safety: the first of the allowed values, the largest amount
    ALL = "all"  # every value holds at once: names, parents, skills; never contested


@dataclass(frozen=True, slots=True)
class Labels:
    """One label in each of the four languages."""

    en: str
    ar: str
    fr: str
    ru: str

    def in_language(self, language: str) -> str:
        """Return the label in one of `LANGUAGES`."""
        return {"en": self.en, "ar": self.ar, "fr": self.fr, "ru": self.ru}[language]


@dataclass(frozen=True, slots=True)
class AllowedValue:
    """One value that a token property allows."""

    word: str
    label: Labels
    within: str = ""  # a wider word of the same property, which this one does not contradict


@dataclass(frozen=True, slots=True)
class ThingType:
    """A type of thing: the first part of an identity."""

    name: str
    label: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """What can be said of a thing, and by which rules the sayings are weighed."""

    name: str
    of: frozenset[str]  # the types of things that have it
    topic: str
    label: Labels
    type: ValueType
    unit: str = ""  # of an amount: the unit it is shown in
    values: tuple[AllowedValue, ...] = ()  # of a token: most cautious first
    minimum: float | None = None  # of an amount, in `unit`
    maximum: float | None = None
    hxl: str = ""
    sensitivity: Sensitivity
    fresh_days: int | None  # None: never goes stale
    series: Series
    weighing: Weighing
    window_days: int = 0  # of a state or counter
    holds_for_parts: bool = False  # said of a place, it is said of each part of it
    implied_by: tuple[str, ...] = ()  # properties whose positive claims deny the first value
    tolerance: float = 0.0  # share by which amounts may differ and still agree
    nearest_methods: tuple[str, ...] = ()  # by who is nearest to the matter; acted on first

    @property
    def words(self) -> tuple[str, ...]:
        """The allowed words of a token property, most cautious first."""
        return tuple(value.word for value in self.values)

    def wider(self, word: str) -> frozenset[str]:
        """Return every word that this one lies within, at any remove."""
        within = {value.word: value.within for value in self.values}
        found: set[str] = set()
        above = within.get(word, "")
        while above and above not in found:
            found.add(above)
            above = within.get(above, "")
        return frozenset(found)
