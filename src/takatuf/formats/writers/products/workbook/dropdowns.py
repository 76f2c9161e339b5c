"""Drop-downs: what may stand in a cell, offered and never forced.

The values stand on a hidden sheet. Places depend on the cell of the level above in the same row.
A value that is in no list is taken after a warning: an import asks about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from takatuf.activities.columns.meanings import base_word
from takatuf.formats.writers.products.areas import areas_of
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.disclosure import is_withheld
from takatuf.formats.writers.products.neutralising import looks_like_formula
from takatuf.formats.writers.products.workbook.data_sheet import FIRST_ROW
from takatuf.formats.writers.products.workbook.opened import OpenBook, put_text

SHEET = "lists"
STATUS_WORDS = ("planned", "ongoing", "completed", "suspended", "cancelled")
_FROM_ROWS = (
    "reporting_organisation", "lead_organisation", "implementing_partner", "organisation_type",
    "sector", "sector_code", "subsector", "activity_type", "status", "modality",
    "population_group",
)  # fmt: skip
_ORGANISATIONS = ("reporting_organisation", "lead_organisation", "implementing_partner")
_LEVELS = (1, 2, 3, 4)
_BETWEEN_NAMES = "|"
_MAX_VALUES = 5_000  # a longer list helps nobody and slows the sheet


@dataclass(slots=True)
class _Lists:
    """The hidden sheet, and the next free column of it."""

    book: OpenBook
    sheet: Worksheet
    n_used: int = 0

    def put(self, values: Sequence[str]) -> str:
        """Write a column of values; return the column's letters."""
        letter: str = xl_col_to_name(self.n_used)
        for row, value in enumerate(values):
            put_text(self.sheet, row, self.n_used, value, self.book.looks.text)
        self.n_used += 1
        return letter


def put_dropdowns(
    book: OpenBook, sheet: Worksheet, products: Products, words: Sequence[str], n_rows: int
) -> None:
    """Offer values in the columns of these words, in `n_rows` rows."""
    if not n_rows:
        return
    lists = _Lists(book, book.book.add_worksheet(SHEET))
    lists.sheet.hide()
    offered = {
        **{word: _range(lists, values) for word, values in _flat(products, words).items()},
        **_places(lists, products, words),
    }
    for word, source in offered.items():
        number = list(words).index(word)
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(FIRST_ROW, number, FIRST_ROW + n_rows - 1, number, rule)


def _flat(products: Products, words: Sequence[str]) -> dict[str, list[str]]:
    found = {word: _values(products, word) for word in words if base_word(word) in _FROM_ROWS}
    asked = [word for word in found if base_word(word) in _ORGANISATIONS]
    organisations = sorted({value for word in asked for value in found[word]})
    found |= dict.fromkeys(asked, organisations)
    return {word: values for word, values in found.items() if 0 < len(values) <= _MAX_VALUES}


def _values(products: Products, word: str) -> list[str]:
    first = dict.fromkeys(STATUS_WORDS if word == "status" else ())
    shown = products.frame.filter(~is_withheld(word))[word].drop_nulls().unique()
    rest = {*shown.to_list(), *products.lists.get(base_word(word), ())}
    return [*first, *sorted(text for text in rest - set(first) if not looks_like_formula(text))]


def _range(lists: _Lists, values: Sequence[str]) -> str:
    letter = lists.put(values)
    return f"={SHEET}!${letter}$1:${letter}${len(values)}"


def _places(lists: _Lists, products: Products, words: Sequence[str]) -> dict[str, str]:
    if products.gazetteer is None:
        return {}
    day = products.as_of.isoformat()
    table = _with_names_above(areas_of(products.gazetteer, day, lists.book.language))
    return {
        word: source
        for kind in ("name", "code")
        for level in _LEVELS
        if (word := f"adm{level}_{kind}") in words
        and (source := _of_level(lists, table, level, kind, words))
    }


def _with_names_above(areas: pl.DataFrame) -> pl.DataFrame:
    """The names of all levels above, from the top, as one key."""
    table = areas.with_columns(key=pl.lit(""))
    for level in _LEVELS[1:]:
        above = table.filter(pl.col("level") == level - 1).select(
            pl.col("code").alias("parent"),
            above=pl.when(pl.col("key") == "")
            .then("name")
            .otherwise(pl.concat_str("key", "name", separator=_BETWEEN_NAMES)),
        )
        table = table.join(above.unique("parent"), on="parent", how="left", maintain_order="left")
        is_here = pl.col("level") == level
        key = pl.when(is_here).then(pl.col("above").fill_null("")).otherwise("key")
        table = table.with_columns(key.alias("key")).drop("above")
    return table


def _of_level(
    lists: _Lists, table: pl.DataFrame, level: int, kind: str, words: Sequence[str]
) -> str:
    here = table.filter(pl.col("level") == level).drop_nulls(kind)
    above = [f"adm{n}_{kind}" for n in range(1, level)]
    above = above[-1:] if kind == "code" else above
    if here.is_empty():
        return ""
    if not above or not set(above) <= set(words):
        return _range(lists, here[kind].unique().sort().to_list())
    here = here.rename({"parent" if kind == "code" else "key": "under"}).drop_nulls("under")
    here = here.unique(["under", kind]).sort("under", kind)
    cell = f'&"{_BETWEEN_NAMES}"&'.join(_cell(words, word) for word in above)
    return _dependent(lists, here.get_column("under"), here.get_column(kind), cell)


def _cell(words: Sequence[str], word: str) -> str:
    return f"${xl_col_to_name(list(words).index(word))}{FIRST_ROW + 1}"


def _dependent(lists: _Lists, under: pl.Series, values: pl.Series, cell: str) -> str:
    """A formula for the values that stand beside the key of the cell; they are sorted by key."""
    keys, offered = lists.put(under.to_list()), lists.put(values.to_list())
    key_range = f"{SHEET}!${keys}$1:${keys}${len(under)}"
    first = f"MATCH({cell},{key_range},0)-1"
    return f"=OFFSET({SHEET}!${offered}$1,{first},0,COUNTIF({key_range},{cell}),1)"
