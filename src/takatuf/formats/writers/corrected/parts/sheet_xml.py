"""A sheet of text, links and drop-downs as SpreadsheetML; every text is a text, never a formula."""

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from takatuf.formats.writers.corrected.parts.letters import letters_of, reference_of

_CELL_MAX_CHARACTERS = 32_767
_LINE_HEIGHT, _HEIGHT_MAX = 13.2, 400.0  # points
_FILLED = 1.05  # characters of 10 points in the width of one of 11, with room for long words
_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Text:
    """A cell of the sheet."""

    value: str | int
    style: int
    link: str = ""  # a place in the workbook: "'3W'!F14"
    is_wrapped: bool = True  # over several lines, for which the row is made high enough


@dataclass(frozen=True, slots=True)
class Choice:
    """A drop-down."""

    at: tuple[int, int]
    first: tuple[int, int]  # the cells with the choices, one below the other
    last: tuple[int, int]
    prompt: str
    takes_text: bool  # anything else may be typed too


@dataclass(slots=True)
class Sheet:
    """Rows from the top; each a cell by column number."""

    widths: tuple[float, ...]
    hidden_from: int  # columns from this one on are hidden
    is_rtl: bool
    rows: list[dict[int, Text]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    merged: list[tuple[int, int, int]] = field(default_factory=list)  # row, first, last column
    choices: list[Choice] = field(default_factory=list)

    def add(self, cells: dict[int, Text]) -> int:
        """Add a row; return its number."""
        self.rows.append(cells)
        return len(self.rows)


def sheet_xml(sheet: Sheet) -> bytes:
    """Return the part of the sheet."""
    way = ' rightToLeft="1"' if sheet.is_rtl else ""
    parts = [
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<sheetPr><tabColor rgb="FFFFC9A3"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView showGridLines="0"{way} tabSelected="1" workbookViewId="0"/>'
            '</sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        ),
        _columns(sheet),
        "<sheetData>",
        *(_row(sheet, number, cells) for number, cells in enumerate(sheet.rows, 1)),
        "</sheetData>",
        _merged(sheet),
        _choices(sheet),
        _links(sheet),
        (
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
        ),
    ]
    return "".join(parts).encode()


def place_in(sheet: str, row: int, column: int) -> str:
    """Return a place in the workbook as a link names it."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{reference_of(row, column)}"


def _columns(sheet: Sheet) -> str:
    each = "".join(_column(sheet, n) for n in range(1, len(sheet.widths) + 1))
    return f"<cols>{each}</cols>"


def _column(sheet: Sheet, number: int) -> str:
    hidden = ' hidden="1"' if number >= sheet.hidden_from else ""
    width = sheet.widths[number - 1]
    return f'<col min="{number}" max="{number}" width="{width}" customWidth="1"{hidden}/>'


def _row(sheet: Sheet, number: int, cells: dict[int, Text]) -> str:
    height = sheet.heights.get(number) or _height(sheet, cells)
    tall = f' ht="{height}" customHeight="1"' if height else ""
    inside = "".join(_cell(number, column, cells[column]) for column in sorted(cells))
    return f'<row r="{number}"{tall}>{inside}</row>'


def _height(sheet: Sheet, cells: dict[int, Text]) -> float:
    # Not every program makes a row as high as its text; the widths are in characters.
    lines = max(
        (
            _lines(str(text.value), sheet.widths[column - 1])
            for column, text in cells.items()
            if text.is_wrapped
        ),
        default=1,
    )
    return min(lines * _LINE_HEIGHT + 3, _HEIGHT_MAX) if lines > 1 else 0


def _lines(text: str, width: float) -> int:
    return sum(-(-max(len(line), 1) // max(int(width * _FILLED), 1)) for line in text.split("\n"))


def _cell(row: int, column: int, text: Text) -> str:
    place = f'<c r="{reference_of(row, column)}" s="{text.style}"'
    if isinstance(text.value, int):
        return f"{place}><v>{text.value}</v></c>"
    if not text.value:
        return f"{place}/>"
    return f'{place} t="inlineStr"><is><t xml:space="preserve">{_xml(text.value)}</t></is></c>'


def _xml(text: str) -> str:
    marked = _ESCAPED.sub(r"_x005F_\1", text[:_CELL_MAX_CHARACTERS])
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", marked))


def _merged(sheet: Sheet) -> str:
    each = "".join(
        f'<mergeCell ref="{letters_of(first)}{row}:{letters_of(last)}{row}"/>'
        for row, first, last in sheet.merged
    )
    return f'<mergeCells count="{len(sheet.merged)}">{each}</mergeCells>' if each else ""


def _choices(sheet: Sheet) -> str:
    each = "".join(map(_choice, sheet.choices))
    count = len(sheet.choices)
    return f'<dataValidations count="{count}">{each}</dataValidations>' if each else ""


def _choice(choice: Choice) -> str:
    (top, column), (bottom, _) = choice.first, choice.last
    letters = letters_of(column)
    strict = "0" if choice.takes_text else "1"
    return (
        f'<dataValidation type="list" allowBlank="1" showInputMessage="1"'
        f' showErrorMessage="{strict}" prompt={quoteattr(choice.prompt[:250])}'
        f' sqref="{reference_of(*choice.at)}">'
        f"<formula1>${letters}${top}:${letters}${bottom}</formula1></dataValidation>"
    )


def _links(sheet: Sheet) -> str:
    each = "".join(
        f'<hyperlink ref="{reference_of(row, column)}" location={quoteattr(text.link)}'
        f" display={quoteattr(str(text.value))}/>"
        for row, cells in enumerate(sheet.rows, 1)
        for column, text in sorted(cells.items())
        if text.link
    )
    return f"<hyperlinks>{each}</hyperlinks>" if each else ""
