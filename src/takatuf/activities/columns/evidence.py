"""What the values of a column look like, from a sample of its rows.

It supports or contradicts what tag and header say; by itself it is only ever a suggestion.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from takatuf.activities.columns.header_words import sector_keys
from takatuf.activities.columns.keys import key_of
from takatuf.activities.values.months import month_of
from takatuf.activities.values.unstated import is_instead_of_value
from takatuf.vocabulary.digits import latin_digits

_SAMPLE_ROWS = 2000
_SAMPLE_VALUES = 120
_MOST_LETTERS = 200  # of one value
_NUMBER = re.compile(
    r"[-+(]?[$€£]?\s*\d{1,3}(?:[ ,.'’\u00a0\u202f]?\d{3})*(?:[.,]\d+)?(?:e\+?\d+)?\s*[%)]?",
    re.IGNORECASE,
)
_PCODE = re.compile(r"[A-Za-z]{2,3}\d{2,12}")
_CODE = re.compile(r"[A-Za-z]{0,4}[-_ ]?\d[\dA-Za-z.\-]*")
_DAY = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ].*)?"
    r"|\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{4}|\d{2})|\d{4}-\d{2}"
)
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?:\+|00)\d[\d ().-]{7,}|0\d[\d ().-]{7,}|\(\d+\)[\d ().-]{6,}")
_COORDINATE = re.compile(r"-?\d{1,3}\.\d{3,}")
_WORDS = re.compile(r"[^\W\d_]+")
_LATIN_LETTER = re.compile(r"[A-Za-zÀ-ÿ]")
_LATITUDE_MOST = 90
_FEW, _HALF, _NEARLY_ALL = 0.3, 0.5, 0.9
_NEVER_NUMBERS = frozenset(
    {
        "reporting_organisation", "implementing_partner", "lead_organisation", "donor", "sector",
        "activity_type", "population_group", "status", "modality", "item", "adm1_name",
        "adm2_name",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the values of a column look like."""

    is_empty: bool = True
    n_values: int = 0  # different ones in the sample that say something
    shares: Mapping[str, float] = field(default_factory=dict)  # of these, by what they look like
    p_code_digits: int = 0  # after a country prefix of two letters; 0 where they differ
    largest: float = 0.0  # coordinate, without its sign

    def share(self, name: str) -> float:
        """Return the share of values that look like this, 0 to 1."""
        return self.shares.get(name, 0.0)


def evidence_of(cells: pl.Series) -> Evidence:
    """Return what the values of a column look like; at most 120 different ones are looked at."""
    if cells.null_count() == len(cells):
        return Evidence()
    step = max(1, len(cells) // _SAMPLE_ROWS)
    some = cells.gather_every(step).drop_nulls()
    some = cells.drop_nulls().head(_SAMPLE_ROWS) if some.is_empty() else some
    values = [
        _plain(text[:_MOST_LETTERS])
        for text in some.unique(maintain_order=True).head(_SAMPLE_VALUES)
    ]
    said = [text for text in values if text and not is_instead_of_value(text)]
    if not said:
        return Evidence(is_empty=False)
    shares = {name: sum(map(test, said)) / len(said) for name, test in _TESTS.items()}
    return Evidence(
        is_empty=False,
        n_values=len(said),
        shares=shares,
        p_code_digits=_digits_of(said) if shares["p_code"] else 0,
        largest=max((abs(float(t)) for t in said if _COORDINATE.fullmatch(t)), default=0.0),
    )


def is_sector_name(text: str) -> bool:
    """Say whether a text is one of the usual names of sectors, in any of the languages."""
    return key_of(text) in sector_keys()


def _plain(text: str) -> str:
    return latin_digits(text).strip().strip("\u200e\u200f\u200b\ufeff\u202a\u202c\u00a0").strip()


def _digits_of(said: list[str]) -> int:
    lengths = {len(text) - 2 for text in said if re.fullmatch(r"[A-Za-z]{2}\d+", text)}
    return lengths.pop() if len(lengths) == 1 else 0


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


def _is_month(text: str) -> bool:
    return month_of(text) is not None


def _is_date(text: str) -> bool:
    if _DAY.fullmatch(text) or _SERIAL.fullmatch(text):
        return True
    words = _WORDS.findall(text)
    named = any(map(_is_month, (text, *words))) if len(words) <= 4 else False  # noqa: PLR2004
    return named and any(character.isdigit() for character in text)


def _is_latin(text: str) -> bool:
    return _LATIN_LETTER.search(text) is not None


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "number": _matches(_NUMBER),
    "p_code": _matches(_PCODE),
    "code": _matches(_CODE),
    "date": _is_date,
    "month": _is_month,
    "year": _matches(_YEAR),
    "email": lambda text: _EMAIL.search(text) is not None,
    "phone": _matches(_PHONE),
    "coordinate": _matches(_COORDINATE),
    "sector": is_sector_name,
    "latin": _is_latin,
}


def words_by_values(evidence: Evidence) -> tuple[str, ...]:
    """Return the words that the values suggest, the likeliest first; () where they say nothing."""
    suggestions: tuple[tuple[str, float, tuple[str, ...]], ...] = (
        ("p_code", 0.8, _codes(evidence.p_code_digits)),
        ("coordinate", 0.8, _coordinates(evidence.largest)),
        ("year", 0.9, ("period_year",)),
        ("month", 0.8, ("period_month",)),
        ("date", 0.8, ("start", "end", "period", "updated_on")),
        ("sector", 0.6, ("sector",)),
    )
    for name, least, words in suggestions:
        if evidence.share(name) >= least:
            return words
    return ()


def contradicts(evidence: Evidence, word: str, kind: str) -> bool:
    """Say whether the values speak against a meaning; few values never do."""
    if evidence.n_values < 3:  # noqa: PLR2004 - one odd value is a fault, not another meaning
        return False
    if kind == "amount":
        return evidence.share("number") < _HALF
    if kind == "date":
        return _dated(evidence) < _HALF
    return _contradicts_text(evidence, word)


def _contradicts_text(evidence: Evidence, word: str) -> bool:
    if word in {"period", "period_month"}:
        return max(_dated(evidence), evidence.share("number")) < _FEW
    if word.startswith("adm") and word.endswith("_code"):
        return evidence.share("code") < _FEW
    is_number = word in _NEVER_NUMBERS and evidence.share("number") > _NEARLY_ALL
    return is_number or (word.startswith("adm") and evidence.share("p_code") > _NEARLY_ALL)


def _dated(evidence: Evidence) -> float:
    return evidence.share("date") + evidence.share("month") + evidence.share("year")


def _codes(n_digits: int) -> tuple[str, ...]:
    level = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3}.get(n_digits, 4 if n_digits else 1)
    rest = (other for other in (1, 2, 3, 4) if other != level)
    return tuple(f"adm{n}_code" for n in (level, *rest))


def _coordinates(largest: float) -> tuple[str, ...]:
    return ("longitude",) if largest > _LATITUDE_MOST else ("latitude", "longitude")
