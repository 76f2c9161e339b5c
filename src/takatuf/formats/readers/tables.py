"""Read a table of text: bytes to rows of cells, with every broken row named and none guessed.

Comma, semicolon or tab between cells; UTF-8 unless the sender names another encoding. A row
whose bytes are not in that encoding is a problem of its own and costs no other row.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from takatuf.vocabulary.errors import InputError, Problem, cut

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
MAX_CELL_CHARACTERS = 1_000_000
MAX_HEADER_BYTES = 64 * 1024
_DELIMITERS = ",;\t"
_ARCHIVE = b"PK\x03\x04"  # how xlsx, ods and every other zip file begins


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where its sender finds it, and its cells by column name, outer spaces cut."""

    where: str  # "statements.csv, row 14": the header is row 1
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that could be read, and a problem for each that could not."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    n_rows: int  # rows that say something, those with problems too


def read_table(content: bytes, name: str, encoding: str = "utf-8") -> Table:
    """Read a table with a header row.

    Args:
        content: The file's bytes, as they came.
        name: What the sender calls the file; every problem begins with it.
        encoding: As Python names it: ``utf-8``, ``windows-1256``, ``utf-16`` ...

    Raises:
        InputError: Nothing of the file is read: empty, too large, not text, no header, too
            many rows.
    """
    text = _decoded(content, name, encoding)
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    header, _, _ = text.partition("\n")
    delimiter = max(_DELIMITERS, key=header.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns = _columns(lines, name)
    rows: list[Row] = []
    problems: list[Problem] = []
    n_rows = 0
    for where, cells in _lines(lines, name, problems):
        if not any(cells):
            continue
        n_rows += 1
        if n_rows > MAX_ROWS:
            raise InputError([_too_many_rows(name)])
        found = _problems_of(cells, where, columns)
        problems += found
        if not found:
            rows.append(Row(where, dict(zip(columns, cells, strict=True))))
    n_unreadable = sum(problem.code == "row.unreadable" for problem in problems)
    return Table(columns, tuple(rows), tuple(problems), n_rows + n_unreadable)


def is_table_of_reports(content: bytes, encoding: str = "utf-8") -> bool:
    """Say whether the first line heads a table of reports: it has the column ``thing``.

    Every other file is a partner's own, to be understood first.
    """
    codec = "utf-8-sig" if encoding.lower().replace("-", "") in {"", "utf8"} else encoding
    try:
        header = content[:MAX_HEADER_BYTES].decode(codec, "ignore").partition("\n")[0]
    except LookupError:
        return True  # whoever reads it says that there is no such encoding
    cells = header.replace(";", ",").replace("\t", ",").split(",")
    return "thing" in {cell.strip().strip('"').casefold() for cell in cells}


def _decoded(content: bytes, name: str, encoding: str) -> str:
    if not content.strip():
        raise InputError([_unreadable("file.empty", name, "an empty file", "a header and rows")])
    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1024**2:,.0f} MiB"
        expected = f"up to {MAX_BYTES // 1024**2} MiB"
        hint = "Cut it into several files; the order they are sent in does not matter."
        raise InputError([_unreadable("file.too-large", name, size, expected, hint)])
    _refuse_what_is_not_text(content, name, encoding)
    is_utf8 = codecs.lookup(encoding).name == "utf-8"
    return content.decode("utf-8-sig" if is_utf8 else encoding, "surrogateescape")


def _refuse_what_is_not_text(content: bytes, name: str, encoding: str) -> None:
    expected = "a table as text (CSV), in UTF-8"
    try:
        codecs.lookup(encoding)
    except LookupError:
        found = f"encoding {encoding}"
        expected = "an encoding such as utf-8, windows-1256 or utf-16"
        raise InputError([_unreadable("file.unknown-encoding", name, found, expected)]) from None
    if content.startswith(_ARCHIVE):
        hint = "This looks like a workbook: save the sheet as CSV UTF-8 and send that."
        raise InputError([_unreadable("file.not-a-table", name, "a zip file", expected, hint)])
    is_utf16 = encoding.lower().replace("-", "").replace("_", "").startswith("utf16")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not is_utf16:
        hint = "Send it again with --encoding utf-16."
        raise InputError([_unreadable("file.not-a-table", name, "UTF-16 text", expected, hint)])
    if b"\x00" in content and not is_utf16:
        raise InputError([_unreadable("file.not-a-table", name, "binary data", expected)])


def _columns(lines: Iterator[list[str]], name: str) -> tuple[str, ...]:
    try:
        columns = tuple(cell.strip() for cell in next(lines))
    except (csv.Error, StopIteration) as error:
        found = cut(str(error) or "no header")
        raise InputError([_unreadable("file.no-header", name, found, "a header row")]) from error
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        found = f"column {', '.join(twice)} twice"
        expected = "each column once"
        raise InputError([_unreadable("file.duplicate-column", f"{name}, row 1", found, expected)])
    return columns


def _lines(
    lines: Iterator[list[str]], name: str, problems: list[Problem]
) -> Iterator[tuple[str, list[str]]]:
    number = 1
    while True:
        number += 1
        where = f"{name}, row {number}"
        try:
            yield where, [cell.strip() for cell in next(lines)]
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(
                Problem(
                    code="row.unreadable",
                    where=where,
                    found=cut(str(error)),
                    expected="cells with matching quotation marks",
                )
            )


def _problems_of(cells: list[str], where: str, columns: tuple[str, ...]) -> list[Problem]:
    problems = [
        _not_in_encoding(cell, f"{where}, {column or 'a cell'}")
        for column, cell in zip(columns, cells, strict=False)
        if _is_broken(cell)
    ]
    if len(cells) != len(columns):
        problems.append(
            Problem(
                code="row.wrong-length",
                where=where,
                found=f"{len(cells)} cells",
                expected=f"{len(columns)} cells, as in the header",
                hint="Is a text with a comma without quotation marks?",
            )
        )
    return problems


def _is_broken(cell: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in cell)


def _not_in_encoding(cell: str, where: str) -> Problem:
    raw = cell.encode("utf-8", "surrogateescape")
    arabic = raw.decode("windows-1256", "replace")
    is_arabic = sum("\u0600" <= letter <= "\u06ff" for letter in arabic) * 2 > len(arabic)
    return Problem(
        code="row.not-in-encoding",
        where=where,
        found=cut(raw.decode("utf-8", "replace")),
        expected="text in UTF-8",
        hint=f"In Windows-1256 it reads {cut(arabic)}: if so, use --encoding windows-1256."
        if is_arabic
        else "Save the table as CSV UTF-8.",
    )


def _too_many_rows(name: str) -> Problem:
    return Problem(
        code="table.too-many-rows",
        where=name,
        found=f"more than {MAX_ROWS:,} rows",
        expected=f"up to {MAX_ROWS:,} rows",
        hint="Split it into several files, each with the header; their order does not matter.",
    )


def _unreadable(code: str, where: str, found: str, expected: str, hint: str = "") -> Problem:
    return Problem(code=code, where=where, found=found, expected=expected, hint=hint)
