"""The rules of `rules.toml`, checked over whole columns."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from takatuf.activities.values.faulting import faults_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a row must have when it says something."""

    name: str
    need: tuple[str, str]  # word, condition
    code: str
    expected: str
    when: tuple[str, str] | None = None
    unless: tuple[str, str] | None = None

    @property
    def words(self) -> frozenset[str]:
        """The columns without which the rule does not count."""
        return frozenset(word for word, _ in (self.need, *filter(None, [self.when])))


def faults_by_rules(frame: pl.DataFrame, letters: Mapping[str, str]) -> Iterable[pl.DataFrame]:
    """Yield the rows that break a rule, as fault frames.

    Args:
        frame: The activity frame.
        letters: The letter of each of its columns.
    """
    held = {name for name in frame.columns if frame[name].null_count() < frame.height}
    said = [name for name in frame.columns if name not in {"row", "period"}]
    is_row = (
        frame.select(pl.any_horizontal(pl.col(said).is_not_null())).to_series() if said else None
    )
    for rule in rules():
        if is_row is not None and rule.words <= held:
            yield _broken(rule, frame.filter(is_row), letters, held)


def letter_of_period(letters: Mapping[str, str]) -> str:
    """Return the letter of the column that says the period, or its month or year; else ""."""
    found = (letters.get(word) for word in ("period", "period_month", "period_year"))
    return next((letter for letter in found if letter), "")


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules that are shipped, read once."""
    return tuple(
        Rule(
            name=name,
            need=_pair(entry["need"]),
            code=str(entry["code"]),
            expected=str(entry["expected"]),
            when=_pair(entry["when"]) if "when" in entry else None,
            unless=_pair(entry["unless"]) if "unless" in entry else None,
        )
        for name, entry in _table()["rule"].items()
    )


def _broken(
    rule: Rule, frame: pl.DataFrame, letters: Mapping[str, str], held: set[str]
) -> pl.DataFrame:
    word = rule.need[0]
    is_broken = ~_holds(*rule.need)
    if rule.when:
        is_broken = is_broken & _holds(*rule.when)
    if rule.unless and rule.unless[0] in held:
        is_broken = is_broken & ~_holds(*rule.unless)
    found = pl.col(word).cast(pl.String).fill_null("nothing")
    letter = letters.get(word, "") or (letter_of_period(letters) if word == "period" else "")
    return faults_by(frame, is_broken, letter, found, (rule.code, rule.expected, ""))


def _holds(word: str, condition: str) -> pl.Expr:
    column = pl.col(word)
    plain = {
        "stated": column.is_not_null(),
        "blank": column.is_null(),
    }
    if condition in plain:
        return plain[condition]
    if condition == "positive":
        return (column > 0).fill_null(value=False)
    if condition == "nothing":
        return column.is_null() | (column == 0)
    words = list(_table()["classes"][condition])
    return column.str.to_lowercase().is_in(words).fill_null(value=False)


def _pair(entry: Mapping[str, str]) -> tuple[str, str]:
    ((word, condition),) = entry.items()
    return word, condition


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: Mapping[str, Mapping[str, Any]] = tomllib.loads(
        (files("takatuf.activities.values.checks") / "rules.toml").read_text("utf-8")
    )
    return table
