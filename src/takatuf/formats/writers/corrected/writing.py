"""A partner's own workbook with its faults marked in place, and a sheet that explains.

Nothing of the workbook is built anew: marks are spliced into the parts that they belong to, and
every other part comes out as it went in.
"""

import hashlib
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import PurePath
from xml.parsers import expat

from lxml import etree

from takatuf.formats.writers.corrected.explaining import explaining_sheet
from takatuf.formats.writers.corrected.findings import (
    Corrected,
    Findings,
    Limits,
    TableFindings,
)
from takatuf.formats.writers.corrected.marks import SheetMarks, marks_of
from takatuf.formats.writers.corrected.parts.book import Book, open_book
from takatuf.formats.writers.corrected.parts.noting import NoteParts
from takatuf.formats.writers.corrected.parts.package import Package, open_package
from takatuf.formats.writers.corrected.parts.persons import without_persons
from takatuf.formats.writers.corrected.parts.placing import marked_sheet
from takatuf.formats.writers.corrected.parts.sheet_xml import sheet_xml
from takatuf.formats.writers.corrected.parts.styles import StyleSheet, read_styles
from takatuf.formats.writers.corrected.rebuilt import rebuilt_workbook, titles_of
from takatuf.formats.writers.corrected.words import is_rtl, word
from takatuf.vocabulary.errors import Problem

DEFAULT_LIMITS = Limits()
_BROKEN = (ValueError, LookupError, StopIteration, etree.LxmlError, expat.ExpatError)
_ENDINGS = {".xlsx", ".xlsm", ".xltx", ".xltm"}


def write_corrected(
    content: bytes,
    name: str,
    findings: Findings,
    language: str = "en",
    limits: Limits = DEFAULT_LIMITS,
) -> Corrected:
    """Return the file with its faults marked, and a sheet "Takatuf" in front that explains.

    A workbook in the Office Open XML format keeps everything else that is in it. Any other file,
    and a workbook whose parts do not fit together,
    comes back as a new workbook with its rows and columns where they were. The marks, comments
    and sheet of an earlier round are taken off first. Names of persons in the properties are
    taken out.

    Args:
        content: The file as sent, which `read_book` has read.
        name: What the sender calls it.
        findings: What was found in it.
        language: Of our own words: "en", "ar", "fr" or "ru"; Arabic is read from the right.
        limits: How many comments and lines there are; every cell concerned is coloured.
    """
    hand = _Hand(content, name, language, limits)
    if _is_workbook(content):
        with suppress(*_BROKEN):
            return hand.mark(content, findings, [])
    titled = _titled(findings, name)
    rebuilt = rebuilt_workbook(content, name, titled)
    return hand.mark(rebuilt, titled, [_written_anew(content, name)])


@dataclass(frozen=True, slots=True)
class _Hand:
    content: bytes  # as sent
    name: str
    language: str
    limits: Limits

    def mark(self, workbook: bytes, findings: Findings, lost: list[Problem]) -> Corrected:
        package = open_package(workbook)
        lost = lost + _take_persons_out(package, self.name)
        job = _Job(open_book(package), self.language, self.limits)
        lost += job.mark(findings)
        lost += job.take_signature_off(self.name)
        receipt = _receipt(self.content, self.name, findings, self.language)
        problems = (*findings.problems, *lost)
        job.explain(replace(findings, receipt=receipt, problems=problems))
        return Corrected(
            content=package.to_bytes(),
            name=_file_name(self.name, is_own=workbook is self.content),
            lost=tuple(lost),
            n_marked=job.n_marked,
            n_commented=job.n_commented,
        )


