"""The matrix as a workbook of two sheets, as HXL CSV, and as a page that needs no script."""

import csv
import io
from functools import cache

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined

from takatuf.formats.writers.products.about import about_lines
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.matrix.cells import (
    FIGURES,
    GAP,
    OVERLAP,
    Cell,
    Matrix,
    matrix_cells,
    place_label,
    sector_label,
    state_label,
)
from takatuf.formats.writers.products.neutralising import neutralised_text
from takatuf.formats.writers.products.words import text_of
from takatuf.formats.writers.products.workbook.notes_sheet import put_notes
from takatuf.formats.writers.products.workbook.opened import OpenBook, put_text, written

_NAMES = {"place": "#loc+name", "place_code": "#loc+code", "sector": "#sector+name"}
_STATE = "#status+coverage"
_RIGHT_TO_LEFT = {"ar"}
_COLUMN_WIDTH, _FIRST_WIDTH = 16, 34


def write_matrix_csv(frame: pl.DataFrame, language: str = "en") -> bytes:
    """Return a line for each pair of place and sector, as HXL CSV in UTF-8 with a mark.

    Raises:
        InputError: The frame is no matrix, as `matrix_cells` says.
    """
    matrix = matrix_cells(frame)
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerows([_headers(matrix, language), _tags(matrix)])
    lines.writerows(
        [neutralised_text(cell) if isinstance(cell, str) else cell for cell in line]
        for line in _lines(matrix, language)
    )
    return text.getvalue().encode("utf-8-sig")


def write_matrix_xlsx(frame: pl.DataFrame, products: Products, language: str = "en") -> bytes:
    """Return a workbook: the matrix, the same as a list with all figures, and the notes.

    Raises:
        InputError: The frame is no matrix, as `matrix_cells` says.
    """
    matrix = matrix_cells(frame)

    def fill(book: OpenBook) -> None:
        _put_matrix(book, matrix)
        _put_list(book, matrix)
        put_notes(book, products, (), (text_of("matrix", "rule", language),))

    return written(products, language, fill)


def write_matrix_html(frame: pl.DataFrame, products: Products, language: str = "en") -> bytes:
    """Return the matrix as one page of HTML: no script, nothing loaded from elsewhere.

    Raises:
        InputError: The frame is no matrix, as `matrix_cells` says.
    """
    matrix = matrix_cells(frame)
    rows = [
        (
            place_label(matrix, place, language),
            [_shown(matrix.cells[place, sector], language) for sector in matrix.sectors],
        )
        for place in matrix.places
    ]
    page = _templates().get_template("matrix.html.j2")
    return page.render(
        language=language,
        direction="rtl" if language in _RIGHT_TO_LEFT else "ltr",
        title=products.title,
        about=about_lines(products, language),
        said=lambda section, word: text_of(section, word, language),
        sectors=[sector_label(sector, language) for sector in matrix.sectors],
        rows=rows,
        not_included=products.not_included or (text_of("notes", "nothing_named", language),),
    ).encode()


def _headers(matrix: Matrix, language: str) -> list[str]:
    words = (*_NAMES, *matrix.figures, "state")
    return [text_of("matrix", word, language) for word in words]


def _tags(matrix: Matrix) -> list[str]:
    return [*_NAMES.values(), *(FIGURES[word] for word in matrix.figures), _STATE]


def _lines(matrix: Matrix, language: str) -> list[list[str | float | None]]:
    return [
        [
            matrix.places[place] if place else place_label(matrix, place, language),
            place,
            sector_label(sector, language),
            *(_whole(cell.figures[word]) for word in matrix.figures),
            cell.state,
        ]
        for (place, sector), cell in matrix.cells.items()
    ]


def _whole(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _put_matrix(book: OpenBook, matrix: Matrix) -> None:
    sheet = book.sheet(text_of("sheet", "matrix", book.language))
    sheet.set_column(0, 0, _FIRST_WIDTH)
    sheet.set_column(1, len(matrix.sectors), _COLUMN_WIDTH)
    put_text(sheet, 0, 0, text_of("matrix", "place", book.language), book.looks.header)
    for number, sector in enumerate(matrix.sectors, 1):
        put_text(sheet, 0, number, sector_label(sector, book.language), book.looks.header)
    shown = f'#,##0 "({text_of("state", OVERLAP, book.language)})"'
    overlap = book.book.add_format({"bold": True, "num_format": shown})
    for row, place in enumerate(matrix.places, 1):
        put_text(sheet, row, 0, place_label(matrix, place, book.language), book.looks.wrapped)
        for number, sector in enumerate(matrix.sectors, 1):
            cell = matrix.cells[place, sector]
            if cell.state == GAP:
                text = _shown(cell, book.language)["text"]
                put_text(sheet, row, number, text, book.looks.missing)
            else:
                look = overlap if cell.state == OVERLAP else book.looks.number
                sheet.write_number(row, number, cell.n_organisations, look)
    sheet.freeze_panes(1, 1)


def _put_list(book: OpenBook, matrix: Matrix) -> None:
    sheet = book.sheet(text_of("sheet", "list", book.language))
    tags = _tags(matrix)
    sheet.set_column(0, len(tags) - 1, _COLUMN_WIDTH)
    for number, header in enumerate(_headers(matrix, book.language)):
        put_text(sheet, 0, number, header, book.looks.header)
        put_text(sheet, 1, number, tags[number], book.looks.tag)
    lines = _lines(matrix, book.language)
    for row, line in enumerate(lines, 2):
        for number, value in enumerate(line):
            if isinstance(value, str):
                put_text(sheet, row, number, value, book.looks.text)
            elif value is not None:
                sheet.write_number(row, number, value, book.looks.number)
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, len(lines) + 1, len(tags) - 1)


def _shown(cell: Cell, language: str) -> dict[str, str]:
    said = state_label(cell, language)
    if cell.state != GAP:
        beside = f" ({said})" if cell.state == OVERLAP else ""
        return {"state": cell.state, "text": f"{cell.n_organisations}{beside}"}
    in_need = cell.figures.get("in_need")
    need = f"; {text_of('matrix', 'in_need', language)}: {in_need:,.0f}" if in_need else ""
    return {"state": GAP, "text": f"{said}{need}"}


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("takatuf.formats.writers.products.matrix", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
