"""A table as it stands in a partner's file: cells as text, each with its place in the sheet.

A blank cell is null and an error cell is its own text (``#N/A``): neither is the other, and
neither is zero. Row and column are those that the sender sees.
"""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

ERROR_CELLS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
OUR_SHEET = "Takatuf"  # explains what was found; no data are read from a sheet of this name


class Visibility(StrEnum):
    """Whether the sender sees a sheet when the file is opened."""

    VISIBLE = "visible"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, as it is headed."""

    letter: str  # as the sheet names it: "A", "AB"; in a text file likewise
    header: str  # as written; headers above it that span several columns come first, with " / "
    tag: str = ""  # the HXL tag as written, "" for none


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """One table of one sheet: its columns, its rows of data, and what stands around them."""

    sheet: str  # the sheet's name, "" in a text file
    columns: tuple[Column, ...]
    cells: pl.DataFrame  # a String column for each `Column`, named by its letter; null is blank
    rows: pl.Series  # the number of each row in the sheet, from 1; UInt32, as long as `cells`
    header_row: int  # the lowest row of the header
    tag_row: int | None = None  # of HXL tags
    total_rows: tuple[int, ...] = ()  # rows that add others up: no rows of data
    footnotes: tuple[tuple[int, str], ...] = ()  # (row, text) below or above the table
    visibility: Visibility = Visibility.VISIBLE

    def where(self, row: int, letter: str = "") -> str:
        """Return the place of a row or a cell in the sender's words."""
        sheet = f"sheet {self.sheet}, " if self.sheet else ""
        return f"{sheet}row {row}{f', column {letter}' if letter else ''}"
