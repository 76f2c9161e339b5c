"""What a partner's file is read into: its tables, and every part that was left out, with why.

Nothing is left out in silence: what is in no table is in `Book.skipped`.
"""

from dataclasses import dataclass
from enum import StrEnum

from takatuf.activities.questions import Question
from takatuf.activities.tables import SheetTable
from takatuf.vocabulary.errors import Problem


class FileKind(StrEnum):
    """What a file is by its content, whatever its name says."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "csv"
    JSON = "json"
    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"
    SHAPEFILE = "shp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a file may ask of this machine; beyond it the file is refused with the reason."""

    max_bytes: int = 256 * 1024**2
    max_unpacked_bytes: int = 3 * 1024**3
    max_ratio: int = 250  # unpacked to packed, for parts over `ratio_from_bytes`
    ratio_from_bytes: int = 16 * 1024**2
    max_entries: int = 5_000  # of an archive
    max_cells: int = 60_000_000  # places in the grid of a sheet, blank or not, between filled ones
    max_columns: int = 2_000  # filled, of one sheet
    max_sheets: int = 200  # that are read
    max_listed_cells: int = 5_000_000  # filled, of a sheet that is read cell by cell (xls, ods)
    max_part_bytes: int = 768 * 1024**2  # of an archive's part that is read as a whole
    max_json_characters: int = 64 * 1024**2
    max_points: int = 3_000_000  # of all geometries together


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A file as it was read."""

    name: str  # what the sender calls it
    kind: FileKind
    sha256: str  # of the bytes, 64 hexadecimal digits
    tables: tuple[SheetTable, ...]
    skipped: tuple[Problem, ...] = ()  # sheets, rows and parts that are in no table
    notes: tuple[Problem, ...] = ()  # read, and worth knowing: hidden rows, a wrong extension
    questions: tuple[Question, ...] = ()  # about the file as a whole: its encoding
    encoding: str = ""  # of a text file
