"""Dates in a text: said in full, or by their distance from the day of publication.

Without a publication date "on Tuesday" is no day, and "3/4/2017" is none with one: nothing is
guessed. A place of a text that speaks of a date is known all the same, so that its numbers
are not taken for counts.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from takatuf.formats.readers.text.language.words import fold
from takatuf.vocabulary.time import PartialDate, day, parse_date

_WEEK = 7  # days
_YEAR = r"(?:19|20)\d\d"
_SPANS = ("week", "month", "year")


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A date that a text speaks of, by its place in the text."""

    begin: int
    end: int
    on: PartialDate | None  # None: it cannot be known from the text
    is_bound: bool = False  # since, until, by ...: it bounds a time
    doubt: str = ""  # what a person must decide or check


_Read = tuple[PartialDate | None, str]  # the date, and what is in doubt
_Reader = Callable[[re.Match[str], date | None], _Read]


def days_of(text: str, begin: int, end: int, published: date | None) -> tuple[FoundDay, ...]:
    """Return the dates of a stretch of text, in their order and none inside another."""
    folded = fold(text[begin:end])
    found: list[FoundDay] = []
    for pattern, read in _readers():
        for match in pattern.finditer(folded):
            first, past = (begin + place for place in match.span("d"))
            if all(past <= other.begin or first >= other.end for other in found):
                on, doubt = read(match, published)
                is_bound = "z" not in match.re.groupindex and (
                    _bound().search(folded, 0, match.start("d")) is not None
                )
                found.append(FoundDay(first, past, on, is_bound, doubt))
    return tuple(sorted(found, key=lambda one: one.begin))


@cache
def _table() -> dict[str, Any]:
    folder = files("takatuf.formats.readers.text") / "rules"
    return tomllib.loads((folder / "days.toml").read_text("utf-8"))


@cache
def _bound() -> re.Pattern[str]:
    words, day_word = (_any_of([_table()["words"][key]]) for key in ("bound", "day"))
    return re.compile(rf"(?<!\w)و?{words}\s+(?:{day_word}\s+)?\Z")


@cache
def _readers() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    words, parts, relative = (_table()[key] for key in ("words", "part_of_year", "relative"))
    month, year_word = _any_of(_table()["months"].values()), _any_of([words["year"]])
    of = rf"[ ,]{{1,2}}(?:{_any_of([words['of']])}\s+)?(?:{year_word}\s+)?"
    in_month = rf"(?P<m>{month})(?:\s*/\s*{month})?"
    nth = r"(?P<n>\d{1,2})(?:st|nd|rd|th)?"
    year = rf"(?P<y>{_YEAR})(?!\w)"
    to, until = (_any_of([words[key]]) for key in ("to", "bound"))
    span = rf"(?P<y>{_YEAR})\s*(?:[-–]|(?<!\d){to})\s*(?:{year_word}\s+)?(?P<z>{_YEAR})"
    between, joined = (_any_of([words[key]]) for key in ("between", "and"))
    both = rf"{between}\s+(?:{year_word}\s+)?(?P<y>{_YEAR})\s+{joined}\s*(?P<z>{_YEAR})"
    before_year = rf"{_any_of([words['in']])}|{until}|{year_word}"
    patterns: tuple[tuple[str, _Reader], ...] = (
        (r"\d{4}-\d\d-\d\d(?!\d)", _as_written),
        (r"(?P<n>\d{1,2})[/.](?P<m>\d{1,2})[/.]\d{2,4}(?!\d)", _by_numbers),
        (both, _years),
        (span, _years),
        (rf"{nth}(?:\s+of)?\s+{in_month}{of}{year}", _in_full),
        (rf"{in_month}\s+{nth},?\s+{year}", _in_full),
        (rf"{in_month}{of}{year}", _in_full),
        (rf"(?P<p>{_any_of(parts.values())})[ -](?:{year_word}\s+)?{year}", _part),
        (rf"{nth}(?:\s+of)?\s+{in_month}(?!\w)", _without_year),
        (rf"{in_month}\s+{nth}(?![\w,.]*\d)(?!\w)", _without_year),
        (rf"(?P<r>{_any_of(relative['day'].values())})(?!\w)", _days_ago),
        (rf"(?P<r>{_any_of(relative[k] for k in _SPANS)})(?!\w)", _span_ago),
        (
            rf"(?P<next>next\s+)?(?P<last>last\s+)?(?P<r>{_weekday()})(?P<ago>\s+{_any_of([words['last']])})?(?!\w)",
            _weekday_ago,
        ),
    )
    compiled = [(re.compile(rf"(?<![\w/.])(?P<d>{pattern})"), read) for pattern, read in patterns]
    bare = re.compile(rf"(?<!\w)(?:{before_year})\s+(?P<d>(?P<y>{_YEAR}))(?![\w/]|[.,]\d)")
    return (*compiled, (bare, _in_full))


