"""Which known organisation a name stands for: exactly, or as suggestions for a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from takatuf.activities.organisations.likeness import alike_in
from takatuf.activities.organisations.mentions import Met
from takatuf.activities.organisations.organisations import Organisations
from takatuf.activities.organisations.spelling import acronym_key, organisation_key

MOST_SUGGESTIONS = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A known organisation that a name may stand for."""

    id: str
    because: str  # "same acronym", "97 % alike"
    percent: int


def certain_id(met: Met, known: Organisations, aliases: Mapping[str, str]) -> str:
    """Return the organisation that this certainly is, or "".

    A name is certain where exactly one organisation bears it and no acronym beside it says
    another; an acronym is certain where nothing else is said.
    """
    for name in met.names:
        remembered = aliases.get(organisation_key(name))
        if remembered:
            return known.current_ids.get(remembered, remembered)
    named, short = _named(met, known), _short(met, known)
    if not met.names:
        return next(iter(short)) if len(short) == 1 else ""
    if len(named) > 1:
        named &= short
    contradicted = bool(short) and not named & short
    return next(iter(named)) if len(named) == 1 and not contradicted else ""


def suggestions_for(
    unknown: Sequence[Met], known: Organisations
) -> Mapping[str, tuple[Suggestion, ...]]:
    """Return known organisations that these may be, by key, the best first."""
    found: dict[str, list[Suggestion]] = {met.key: _exact(met, known) for met in unknown}
    names = [(name, met.key) for met in unknown for name in met.names]
    theirs = [(n, o.id) for o in known.by_id.values() for n in o.every_name]
    for pair in alike_in([name for name, _ in names], [name for name, _ in theirs]):
        identity = known.current_ids[theirs[pair.right][1]]
        because = f"{theirs[pair.right][0]}: {pair.percent} % alike"
        found[names[pair.left][1]].append(Suggestion(identity, because, pair.percent))
    return {key: _best(suggested) for key, suggested in found.items() if suggested}


def _named(met: Met, known: Organisations) -> set[str]:
    found: set[str] = set()
    for name in met.names:
        found |= known.ids_by_name.get(organisation_key(name), frozenset())
        if not found and " " not in organisation_key(name):
            found |= known.ids_by_acronym.get(acronym_key(name), frozenset())
    return found


def _short(met: Met, known: Organisations) -> set[str]:
    found: set[str] = set()
    for acronym in met.acronyms:
        found |= known.ids_by_acronym.get(acronym_key(acronym), frozenset())
    return found


def _exact(met: Met, known: Organisations) -> list[Suggestion]:
    named = [Suggestion(identity, "same name", 100) for identity in sorted(_named(met, known))]
    short = [Suggestion(identity, "same acronym", 99) for identity in sorted(_short(met, known))]
    return named + short


def _best(suggested: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    by_id: dict[str, Suggestion] = {}
    for suggestion in sorted(suggested, key=lambda s: (-s.percent, s.id)):
        by_id.setdefault(suggestion.id, suggestion)
    return tuple(by_id.values())[:MOST_SUGGESTIONS]
