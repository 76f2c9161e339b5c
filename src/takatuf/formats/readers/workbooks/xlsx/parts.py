"""The parts of an Office workbook: its sheets in order, and where each is kept.

The properties of the file, which name persons, are never opened.
"""

import re
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from lxml import etree

from takatuf.activities.tables import Visibility
from takatuf.formats.readers.workbooks.archive import Archive
from takatuf.formats.readers.workbooks.grids import Area, column_of
from takatuf.formats.readers.workbooks.markup import parsed
from takatuf.formats.readers.workbooks.refusals import broken, refused

_AREA = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")
_HIDDEN = ("hidden", "veryHidden")
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of the workbook."""

    name: str
    entry: str  # of the archive
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What the workbook says of itself."""

    sheets: tuple[SheetPart, ...]
    strings_entry: str  # "" for none
    styles_entry: str
    is_from_1904: bool  # days are counted from 1904


def workbook_parts(archive: Archive, name: str) -> WorkbookParts:
    """Return the sheets of a workbook.

    Raises:
        InputError: It has no workbook part, or a broken one.
    """
    entry = _workbook_entry(archive, name)
    root = parsed(archive.read(entry), f"{name}, {entry}")
    related = relations(archive, entry, name)
    entry_by_id = {ident: target for ident, (_, target) in related.items()}
    known = set(archive.names)
    sheets = tuple(
        sheet
        for element in root.iterfind("{*}sheets/{*}sheet")
        if (sheet := _sheet(element, entry_by_id)).entry in known
        and "chartsheets/" not in sheet.entry
    )
    if not sheets:
        raise broken(name, "a workbook without a sheet")
    return WorkbookParts(
        sheets,
        _of_type(related, "/sharedStrings", known),
        _of_type(related, "/styles", known),
        any(e.get("date1904") in _TRUE for e in root.iterfind("{*}workbookPr")),
    )


def relations(archive: Archive, entry: str, name: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: type and entry, by identity."""
    folder = dirname(entry)
    path = join(folder, "_rels", f"{entry[len(folder) :].lstrip('/')}.rels")
    if path not in archive.names:
        return {}
    root = parsed(archive.read(path), f"{name}, {path}")
    return {
        element.get("Id", ""): (element.get("Type", ""), _target(folder, element.get("Target", "")))
        for element in root.iterfind("{*}Relationship")
        if element.get("TargetMode") != "External"
    }


def pivot_areas(archive: Archive, entry: str, name: str) -> tuple[Area, ...]:
    """Return where pivot tables stand on a sheet."""
    areas = []
    for kind, target in relations(archive, entry, name).values():
        if kind.endswith("/pivotTable") and target in archive.names:
            root = parsed(archive.read(target), f"{name}, {target}")
            refs = [element.get("ref", "") for element in root.iterfind("{*}location")]
            areas += [area for ref in refs if (area := area_of(ref))]
    return tuple(areas)


def area_of(reference: str) -> Area | None:
    """Return the rectangle that a reference such as ``B2:D4`` names."""
    found = _AREA.match(reference)
    if not found:
        return None
    left, top, right, bottom = found.groups()
    first, last = column_of(left), column_of(right or left)
    return Area(int(top), first, int(bottom or top), last)


def _workbook_entry(archive: Archive, name: str) -> str:
    for kind, target in relations(archive, "", name).values():
        if kind.endswith("/officeDocument") and target in archive.names:
            return target
    if "xl/workbook.xml" in archive.names:
        return "xl/workbook.xml"
    expected = "a workbook (.xlsx, .xlsm, .xls, .ods)"
    raise refused("workbook.not-a-workbook", name, "an archive without a workbook", expected)


def _sheet(element: etree._Element, entry_by_id: dict[str, str]) -> SheetPart:
    ident = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
    is_hidden = element.get("state") in _HIDDEN
    visibility = Visibility.HIDDEN if is_hidden else Visibility.VISIBLE
    return SheetPart(element.get("name", ""), entry_by_id.get(str(ident), ""), visibility)


def _of_type(related: dict[str, tuple[str, str]], ending: str, known: set[str]) -> str:
    found = (target for kind, target in related.values() if kind.endswith(ending))
    return next((target for target in found if target in known), "")


def _target(folder: str, target: str) -> str:
    return normpath(join("/", folder, target)).lstrip("/")
