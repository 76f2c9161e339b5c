"""Organisations that a file names and the register does not have: what would be added."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from anyascii import anyascii

from takatuf.activities.organisations.answering import Answered
from takatuf.activities.organisations.mentions import Met
from takatuf.activities.organisations.organisations import Organisation, Organisations
from takatuf.activities.organisations.spelling import organisation_key
from takatuf.vocabulary.identity import slug_of

LONGEST_SLUG = 80  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """An organisation that is met for the first time, as it would stand in the register."""

    organisation: Organisation
    n_rows: int
    roles: tuple[str, ...]  # the columns that name it
    spellings: tuple[tuple[str, int], ...]  # with the number of rows, by the alphabet


def new_organisations(
    unknown: Sequence[Met], said: Answered, known: Organisations, kinds: Mapping[int, str]
) -> tuple[NewOrganisation, ...]:
    """Return what the register lacks after the answers, most rows first.

    Args:
        unknown: Names that stand for no organisation of the register.
        said: The answers.
        known: The register.
        kinds: The type of the reporting organisation by row.
    """
    together: dict[str, Met] = {}
    for met in _one_by_one(unknown, said):
        key = said.kept(met.key)
        if key in said.fresh or not (key in said.ids or key in known.ids_by_name):
            together.setdefault(key, Met(key)).joined(met)
    taken = set(known.by_id)
    found = []
    for key in sorted(together):
        organisation = _as_registered(together[key], said, kinds)
        identity = _free(organisation.id, taken)
        taken.add(identity)
        found.append(_new(together[key], replace(organisation, id=identity)))
    return tuple(sorted(found, key=lambda new: (-new.n_rows, new.organisation.id)))


def _one_by_one(unknown: Iterable[Met], said: Answered) -> Iterable[Met]:
    for met in unknown:
        if met.key not in said.several:
            yield met
            continue
        for part in said.several[met.key]:
            yield Met(organisation_key(part), {part: met.rows}, {}, dict(met.roles))


def _as_registered(met: Met, said: Answered, kinds: Mapping[int, str]) -> Organisation:
    kept = [name for name in met.names if organisation_key(name) == met.key]
    name = said.shown.get(met.key, min(kept, default=met.name))
    acronym = said.acronyms.get(met.key, met.acronym)
    others = {*met.names, *met.acronyms} - {name, acronym}
    reporting = met.roles.get("reporting_organisation", set())
    said_kinds = {kinds[row] for row in reporting if kinds.get(row)}
    return Organisation(
        id=f"organisation/{slug_of(anyascii(name))[:LONGEST_SLUG].strip('-') or 'unnamed'}",
        name=name,
        acronym="" if acronym == name else acronym,
        aliases=tuple(sorted(others)),
        type=next(iter(said_kinds)) if len(said_kinds) == 1 else "",
    )


def _free(identity: str, taken: set[str]) -> str:
    number, free = 2, identity
    while free in taken:
        free, number = f"{identity}-{number}", number + 1
    return free


def _new(met: Met, organisation: Organisation) -> NewOrganisation:
    return NewOrganisation(
        organisation=organisation,
        n_rows=len(met.rows),
        roles=tuple(sorted(met.roles)),
        spellings=tuple((text, len(met.names[text])) for text in sorted(met.names)),
    )
