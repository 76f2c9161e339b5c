"""Which administrative level each kind of place has in one table.

A district is the second level in one country and the third in the next: the kinds that a table
names together, the levels that it states and the length of its p-codes tell which.
"""

from collections.abc import Iterable, Mapping

from takatuf.activities.columns.header_words import chains

_SAME_EVERYWHERE = 0.75  # share of the practices that agree on a kind that stands alone
_MARGIN = 0.25
_ABOVE_MISSING = 0.5  # what a practice loses for each higher level that the table does not have
_ONE_MORE = 0.3  # for a further kind on a level that is named already
_REGION = "region"  # a region that is no level has a meaning of its own


def levels_of(kinds: Iterable[str], known: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Return the level words of each kind: "adm2", or "region"; several where it is open.

    Args:
        kinds: The kinds of place that the headers name, "district".
        known: Levels that the table itself states, by kind.
    """
    named = set(kinds)
    fitting = [chain for chain in chains().values() if _agrees(chain, known, named)]
    scored = [(score, chain) for chain in fitting if (score := _score(chain, named)) > 0]
    best = max((score for score, _ in scored), default=0.0)
    at_hand = [chain for score, chain in scored if score >= best - _MARGIN]
    top = at_hand if best > 1 else fitting  # one kind alone proves nothing
    return {kind: _words(kind, known, top) for kind in sorted(named)}


def _agrees(chain: tuple[tuple[str, ...], ...], known: Mapping[str, int], named: set[str]) -> bool:
    stated = {kind: at for at, kinds in enumerate(chain, start=1) for kind in kinds}
    if any(stated[kind] != level for kind, level in known.items() if kind in stated):
        return False
    foreign = {level for kind, level in known.items() if kind not in stated}
    return not any(stated[kind] in foreign for kind in named & stated.keys())


def _score(chain: tuple[tuple[str, ...], ...], named: set[str]) -> float:
    found = [at for at, kinds in enumerate(chain) if named & set(kinds)]
    if not found:
        return 0.0
    n_more = len(named & {kind for kinds in chain for kind in kinds}) - len(found)
    n_missing = found[-1] + 1 - len(found)
    return len(found) + _ONE_MORE * n_more - _ABOVE_MISSING * n_missing


def _words(
    kind: str, known: Mapping[str, int], top: list[tuple[tuple[str, ...], ...]]
) -> tuple[str, ...]:
    if kind in known:
        return (f"adm{known[kind]}",)
    found = _levels_in(kind, top)
    if not found:
        elsewhere = sorted(set(_levels_in(kind, chains().values())))
        if kind == _REGION:
            return (_REGION,)
        return tuple(f"adm{n}" for n in elsewhere) or ("place",)
    ranked = sorted(set(found), key=lambda level: (-found.count(level), level))
    if found.count(ranked[0]) >= _SAME_EVERYWHERE * len(found):
        return (f"adm{ranked[0]}",)
    return tuple(f"adm{level}" for level in ranked)


def _levels_in(kind: str, some: Iterable[tuple[tuple[str, ...], ...]]) -> list[int]:
    return [at for chain in some for at, kinds in enumerate(chain, start=1) if kind in kinds]