@dataclass(slots=True)
class _Job:
    book: Book
    language: str
    limits: Limits
    styles: StyleSheet = field(init=False)
    n_marked: int = 0
    n_commented: int = 0

    def __post_init__(self) -> None:
        self.styles = read_styles(self.book.package.read(self.book.styles))

    def mark(self, findings: Findings) -> list[Problem]:
        """Mark every sheet; return what could not be marked."""
        notes = NoteParts(self.book, is_rtl=is_rtl(self.language))
        by_sheet: dict[str, list[TableFindings]] = {}
        for found in findings.tables:
            by_sheet.setdefault(found.table.sheet, []).append(found)
        for sheet, part in self.book.parts.items():
            tables = by_sheet.pop(sheet, [])
            self._mark_sheet(part, marks_of(tables, self.language, self.limits), notes)
        return [_not_there(sheet, tables) for sheet, tables in by_sheet.items() if _any(tables)]

    def _mark_sheet(self, part: str, marks: SheetMarks, notes: NoteParts) -> None:
        link, n_commented = notes.write(part, marks.texts)
        if marks.kinds or link or self.styles.restored:
            xml = _in_utf8(self.book.package.read(part))
            marked = marked_sheet(xml, marks.kinds, self.styles.restyle, link)
            self.book.package.write(part, marked)
        self.n_marked += marks.n_marked
        self.n_commented += n_commented

    def take_signature_off(self, name: str) -> list[Problem]:
        """Take a digital signature off, as it does not hold for the changed file."""
        package = self.book.package
        signed = [part for part in package.names() if part.startswith("_xmlsignatures/")]
        for part in signed:
            package.remove(part)
        if not signed:
            return []
        package.undeclare("_xmlsignatures/")
        package.unrelate("", "_xmlsignatures/")
        return [
            Problem(
                code="workbook.signature-taken-off",
                where=name,
                found="a digital signature",
                expected="a signature that holds for the file as it is now",
                hint="Sign it again after correcting it.",
            )
        ]

    def explain(self, findings: Findings) -> None:
        """Put our sheet in front and write the styles."""
        names = {name: name for name in self.book.parts}
        sheet = explaining_sheet(findings, self.styles, names, self.limits, self.language)
        self.book.package.write(self.book.styles, self.styles.to_bytes())
        self.book.add_front_sheet(sheet_xml(sheet))


def _take_persons_out(package: Package, name: str) -> list[Problem]:
    parts = without_persons(package)
    if not parts:
        return []
    return [
        Problem(
            code="workbook.persons-taken-out",
            where=name,
            found=f"names or folders of persons in {', '.join(map(_last_name, parts))}",
            expected="no person named in the properties of a file",
            hint="Cells and the texts of comments are as they were.",
        )
    ]


def _last_name(part: str) -> str:
    return PurePath(part).name


def _is_workbook(content: bytes) -> bool:
    if not zipfile.is_zipfile(BytesIO(content)):
        return False
    with zipfile.ZipFile(BytesIO(content)) as zipped:
        names = set(zipped.namelist())
    return "[Content_Types].xml" in names and any(name.startswith("xl/w") for name in names)


def _titled(findings: Findings, name: str) -> Findings:
    stem = PurePath(name).stem
    titles = titles_of(dict.fromkeys(found.table.sheet or stem for found in findings.tables))
    tables = tuple(
        replace(found, table=replace(found.table, sheet=titles[found.table.sheet or stem]))
        for found in findings.tables
    )
    return replace(findings, tables=tables)


def _written_anew(content: bytes, name: str) -> Problem:
    is_workbook = _is_workbook(content)
    return Problem(
        code="workbook.written-anew",
        where=name,
        found="a workbook whose parts do not fit together"
        if is_workbook
        else f"a file of the kind {PurePath(name).suffix or 'without an ending'}",
        expected="a whole workbook .xlsx, which can be marked and keep everything else",
        hint="It comes back as a new workbook: rows and columns are where they were, "
        "formulas and colours of the original are not in it.",
    )


def _not_there(sheet: str, tables: list[TableFindings]) -> Problem:
    return Problem(
        code="workbook.sheet-not-marked",
        where=f"sheet {sheet}",
        found=f"{sum(len(found.faults) for found in tables)} faults in a sheet without cells",
        expected="a sheet of cells of that name",
        hint="The faults are listed on the sheet in front.",
    )


def _any(tables: list[TableFindings]) -> bool:
    return any(len(found.faults) or found.questions for found in tables)


def _receipt(
    content: bytes, name: str, findings: Findings, language: str
) -> tuple[tuple[str, str], ...]:
    print_of = hashlib.sha256(content).hexdigest()
    own = ((word("file", language), name), (word("fingerprint", language), print_of))
    return (*own, *findings.receipt)


def _in_utf8(xml: bytes) -> bytes:
    if not xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        return xml
    text = xml.decode("utf-16")
    return text.replace('"UTF-16"', '"UTF-8"', 1).replace('"utf-16"', '"UTF-8"', 1).encode()


def _file_name(name: str, *, is_own: bool) -> str:
    path = PurePath(name)
    ending = path.suffix.lower() if is_own and path.suffix.lower() in _ENDINGS else ".xlsx"
    return f"{path.stem}-checked{ending}"
