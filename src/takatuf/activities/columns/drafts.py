"""What tag, header and values say of each column by itself, before they are compared.

A draft with one firm word is settled; anything else the rest of the table or a person settles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from takatuf.activities.columns.evidence import (
    Evidence,
    contradicts,
    evidence_of,
    words_by_values,
)
from takatuf.activities.columns.headers import HeaderSays, kinds_of_place, words_of_header
from takatuf.activities.columns.levels import levels_of
from takatuf.activities.columns.matched import How
from takatuf.activities.columns.meanings import Meaning, meanings
from takatuf.activities.columns.tags import (
    Tag,
    TagSays,
    is_of_the_data,
    parse_tag,
    tags_of,
    words_of_tag,
)
from takatuf.activities.tables import Column, SheetTable
from takatuf.vocabulary.things.schema import LANGUAGES

_LEAST_PERSONS = 0.3  # of the values, for a column of addresses of persons
_LEAST_PHONES = 0.6
_LEAST_AMONG_TEXTS = 0.7  # where a column of sentences is expected, each fault is named instead
_SILENT = frozenset({"ind"})  # people are what is counted where nothing else is said
_FREE_TEXTS = ("comments", "activity_description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one column could mean."""

    column: Column
    evidence: Evidence
    words: tuple[str, ...] = ()  # the likeliest first
    how: How | None = None
    is_firm: bool = False  # said outright; with one word nothing is left to ask
    lacks_figure: bool = False  # a group of people, and not whether targeted or reached
    doubt: str = ""  # why it is asked: "tag-and-header", "tag-and-values", "values", "near"

    @property
    def word(self) -> str:
        """The word where it is settled, otherwise ""."""
        return self.words[0] if self.is_firm and len(self.words) == 1 else ""


def drafts_of(table: SheetTable) -> tuple[Draft, ...]:
    """Return what each column could mean, in the order of the table."""
    found = [evidence_of(cells) for cells in _cells(table)]
    levels = levels_of(
        {kind for column in table.columns for kind in kinds_of_place(column.header)},
        _known_levels(table.columns, found),
    )
    return tuple(
        _draft(column, evidence, levels)
        for column, evidence in zip(table.columns, found, strict=True)
    )


def _cells(table: SheetTable) -> list[pl.Series]:
    return [table.cells[column.letter] for column in table.columns]


def _known_levels(columns: Sequence[Column], found: Sequence[Evidence]) -> Mapping[str, int]:
    known: dict[str, int] = {}
    for column, evidence in zip(columns, found, strict=True):
        kinds = kinds_of_place(column.header)
        level = _level_stated(column.tag) or _level_of_codes(evidence)
        if len(kinds) == 1 and level:
            known.setdefault(next(iter(kinds)), level)
    return known


def _level_stated(text: str) -> int:
    tag = parse_tag(text)
    said = tag.usual.hashtag if tag else ""
    return int(said[-1]) if said in {"#adm1", "#adm2", "#adm3", "#adm4"} else 0


def _level_of_codes(evidence: Evidence) -> int:
    if evidence.share("p_code") < 0.8:  # noqa: PLR2004 - nearly all
        return 0
    return {2: 1, 4: 2, 6: 3}.get(evidence.p_code_digits, 0)


def _draft(column: Column, evidence: Evidence, levels: Mapping[str, tuple[str, ...]]) -> Draft:
    blank = Draft(column=column, evidence=evidence)
    tag, header = words_of_tag(column.tag), words_of_header(column.header, levels)
    draft = _agreed(blank, tag, header) if tag.words else _by_header(blank, header)
    if _is_of_persons(evidence, draft.word):
        return replace(blank, words=("contact",), how=How.VALUES, is_firm=True)
    if not draft.words:
        words = () if is_of_the_data(column.tag) else words_by_values(evidence)
        return replace(blank, words=words, how=How.VALUES if words else None, doubt="values")
    return _against_values(draft)


def _is_of_persons(evidence: Evidence, word: str) -> bool:
    least = _LEAST_AMONG_TEXTS if word in _FREE_TEXTS else _LEAST_PERSONS
    return evidence.share("email") >= least or evidence.share(
        "phone"
    ) >= _LEAST_PHONES > evidence.share("date")


def _by_header(blank: Draft, header: HeaderSays) -> Draft:
    return replace(
        blank,
        words=header.words,
        how=How.HEADER if header.words else None,
        is_firm=header.is_firm,
        lacks_figure=header.lacks_figure,
        doubt="" if header.is_firm else "near",
    )


def _agreed(blank: Draft, tag: TagSays, header: HeaderSays) -> Draft:
    how = How.HASHTAG if tag.is_exact else How.ATTRIBUTES
    both = tuple(word for word in tag.words if word in header.words)
    sure = _labelled(blank.column, tag) or both
    if sure:
        return replace(blank, words=sure, how=how, is_firm=True)
    if not header.is_firm or _is_wider(header.words, tag.words, blank.column.tag):
        return replace(blank, words=tag.words, how=how, is_firm=True)
    if _is_general(blank.column.tag, header.words):
        return replace(
            blank,
            words=header.words,
            how=How.HEADER,
            is_firm=True,
            lacks_figure=header.lacks_figure,
        )
    words = tuple(dict.fromkeys((*tag.words, *header.words)))
    return replace(blank, words=words, how=how, doubt="tag-and-header")


def _labelled(column: Column, tag: TagSays) -> tuple[str, ...]:
    """Return the words whose exact tag stands under their own label, as our products have it."""
    header = column.header.strip()
    return tuple(
        word
        for word in tag.words
        if tag.is_exact
        and header in {meanings()[word].label.in_language(code) for code in LANGUAGES}
    )


def _is_general(text: str, words: tuple[str, ...]) -> bool:
    """Say whether the tag says less than the header: ``#org`` over "Implementing partner"."""
    tag = parse_tag(text)
    return tag is not None and all(
        any(_says_less(tag.usual, said.usual) for said in tags_of(meanings()[word]))
        for word in words
    )


def _is_wider(header: tuple[str, ...], words: tuple[str, ...], text: str) -> bool:
    """Say whether the header says less than the tag: "Location" over ``#loc+community``."""
    tag = parse_tag(text)
    if tag is None or not header:
        return False
    return any(_main_says_less(meanings()[word], tag) for word in header if word not in words)


def _main_says_less(meaning: Meaning, tag: Tag) -> bool:
    main = parse_tag(meaning.hxl)
    return main is not None and (
        _says_less(main.usual, tag.usual)
        or _says_less(main.usual, Tag(tag.usual.hashtag, tag.attributes))
    )


def _says_less(less: Tag, more: Tag) -> bool:
    return less.hashtag == more.hashtag and less.attributes - _SILENT < more.attributes - _SILENT


def _against_values(draft: Draft) -> Draft:
    fitting = tuple(word for word in draft.words if not _contradicted(draft, word))
    if fitting:
        return replace(draft, words=fitting)
    suggested = words_by_values(draft.evidence)
    words = tuple(dict.fromkeys((*draft.words, *suggested)))
    return replace(draft, words=words, is_firm=False, lacks_figure=False, doubt="values-differ")


def _contradicted(draft: Draft, word: str) -> bool:
    return contradicts(draft.evidence, word, meanings()[word].value)
