"""P-codes as text: their parts, the scheme that they follow, and how a miswritten one is read.

A code is a country's letters and segments, one for each level above and its own. A repair
changes only how these are written (two or three letters for the country, case, spaces,
hyphens, zeros in front); it never makes one number into another.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from takatuf.activities.places.spelling.countries import alpha_2_of, countries
from takatuf.vocabulary.digits import latin_digits

_NOT_IN_A_CODE = re.compile(r"[\W_]+")
_RUNS = re.compile(r"\d+|\D+")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d")
_ISO_2, _ISO_3 = 2, 3
_KEPT_CODES = 200_000


@lru_cache(maxsize=_KEPT_CODES)
def code_key(text: str) -> str:
    """Return a code in capitals and Latin digits, without spaces, hyphens and unseen signs."""
    return _NOT_IN_A_CODE.sub("", latin_digits(text)).upper()


@lru_cache(maxsize=_KEPT_CODES)
def readings_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return each way to part a code into a country and the rest, the likeliest first.

    ``NGA008`` is Nigeria and ``008``; ``IQG08`` is Iraq and ``G08``. The country is its code of
    two letters, or "" for a code that starts with no country's.
    """
    key = code_key(text)
    parted: list[tuple[str, str]] = []
    if alpha_2_of(key[:_ISO_3]):
        parted.append((alpha_2_of(key[:_ISO_3]), key[_ISO_3:]))
    if key[:_ISO_2] in countries():
        parted.append((key[:_ISO_2], key[_ISO_2:]))
    return tuple(parted) or (("", key),)


def country_in(text: str) -> str:
    """Return the country of a code as two letters, or "" where it names none."""
    return readings_of(text)[0][0]


def plain_code(text: str) -> str:
    """Return the code with its country in two letters: what two prefix styles have in common."""
    return "".join(readings_of(text)[0])


def as_one_scheme(codes: Iterable[str]) -> dict[str, str]:
    """Return each code of a column with its country in two letters, as the others have it.

    A code of digits only gets the country of the others where one of them is the same then.
    """
    plain = {code: plain_code(code) for code in codes}
    lands = {country_in(code) for code in plain} - {""}
    if len(lands) != 1:
        return plain
    known, land = set(plain.values()), next(iter(lands))
    return {
        code: land + text if text.isdigit() and land + text in known else text
        for code, text in plain.items()
    }


def pattern_of(text: str) -> str:
    """Return the code with its digits as 9: ``NGA999``."""
    return _DIGITS.sub("9", latin_digits(text.strip()))


def scheme_of(text: str) -> str:
    """Return the name of the way in which a code is written: "ISO3 + 3 digits"."""
    key = code_key(text)
    country, rest = readings_of(text)[0]
    shown = " + ".join(map(_run, _RUNS.findall(rest)))
    if not country:
        return shown or "empty"
    return f"ISO{len(key) - len(rest)} + {shown}" if rest else f"ISO{len(key)}"


class CodeReader:
    """Reads miswritten codes against those that are known."""

    def __init__(self, segments_by_code: Mapping[str, tuple[str, ...]]) -> None:
        """Keep the known codes, each as its country's letters and its segments."""
        self._segments = segments_by_code
        self._by_reduced: dict[tuple[str, str], list[str]] = defaultdict(list)
        for code, (country, *segments) in segments_by_code.items():
            self._by_reduced[country, _reduced("".join(segments))].append(code)
        lands = {country for country, _ in self._by_reduced}
        self._only_country = next(iter(lands)) if len(lands) == 1 else ""

    def read(self, text: str) -> tuple[str, ...]:
        """Return the known codes that the text may stand for, in order.

        Those with the same digits; only where there are none, those with more or fewer zeros in
        front of a segment. As many digits in another order are another code.
        """
        same: set[str] = set()
        padded: set[str] = set()
        for country, rest in readings_of(text):
            whose = country or (self._only_country if rest.isdigit() else "")
            for code in self._by_reduced.get((whose, _reduced(rest)), ()):
                known = "".join(self._segments[code][1:])
                if known == rest:
                    same.add(code)
                elif len(known) != len(rest) and self._may_be(code, rest):
                    padded.add(code)
        return tuple(sorted(same or padded))

    def _may_be(self, code: str, rest: str) -> bool:
        """Say whether the rest is the code's segments, each with any zeros in front."""
        for segment in self._segments[code][1:]:
            for run in _RUNS.findall(segment):
                if run[0].isdigit():
                    bare = rest.lstrip("0")
                    has_zero = len(bare) < len(rest)
                    rest, run = bare, run.lstrip("0")  # noqa: PLW2901 - the run without zeros
                    if not run and not has_zero:
                        return False
                if not rest.startswith(run):
                    return False
                rest = rest.removeprefix(run)
        return not rest


def segments_of(code: str, parents: Iterable[str]) -> tuple[str, ...]:
    """Return the country's letters of a code and its segments, by the codes above it.

    Args:
        code: A code that is known, ``SY0203``.
        parents: The codes above it, the widest first: ``SY``, ``SY02``.
    """
    country, rest = readings_of(code)[0]
    starts = [0]
    for parent in parents:
        above = readings_of(parent)[0][1]
        if rest.startswith(above) and starts[-1] < len(above) < len(rest):
            starts.append(len(above))
    ends = [*starts[1:], len(rest)]
    return (country, *(rest[start:end] for start, end in zip(starts, ends, strict=True)))


def _run(run: str) -> str:
    if run[0].isdigit():
        return f"{len(run)} digits"
    return "letters " + run if _LETTERS.fullmatch(run) else run


def _reduced(rest: str) -> str:
    return rest.replace("0", "")