def _any_of(written: Iterable[str]) -> str:
    words = {fold(word) for words in written for word in words.split("|")}
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, w.split())) for w in longest_first) + ")"


def _weekday() -> str:
    return _any_of(_table()["weekdays"].values())


def _number_of(word: str, table: Mapping[str, str]) -> int:
    key = " ".join(word.split())
    return next(int(n) for n, t in table.items() if key in {fold(w) for w in t.split("|")})


def _group(match: re.Match[str], name: str) -> str:
    return match[name] if name in match.re.groupindex and match[name] else ""


def _parsed(text: str, doubt: str = "") -> _Read:
    try:
        return parse_date(text), doubt
    except ValueError:
        return None, f"there is no such day as {text}"


def _as_written(match: re.Match[str], published: date | None) -> _Read:
    del published
    return _parsed(match["d"])


def _by_numbers(match: re.Match[str], published: date | None) -> _Read:
    del published
    return None, f"{match['d']}: which number is the month? Write the day as in 2017-06-14"


def _years(match: re.Match[str], published: date | None) -> _Read:
    del published
    return _parsed(f"{match['y']}-{match['z']}")


def _part(match: re.Match[str], published: date | None) -> _Read:
    del published
    word = " ".join(match["p"].split())
    parts = _table()["part_of_year"].items()
    part = next(name for name, t in parts if word in {fold(w) for w in t.split("|")})
    return _parsed(f"{part} {match['y']}")


def _in_full(match: re.Match[str], published: date | None) -> _Read:
    del published
    year, month, number = match["y"], _group(match, "m"), _group(match, "n")
    parts = [year]
    if month:
        parts.append(f"{_number_of(month, _table()['months']):02}")
    if number:
        parts.append(f"{int(number):02}")
    return _parsed("-".join(parts))


def _without_year(match: re.Match[str], published: date | None) -> _Read:
    if published is None:
        return None, f"“{match['d']}” has no year: give the day of publication to place it"
    month, number = _number_of(match["m"], _table()["months"]), int(match["n"])
    for year in (published.year, published.year - 1):
        on, _ = _parsed(f"{year}-{month:02}-{number:02}")
        if on is not None and on.earliest <= published:
            return on, f"“{match['d']}”: the year is taken from the day of publication"
    return None, f"“{match['d']}” is no day of the year before the publication"


def _days_ago(match: re.Match[str], published: date | None) -> _Read:
    if published is None:
        return None, _unplaced(match)
    return day(published - timedelta(_number_of(match["r"], _table()["relative"]["day"]))), ""


def _span_ago(match: re.Match[str], published: date | None) -> _Read:
    if published is None:
        return None, _unplaced(match)
    word, relative = " ".join(match["r"].split()), _table()["relative"]
    span = next(k for k in _SPANS if word in {fold(w) for w in relative[k].split("|")})
    doubt = f"“{match['d']}” is taken from the day of publication"
    if span == "week":
        return _parsed(f"about {published - timedelta(_WEEK)}", doubt)
    if span == "month":
        return _parsed(f"{published.replace(day=1) - timedelta(1):%Y-%m}", doubt)
    return _parsed(f"{published.year - 1}", doubt)


def _weekday_ago(match: re.Match[str], published: date | None) -> _Read:
    if published is None or match["next"]:
        return None, _unplaced(match)
    is_past = bool(match["last"] or match["ago"])
    behind = (published.weekday() - _number_of(match["r"], _table()["weekdays"])) % _WEEK
    on = published - timedelta(behind or (_WEEK if is_past else 0))
    return day(on), f"“{match['d'].strip()}” is taken from the day of publication"


def _unplaced(match: re.Match[str]) -> str:
    return f"“{match['d'].strip()}”: which day? It follows only from the day of publication"
