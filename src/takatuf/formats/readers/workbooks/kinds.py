"""What a file is by how it begins, whatever it is called."""

from takatuf.formats.readers.workbooks.archive import Archive
from takatuf.formats.readers.workbooks.book import FileKind, Limits
from takatuf.formats.readers.workbooks.refusals import refused
from takatuf.vocabulary.errors import Problem

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SQLITE = b"SQLite format 3\x00"
SHAPE = b"\x00\x00\x27\x0a"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")  # a workbook without its container
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<kml", b"<workbook")
_OTHERS = (
    (b"%PDF", "a PDF"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"), (b"{\\rtf", "a text document"), (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"), (b"\x1f\x8b", "a gzip archive"), (b"PAR1", "a Parquet file"),
    (b"SIMPLE  =", "a FITS file"),
)  # fmt: skip
_NAMES = {
    FileKind.XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    FileKind.XLS: (".xls", ".xlt"),
    FileKind.ODS: (".ods", ".ots"),
    FileKind.TEXT: (".csv", ".tsv", ".txt", ".tab", ".hxl"),
    FileKind.JSON: (".json",),
    FileKind.GEOJSON: (".geojson", ".json"),
    FileKind.GEOPACKAGE: (".gpkg",),
    FileKind.SHAPEFILE: (".zip", ".shp", ".shz"),
}
_NOTHING = b"\x00\t\n\r "
_EXPECTED = "a workbook (.xlsx, .xls, .ods), a table as text, JSON, or a map layer"


def kind_of(content: bytes, name: str, limits: Limits) -> FileKind:
    """Return what a file is.

    Raises:
        InputError: It is nothing that can hold a table, or an archive that may do harm.
    """
    if not (content[:1000].strip(_NOTHING) or content.strip(_NOTHING)) or content in (
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
    ):
        raise refused("workbook.empty", name, "an empty file", "a header and rows")
    for beginning, kind in (
        (OLE, FileKind.XLS),
        (SQLITE, FileKind.GEOPACKAGE),
        (SHAPE, FileKind.SHAPEFILE),
    ):
        if content.startswith(beginning):
            return kind
    if content.startswith((ZIP, EMPTY_ZIP)):
        return _kind_of_archive(Archive(content, name, limits), name)
    _refuse_others(content, name)
    return _kind_of_text(content, name)


def extension_note(kind: FileKind, name: str) -> list[Problem]:
    """Return the note on a file whose name says something else than its content."""
    suffix = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
    known = {ending for endings in _NAMES.values() for ending in endings}
    if suffix in _NAMES[kind] or suffix not in known:
        return []
    return [
        Problem(
            code="workbook.wrong-extension",
            where=name,
            found=f"{suffix}, and by its content {kind}",
            expected=f"a name that ends in {_NAMES[kind][0]}",
            hint="It is read by its content.",
        )
    ]


def _kind_of_archive(archive: Archive, name: str) -> FileKind:
    names = archive.names
    if "mimetype" in names and archive.read("mimetype").startswith(
        b"application/vnd.oasis.opendocument.spreadsheet"
    ):
        return FileKind.ODS
    if any(entry.startswith(("xl/", "[Content_Types]", "_rels/")) for entry in names):
        return _office_kind(names, name)
    if any(entry.lower().endswith(".shp") for entry in names):
        return FileKind.SHAPEFILE
    if "content.xml" in names:
        return FileKind.ODS
    hint = "Unpack it, and send the files in it one by one."
    found = f"an archive of {len(names):,} files"
    raise refused("workbook.not-a-workbook", name, found, _EXPECTED, hint)


def _office_kind(names: tuple[str, ...], name: str) -> FileKind:
    if any(entry.endswith("workbook.bin") for entry in names):
        hint = "Save it as .xlsx and send that."
        raise refused("workbook.not-a-workbook", name, "a binary workbook (.xlsb)", _EXPECTED, hint)
    for beginning, what in (("word/", "a text document"), ("ppt/", "slides")):
        if any(entry.startswith(beginning) for entry in names):
            raise refused("workbook.not-a-workbook", name, what, _EXPECTED)
    return FileKind.XLSX


def _refuse_others(content: bytes, name: str) -> None:
    for beginning, what in _OTHERS:
        if content.startswith(beginning):
            raise refused("workbook.not-a-workbook", name, what, _EXPECTED)
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        hint = "Open it in a spreadsheet program and save it as .xlsx."
        what = "a web page or XML document"
        raise refused("workbook.not-a-workbook", name, what, _EXPECTED, hint)
    if content[:2] in _BIFF and b"\x00" in content[:8]:
        hint = "Open it in a spreadsheet program and save it as .xlsx."
        raise refused("workbook.not-a-workbook", name, "a workbook of before 1993", _EXPECTED, hint)


def _kind_of_text(content: bytes, name: str) -> FileKind:
    start = content[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    is_named_text = name.lower().endswith(_NAMES[FileKind.TEXT])
    if start.startswith(b"{") or (start.startswith(b"[") and not is_named_text):
        return FileKind.JSON
    if start.startswith(b"[") and start[1:].lstrip()[:1] in (b"{", b"["):
        return FileKind.JSON
    return FileKind.TEXT
