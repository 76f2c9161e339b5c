"""The rules that say how much work something is, read from data and checked at load.

A mistake in the data is ours, or of whoever changes it, so all of them are raised at once.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.things import load_vocabulary

FILE_NAME = "efforts.toml"
HAZARD = "hazard_area"
RELEASED = "released"  # no open hazard is in this state
# An open hazard without a task would leave its road open, so these rules may not be missing.
NEEDED = (("survey", "thing"), ("clear", "thing"), ("clear", "1000 m2"))
UNITS = {"thing": 1.0, "1000 m2": 1000.0, "km": 1.0, "1000 people": 1000.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The work of one kind of task, in team-days for each unit of what is to be done."""

    kind: str
    of: str  # the type of thing
    grades: tuple[str, ...]  # words of its state or damage; none: whatever it is
    skill: str
    per: str  # a word of `UNITS`
    low: float
    likely: float
    high: float
    source: str

    def fits(self, kind: str, of: str, grade: str, per: str) -> bool:
        """Say whether the rule is for this."""
        is_for = (self.kind, self.of, self.per) == (kind, of, per)
        return is_for and (not self.grades or grade in self.grades)


@dataclass(frozen=True, slots=True)
class Spread:
    """What work turns out to be, as shares of a figure that was given."""

    low: float
    likely: float
    high: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules, and how far figures may be off."""

    note: str
    rules: tuple[Rule, ...]
    reported: Spread
    assumed: Spread
    prior_records: float  # how many records the prior weighs
    shared: float  # correlation between tasks of one skill, 0 to 1
    return_share_per_day: float  # of the people who would come back, above 0, up to 1

    def find(self, kind: str, of: str, grade: str = "", per: str = "thing") -> Rule | None:
        """Return the first rule for this kind of task, thing, grade and unit; None: none."""
        fitting = (rule for rule in self.rules if rule.fits(kind, of, grade, per))
        return next(fitting, None)

    def of_hazard(self, kind: str, state: str, per: str = "thing") -> Rule:
        """Return the rule for the survey or the clearance of a hazard; there is one for each.

        Raises:
            LookupError: The unit is another than those checked at load; our bug.
        """
        rule = self.find(kind, HAZARD, state, per)
        if rule is None:
            raise LookupError(f"no rule for {kind} of a {state} per {per}")
        return rule


@cache
def load_rules() -> Rules:
    """Return the rules that the package ships.

    Raises:
        InputError: The file contradicts itself; every mistake is listed.
    """
    return read_rules((files("takatuf.planning.efforts") / FILE_NAME).read_text("utf-8"))


def read_rules(text: str) -> Rules:
    """Return the rules of a TOML text.

    Raises:
        InputError: As `load_rules`.
    """
    table = tomllib.loads(text)
    problems = list(_problems_of(table))
    if problems:
        raise InputError(problems)
    rules = _rules(table)
    missing = list(_missing(rules))
    if missing:
        raise InputError(missing)
    return rules


def _rules(table: Mapping[str, Any]) -> Rules:
    return Rules(
        note=table["note"],
        rules=tuple(
            Rule(**{**rule, "grades": tuple(rule.get("grades", ()))}) for rule in table["rule"]
        ),
        reported=Spread(**table["spread"]["reported"]),
        assumed=Spread(**table["spread"]["assumed"]),
        prior_records=table["learning"]["prior_records"],
        shared=table["sampling"]["shared"],
        return_share_per_day=table["returns"]["share_per_day"],
    )


def _missing(rules: Rules) -> Iterator[Problem]:
    states = set(load_vocabulary().properties["hazard_state"].words) - {RELEASED}
    for state in sorted(states):
        for kind, per in NEEDED:
            if rules.find(kind, HAZARD, state, per) is None:
                yield _wrong("rules", f"none for {kind} of a {state}", f"one per {per}")


def _problems_of(table: Mapping[str, Any]) -> Iterator[Problem]:
    for number, rule in enumerate(table["rule"], start=1):
        where = f"rule {number}, {rule['kind']} of {rule['of']}"
        if rule["per"] not in UNITS:
            yield _wrong(where, rule["per"], f"one of {', '.join(UNITS)}")
        if not rule["source"]:
            yield _wrong(where, "no source", "who says so, or that it is a guess")
        yield from _problems_of_range(where, rule)
    for name, spread in table["spread"].items():
        yield from _problems_of_range(f"spread.{name}", spread)
    for where, number, lowest in (
        ("learning.prior_records", table["learning"]["prior_records"], 0.0),
        ("sampling.shared", 1.0 - table["sampling"]["shared"], 0.0),
        ("returns.share_per_day", table["returns"]["share_per_day"], 1e-9),
    ):
        if number < lowest:
            yield _wrong(where, str(number), "a number in its range")


def _problems_of_range(where: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    if not 0 < entry["low"] <= entry["likely"] <= entry["high"]:
        found = f"{entry['low']}, {entry['likely']}, {entry['high']}"
        yield _wrong(where, found, "0 < low <= likely <= high")


def _wrong(where: str, found: str, expected: str) -> Problem:
    return Problem(
        code="efforts.invalid", where=f"{FILE_NAME}, {where}", found=found, expected=expected
    )
