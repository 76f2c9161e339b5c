"""Which organisations a frame names: each pair of name and acronym once, with its rows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from takatuf.activities.organisations.spelling import (
    acronym_key,
    names_nobody,
    organisation_key,
    tidy,
)

ACRONYM_BY_ROLE = {
    "reporting_organisation": "reporting_acronym",
    "lead_organisation": "lead_acronym",
    "implementing_partner": "implementing_acronym",
}
_BRACKETED = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")
_NUMBERED = re.compile(r"(_[0-9]+)$")  # a repeated column: "implementing_partner_2"


@dataclass(frozen=True, slots=True)
class Mention:
    """One pair of name and acronym in one column."""

    role: str  # the column of the name
    name: str  # as entered, "" for blank
    acronym: str
    rows: tuple[int, ...]


@dataclass(slots=True)
class Met:
    """What is taken for one organisation until somebody says more: its mentions share a key."""

    key: str
    names: dict[str, set[int]] = field(default_factory=dict)  # rows by spelling
    acronyms: dict[str, set[int]] = field(default_factory=dict)
    roles: dict[str, set[int]] = field(default_factory=dict)

    @property
    def rows(self) -> set[int]:
        """All rows that name it."""
        return set().union(*self.roles.values())

    @property
    def name(self) -> str:
        """The spelling that comes first in the alphabet, for counts decide nothing."""
        return min(self.names or self.acronyms)

    @property
    def acronym(self) -> str:
        """The acronym that comes first in the alphabet, or ""."""
        return min(self.acronyms, default="")

    def joined(self, other: "Met") -> None:
        """Take over the mentions of another."""
        for mine, others in (
            (self.names, other.names),
            (self.acronyms, other.acronyms),
            (self.roles, other.roles),
        ):
            for text, rows in others.items():
                mine.setdefault(text, set()).update(rows)


def roles_in(frame: pl.DataFrame) -> Mapping[str, str]:
    """Return the columns of organisations with their columns of acronyms, "" for none.

    A role of which the frame has the acronym alone is named by the column that is missing.
    """
    found: dict[str, str] = {}
    for column in frame.columns:
        number = _NUMBERED.search(column)
        end = number[0] if number else ""
        for role, acronym in ACRONYM_BY_ROLE.items():
            if column in {role + end, acronym + end}:
                has_acronym = acronym + end in frame.columns
                found[role + end] = acronym + end if has_acronym else ""
    return found


def mentions_in(frame: pl.DataFrame) -> tuple[Mention, ...]:
    """Return every pair of name and acronym of each role, blank pairs left out."""
    found: list[Mention] = []
    for role, acronym in roles_in(frame).items():
        pairs = (
            frame.select(
                row=pl.col("row"),
                name=pl.col(role) if role in frame.columns else pl.lit("", pl.String),
                acronym=pl.col(acronym) if acronym else pl.lit("", pl.String),
            )
            .with_columns(pl.col("name", "acronym").fill_null(""))
            .group_by("name", "acronym")
            .agg(pl.col("row"))
            .sort("name", "acronym")
        )
        found += [
            Mention(role, name, short, tuple(rows))
            for name, short, rows in pairs.iter_rows()
            if not (names_nobody(name) and names_nobody(short))
        ]
    return tuple(found)


def key_of(mention: Mention) -> str:
    """Return what the mentions of one organisation share.

    An acronym that a name carries with it does not count where it also stands beside the name.
    """
    if names_nobody(mention.name):
        return acronym_key(mention.acronym)
    name = _without_acronym(mention.name, mention.acronym)
    return organisation_key(name) or organisation_key(mention.name)


def gathered(mentions: Iterable[Mention]) -> dict[str, Met]:
    """Return the organisations that are met, by key.

    A mention by acronym alone belongs to the organisation of the file that bears this acronym,
    if it is only one.
    """
    found: dict[str, Met] = {}
    for mention in mentions:
        met = found.setdefault(key_of(mention), Met(key_of(mention)))
        _add(met, mention)
    bearers: dict[str, list[Met]] = {}
    for met in found.values():
        for key in {acronym_key(text) for text in met.acronyms} - {met.key}:
            bearers.setdefault(key, []).append(met)
    for lone in [met for met in found.values() if _stands_for_an_acronym(met)]:
        named = bearers.get(lone.key, [])
        if len(named) == 1:
            named[0].acronyms.update({text: set() for text in lone.names if text.isupper()})
            lone.names = {}
            named[0].joined(lone)
            found[lone.key] = named[0]
    return found


def _without_acronym(name: str, acronym: str) -> str:
    """Return "Name" of "Name (ACRONYM)" and of "ACRONYM: Name"."""
    short = acronym_key(acronym)
    bracketed = _BRACKETED.search(name)
    if bracketed and short and acronym_key(bracketed[1]) == short:
        return name[: bracketed.start()]
    head, _, tail = name.partition(":")
    return tail if tail and short and acronym_key(head) == short else name


def _add(met: Met, mention: Mention) -> None:
    rows = set(mention.rows)
    met.roles.setdefault(mention.role, set()).update(rows)
    if not names_nobody(mention.name):
        met.names.setdefault(tidy(mention.name), set()).update(rows)
    if not names_nobody(mention.acronym):
        met.acronyms.setdefault(tidy(mention.acronym), set()).update(rows)


def _stands_for_an_acronym(met: Met) -> bool:
    is_one_word = " " not in met.key
    own = {acronym_key(text) for text in met.acronyms}
    return is_one_word and own <= {met.key}
