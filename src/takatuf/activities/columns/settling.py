"""What the columns of a table tell about each other.

Only what the table itself proves is settled here: whether the groups of people are targeted or
reached, which of two near words is taken by another column, which of two columns is empty or the
same again. Everything else stays open and is asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from takatuf.activities.columns.drafts import Draft
from takatuf.activities.columns.header_words import said_in
from takatuf.activities.columns.headers import FIGURES, MOST_LETTERS
from takatuf.activities.columns.matched import How
from takatuf.activities.columns.meanings import meanings
from takatuf.activities.tables import SheetTable

_MOSTLY = 0.5
_SEXES = (("women", "female", "girls"), ("men", "male", "boys"))
_OF_PLACES = ("adm1_name", "adm2_name", "adm3_name", "adm4_name", "place_name")


def settled(drafts: Sequence[Draft], table: SheetTable) -> tuple[Draft, ...]:
    """Return the drafts with what the table itself settles."""
    steps: tuple[Callable[[tuple[Draft, ...]], tuple[Draft, ...]], ...] = (
        _with_figures,
        _with_sexes,
        _with_young_parts,
        _without_taken_words,
        _with_local_names,
    )
    found = tuple(drafts)
    for step in steps:
        found = step(found)
    return _without_copies(found, table)


def twice(drafts: Sequence[Draft]) -> dict[str, list[int]]:
    """Return the words that several columns have and only one may, with the columns' positions."""
    places: dict[str, list[int]] = {}
    for at, draft in enumerate(drafts):
        if draft.word and not meanings()[draft.word].is_repeatable:
            places.setdefault(draft.word, []).append(at)
    return {word: found for word, found in places.items() if len(found) > 1}


def _with_figures(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Groups beside people reached are reached; beside people targeted it is asked."""
    stated = {meanings()[draft.word].figure for draft in drafts if draft.word} & set(FIGURES)
    if stated != {"reached"}:
        return drafts
    return tuple(_of_figure(draft, "reached") if draft.lacks_figure else draft for draft in drafts)


def _of_figure(draft: Draft, figure: str) -> Draft:
    words = tuple(word for word in draft.words if meanings()[word].figure == figure)
    return replace(draft, words=words or draft.words, lacks_figure=not words)


def _with_sexes(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    found = list(drafts)
    for figure in FIGURES:
        for adults, everybody, children in _SEXES:
            names = f"{figure}_{adults}", f"{figure}_{everybody}", f"{figure}_{children}"
            _tell_apart(found, *names)
    return tuple(found)


def _tell_apart(drafts: list[Draft], adults: str, everybody: str, children: str) -> None:
    """Tell "women" that means all women and girls from "adult women" beside it."""
    at = [n for n, draft in enumerate(drafts) if draft.word == adults]
    plain = [n for n in at if not _says(drafts[n].column.header, "adult")]
    if len(at) > 1 and len(plain) == 1:
        drafts[plain[0]] = replace(drafts[plain[0]], words=(everybody,))
    every = [n for n, draft in enumerate(drafts) if draft.word == everybody]
    if not at and len(every) == 1 and any(draft.word == children for draft in drafts):
        drafts[every[0]] = replace(drafts[every[0]], words=(adults,))


def _says(header: str, word: str) -> bool:
    return any(
        word in reading for reading in said_in(header[:MOST_LETTERS].rpartition(" / ")[2]).readings
    )


def _with_young_parts(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Leave open whether the youngest stand for all children where no older ones stand beside."""
    words = [draft.word for draft in drafts]
    return tuple(
        replace(draft, is_firm=False, doubt="near")
        if draft.how is How.HEADER
        and words.count(draft.word) == 1
        and _says(draft.column.header, "young")
        else draft
        for draft in drafts
    )


def _without_taken_words(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    taken = {draft.word for draft in drafts if draft.word}
    taken -= {word for word in taken if meanings()[word].is_repeatable}
    return tuple(
        replace(draft, words=free)
        if draft.is_firm
        and len(draft.words) > 1
        and not draft.lacks_figure
        and (free := tuple(word for word in draft.words if word not in taken))
        else draft
        for draft in drafts
    )


def _with_local_names(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    found = list(drafts)
    for word, at in twice(drafts).items():
        if word not in _OF_PLACES:
            continue
        other = [n for n in at if found[n].evidence.share("latin") < _MOSTLY]
        if len(at) - len(other) == 1 and len(other) == 1 and found[other[0]].evidence.n_values:
            found[other[0]] = replace(found[other[0]], words=(f"{word}_local",))
    return tuple(found)


def _without_copies(drafts: tuple[Draft, ...], table: SheetTable) -> tuple[Draft, ...]:
    found = list(drafts)
    for at in twice(drafts).values():
        filled = [n for n in at if not found[n].evidence.is_empty] or at[:1]
        first = table.cells[found[filled[0]].column.letter]
        for n in at:
            is_same = first.equals(table.cells[found[n].column.letter], check_names=False)
            if n != filled[0] and (found[n].evidence.is_empty or is_same):
                found[n] = replace(found[n], words=(), how=None, is_firm=False)
    return tuple(found)
