"""Questions about columns: each once per layout, with what speaks for every answer."""

from collections.abc import Mapping, Sequence

from takatuf.activities.columns.drafts import Draft
from takatuf.activities.columns.headers import FIGURES
from takatuf.activities.columns.keys import key_of
from takatuf.activities.columns.meanings import ValueKind, meanings
from takatuf.activities.questions import AS_ENTERED, Kind, Option, Question
from takatuf.activities.tables import Column, SheetTable

TOGETHER = "together"  # several columns are parts of one figure
FOLLOWS_TOTAL = "follows_total"  # each group belongs to the total to its left
_TOGETHER = Option(TOGETHER, "All of them: they are parts, to be added up")
_MOST_OPTIONS = 6
_WHY = {
    "tag-and-header": "the tag says one thing and the header another",
    "values-differ": "its values do not look like that",
    "values": "only its values suggest it",
    "near": "its header says it only in part",
    "new": "it is not in the layout that was learnt",
}
_CODES = {
    "tag-and-header": "ask.tag-and-header",
    "values-differ": "ask.values-differ",
    "values": "ask.column-by-values",
    "near": "ask.column-meaning",
    "new": "ask.column-new",
    "": "ask.column-meaning",
}


def ask_column(draft: Draft, table: SheetTable, n_before: int = 0) -> Question:
    """Return the question what one column means.

    Args:
        draft: The column with the words that it could have.
        table: Where it stands.
        n_before: How many columns with the same header and tag stand to its left.
    """
    column = draft.column
    why = _WHY.get(draft.doubt, "it could be either")
    return Question(
        kind=Kind.LAYOUT,
        code=_CODES[draft.doubt],
        about=about_column(column, n_before),
        text=f"What does column {column.letter} ({_named(column)}) hold? As read, {why}.",
        options=(*map(_option, draft.words[:_MOST_OPTIONS]), _as_entered()),
        rows=rows_with(draft, table),
        where=table.where(table.header_row, column.letter),
        holds_back=any(meanings()[word].is_essential for word in draft.words),
        takes_text=True,
    )


def ask_which(word: str, drafts: Sequence[Draft], table: SheetTable) -> Question:
    """Return the question which of several columns holds a meaning that stands only once."""
    letters = ", ".join(draft.column.letter for draft in drafts)
    label = meanings()[word].label.en
    return Question(
        kind=Kind.LAYOUT,
        code="ask.columns-alike",
        about=f"{word}|" + "|".join(key_of(draft.column.header) for draft in drafts),
        text=f"Columns {letters} all read as {label}. Which one holds it?",
        options=(
            *(
                Option(str(nth), f"Column {draft.column.letter} ({_named(draft.column)})")
                for nth, draft in enumerate(drafts, start=1)
            ),
            *((_TOGETHER,) if meanings()[word].value is ValueKind.AMOUNT else ()),
            _as_entered(),
        ),
        rows=tuple(table.rows.to_list()),
        where=table.where(table.header_row, drafts[0].column.letter),
        holds_back=meanings()[word].is_essential,
    )


def ask_figure(drafts: Sequence[Draft], table: SheetTable, *, has_both: bool) -> Question:
    """Return the one question whether groups of people are those targeted or those reached."""
    letters = ", ".join(draft.column.letter for draft in drafts)
    follows = Option(FOLLOWS_TOTAL, "Each belongs to the total at its left")
    return Question(
        kind=Kind.LAYOUT,
        code="ask.targeted-or-reached",
        about="figure|" + "|".join(key_of(draft.column.header) for draft in drafts),
        text=f"Columns {letters} count people and do not say whether they are those reached or "
        "those targeted. Which?",
        options=(
            *((follows,) if has_both else ()),
            *(Option(figure, meanings()[figure].label.en) for figure in FIGURES),
            _as_entered(),
        ),
        rows=tuple(table.rows.to_list()),
        where=table.where(table.header_row, drafts[0].column.letter),
        holds_back=any(meanings()[word].is_essential for draft in drafts for word in draft.words),
    )


def about_column(column: Column, n_before: int) -> str:
    """Return what a column is remembered by: header and tag, and which of several alike."""
    tag = column.tag.replace(" ", "").casefold()
    return f"column|{key_of(column.header)}|{tag}|{n_before}"


def occurrences(columns: Sequence[Column]) -> Mapping[str, int]:
    """Return for each letter how many columns with the same header and tag stand to its left."""
    seen: dict[str, int] = {}
    found = {}
    for column in columns:
        same = about_column(column, 0)
        found[column.letter] = seen.get(same, 0)
        seen[same] = found[column.letter] + 1
    return found


def rows_with(draft: Draft, table: SheetTable) -> tuple[int, ...]:
    """Return the rows in which a column has a value."""
    return tuple(table.rows.filter(table.cells[draft.column.letter].is_not_null()).to_list())


def _named(column: Column) -> str:
    header = " ".join(column.header.split()) or "no header"
    return f"{header}, {column.tag}" if column.tag else header


def _option(word: str) -> Option:
    meaning = meanings()[word]
    return Option(word, meaning.label.en, meaning.hxl)


def _as_entered() -> Option:
    return Option(AS_ENTERED, "None of these: keep it as it was entered")
