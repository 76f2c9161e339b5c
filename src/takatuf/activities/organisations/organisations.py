"""The organisations that are known: names, acronyms, aliases, types, and which were merged.

A merge takes nothing away: the merged organisation stays in the register and says into which
one it went, so that another decision can take the merge back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from takatuf.activities.organisations.spelling import acronym_key, organisation_key

ORGANISATION_SCHEMA = pl.Schema(
    {
        "id": pl.String(),
        "name": pl.String(),
        "acronym": pl.String(),
        "aliases": pl.List(pl.String()),
        "type": pl.String(),
        "names": pl.List(pl.Struct({"language": pl.String(), "name": pl.String()})),
        "merged_into": pl.String(),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation of the register."""

    id: str  # "organisation/slug"
    name: str
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    type: str = ""  # a word of `types.toml`
    names: Mapping[str, str] = field(default_factory=dict)  # by language, in its script
    merged_into: str = ""  # the identity of the organisation that it is taken for

    @property
    def label(self) -> str:
        """The name with the acronym behind it."""
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    @property
    def every_name(self) -> tuple[str, ...]:
        """All names that are not an acronym."""
        return (self.name, *self.aliases, *self.names.values())


class Organisations:
    """A register of organisations, looked up by the keys of their names."""

    def __init__(self, members: Iterable[Organisation] = ()) -> None:
        """Keep the organisations in the order of their identities; the last of two wins."""
        by_id = {member.id: member for member in members}
        self.by_id: Mapping[str, Organisation] = dict(sorted(by_id.items()))

    @cached_property
    def ids_by_name(self) -> Mapping[str, frozenset[str]]:
        """The organisations that bear a name, by its key; merged ones by what they became."""
        return self._keyed(
            (organisation_key(name), member)
            for member in self.by_id.values()
            for name in _with_acronym(member)
        )

    @cached_property
    def ids_by_acronym(self) -> Mapping[str, frozenset[str]]:
        """The organisations that bear an acronym, by its key."""
        return self._keyed((acronym_key(member.acronym), member) for member in self.by_id.values())

    @cached_property
    def current_ids(self) -> Mapping[str, str]:
        """What each identity stands for after all merges."""
        return {identity: self._current(identity) for identity in self.by_id}

    def joined(self, others: Iterable[Organisation]) -> "Organisations":
        """Return this register with others added; one of the same identity is replaced."""
        return Organisations((*self.by_id.values(), *others))

    def to_frame(self) -> pl.DataFrame:
        """Return the register as a frame, by identity."""
        rows = [
            {
                "id": member.id,
                "name": member.name,
                "acronym": member.acronym,
                "aliases": list(member.aliases),
                "type": member.type,
                "names": [
                    {"language": language, "name": name}
                    for language, name in sorted(member.names.items())
                ],
                "merged_into": member.merged_into,
            }
            for member in self.by_id.values()
        ]
        return pl.DataFrame(rows, schema=ORGANISATION_SCHEMA)

    def _current(self, identity: str) -> str:
        passed: set[str] = set()
        while identity in self.by_id and identity not in passed:
            passed.add(identity)
            identity = self.by_id[identity].merged_into or identity
        return identity

    def _keyed(self, pairs: Iterable[tuple[str, Organisation]]) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for key, member in pairs:
            if key:
                found.setdefault(key, set()).add(self.current_ids[member.id])
        return {key: frozenset(ids) for key, ids in found.items()}


def organisations_of(frame: pl.DataFrame) -> Organisations:
    """Return the register that `Organisations.to_frame` wrote; columns may be missing.

    Raises:
        ValueError: The frame has no column `id` or `name`: not a register of ours.
    """
    if not {"id", "name"} <= set(frame.columns):
        raise ValueError("a register of organisations has the columns id and name")
    return Organisations(_member(row) for row in frame.to_dicts())


def _member(row: Mapping[str, object]) -> Organisation:
    names, aliases = row.get("names") or (), row.get("aliases") or ()
    return Organisation(
        id=str(row["id"]),
        name=str(row["name"]),
        acronym=str(row.get("acronym") or ""),
        aliases=tuple(map(str, aliases)) if isinstance(aliases, list) else (),
        type=str(row.get("type") or ""),
        names={entry["language"]: entry["name"] for entry in names}
        if isinstance(names, list)
        else {},
        merged_into=str(row.get("merged_into") or ""),
    )


def _with_acronym(member: Organisation) -> Iterable[str]:
    # "Name (ACRONYM)" and "ACRONYM - Name" are the name itself in many files
    for name in member.every_name:
        yield name
        if member.acronym:
            yield f"{name} {member.acronym}"
            yield f"{member.acronym} {name}"
