"""Small partner files of every format, made in memory with made-up content.

Old workbooks (.xls), spreadsheets (.ods), GeoPackages and shapefiles are written here byte by
byte, because nothing that is installed writes all of them.
"""

import io
import sqlite3
import struct
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from xml.sax.saxutils import escape

Cell = str | int | float | bool | None
Rows = Sequence[Sequence[Cell]]

ROWS: Rows = (
    ("Organisation", "Sector", "District", "Start", "Reached"),
    ("#org", "#sector", "#adm2 +name", "#date+start", "#reached"),
    ("Relief Aid", "WASH", "حلب", "2024-03-01", 120),
    ("منظمة الإحسان", "Health", "Idlib", "2024-03-05", 35.5),
    ("Relief Aid", "WASH", "Ségou", "2024-04-01", 0),
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NO_ENTRY = 0xFFFFFFFF  # where a link of a compound file leads nowhere
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?")


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return held.getvalue()


def letter(column: int) -> str:
    """Return the letter of a column counted from 0."""
    return chr(65 + column) if column < 26 else letter(column // 26 - 1) + letter(column % 26)


def a_cell_xml(row: int, column: int, value: Cell) -> str:
    """Return a cell of a sheet; a text that begins with ``=`` is a formula without a value."""
    at = f'r="{letter(column)}{row}"'
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c {at}><v>{value}</v></c>"
    if value in _ERRORS:
        return f'<c {at} t="e"><v>{value}</v></c>'
    if value.startswith("="):
        return f"<c {at}><f>{escape(value[1:])}</f></c>"
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet_xml(rows: Rows, before: str = "", after: str = "") -> str:
    """Return the XML of a sheet."""
    lines = (
        f'<row r="{n}">{"".join(a_cell_xml(n, c, value) for c, value in enumerate(row))}</row>'
        for n, row in enumerate(rows, start=1)
    )
    body = f"<sheetData>{''.join(lines)}</sheetData>"
    return f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_LINKS}">{before}{body}{after}</worksheet>'


def xlsx(
    sheets: Mapping[str, str | bytes | Rows] | Rows = ROWS,
    hidden: Sequence[str] = (),
    more: Mapping[str, str | bytes] | None = None,
    workbook: str = "",
) -> bytes:
    """Return an Office workbook; a sheet is given as rows, or as its XML."""
    named = sheets if isinstance(sheets, Mapping) else {"4W": sheets}
    state = {name: ' state="hidden"' if name in hidden else "" for name in named}
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"{state[name]}/>'
        for n, name in enumerate(named, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(named) + 1)
    )
    others = "".join(map(_link_to, more or {}))
    return zipped(
        {
            "[Content_Types].xml": f"{_HEAD}<Types/>",
            "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
            f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">{workbook}'
            f"<sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{links}'
            f"{others}</Relationships>",
            **{
                f"xl/worksheets/sheet{n}.xml": rows
                if isinstance(rows, (str, bytes))
                else sheet_xml(rows)
                for n, rows in enumerate(named.values(), start=1)
            },
            **(more or {}),
        }
    )


def _link_to(entry: str) -> str:
    """Return the link from the workbook to a part that it may have."""
    if entry not in {"xl/sharedStrings.xml", "xl/styles.xml"}:
        return ""
    kind = entry[3:-4]
    return f'<Relationship Id="r{kind}" Type="{_LINKS}/{kind}" Target="{entry[3:]}"/>'


def ods(rows: Rows | str = ROWS, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return an OpenDocument spreadsheet; the rows may be given as XML."""
    body = rows if isinstance(rows, str) else "".join(map(_ods_row, rows))
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    styles = (
        "<office:automatic-styles><style:style style:name='off' style:family='table'>"
        "<style:table-properties table:display='false'/></style:style></office:automatic-styles>"
    )
    content = (
        f"{_HEAD}<office:document-content {namespaces} {calc}>{styles}<office:body>"
        f'<office:spreadsheet><table:table table:name="4W">{body}</table:table>'
        "<table:table table:name='old' table:style-name='off'><table:table-row/></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content, **(more or {})})


def _ods_row(row: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        said = f'boolean" office:boolean-value="{str(value).lower()}'
    elif isinstance(value, (int, float)):
        said = f'float" office:value="{value}'
    else:
        said = "string"
    text = escape(str(value))
    return (
        f'<table:table-cell office:value-type="{said}"><text:p>{text}</text:p></table:table-cell>'
    )


def xls(
    rows: Rows = ROWS, extra: bytes = b"", sheet_extra: bytes = b"", shared_texts: bytes = b""
) -> bytes:
    """Return an old binary workbook of one sheet, ``4W``; records may be added or replaced."""
    texts = list(dict.fromkeys(v for row in rows for v in row if isinstance(v, str)))
    shared = b"".join(struct.pack("<HB", len(t), 1) + t.encode("utf-16-le") for t in texts)
    strings = shared_texts or record(0xFC, struct.pack("<II", len(texts), len(texts)) + shared)
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    name = b"\x02\x004W"

    def start(at: int) -> bytes:
        return begin + extra + record(0x85, struct.pack("<IBB", at, 0, 0) + name) + strings + END

    cells = b"".join(
        _xls_cell(r, c, value, texts)
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
        if value is not None
    )
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0)) + cells + sheet_extra + END
    return ole({"Workbook": start(len(start(0))) + sheet})


def record(word: int, content: bytes) -> bytes:
    """Return one record of an old workbook."""
    return struct.pack("<HH", word, len(content)) + content


END = record(0x0A, b"")


def _xls_cell(row: int, column: int, value: Cell, texts: list[str]) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, bool):
        return record(0x205, place + bytes([value, 0]))
    if isinstance(value, (int, float)):
        return record(0x203, place + struct.pack("<d", value))
    return record(0xFD, place + struct.pack("<I", texts.index(str(value))))


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with a few streams, each padded to 4,096 bytes or more."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_ole_entry("Root Entry", 5, 0xFFFFFFFE, 0, below=1)]
    for number, (name, content) in enumerate(streams.items(), start=1):
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\x00")
        first, n_sectors = len(sectors), len(padded) // 512
        sectors += [padded[n * 512 : (n + 1) * 512] for n in range(n_sectors)]
        chain += [*range(first + 1, first + n_sectors), 0xFFFFFFFE]
        following = number + 1 if number < len(streams) else _NO_ENTRY
        entries.append(_ole_entry(name, 2, first, len(padded), following))
    entries += [bytes(128)] * (-len(entries) % 4)
    directory, listed = len(sectors), b"".join(entries)
    n_sectors = len(listed) // 512
    sectors += [listed[n * 512 : (n + 1) * 512] for n in range(n_sectors)]
    chain += [*range(directory + 1, directory + n_sectors), 0xFFFFFFFE]
    n_tables = -(-(len(chain) + 1) // 127)
    table = len(sectors)
    chain += [0xFFFFFFFD] * n_tables
    chain += [0xFFFFFFFF] * (128 * n_tables - len(chain))
    sectors.append(struct.pack(f"<{len(chain)}I", *chain))
    tables = [table + n for n in range(n_tables)] + [0xFFFFFFFF] * (109 - n_tables)
    sizes = struct.pack("<HHHHH6x", 62, 3, 0xFFFE, 9, 6)
    starts = (0, n_tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    begin = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head = begin + sizes + struct.pack("<9I", *starts)
    return head + struct.pack("<109I", *tables) + b"".join(sectors)


def _ole_entry(
    name: str, kind: int, start: int, size: int, following: int = _NO_ENTRY, below: int = _NO_ENTRY
) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    links = struct.pack("<III", _NO_ENTRY, following, below)
    head = raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw), kind, 1) + links
    return head.ljust(116, b"\x00") + struct.pack("<IQ", start, size)


def geopackage(wkb: bytes = b"", srs: int = 4326, layer: str = "sites") -> bytes:
    """Return a GeoPackage with one layer of two features; without a point the second is nowhere."""
    point = wkb or struct.pack("<BIdd", 1, 1, 37.15, 36.2)
    blob = b"GP\x00\x01" + struct.pack("<i", srs) + point
    with closing(sqlite3.connect(":memory:")) as file:
        file.executescript(
            "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INT);"
            "CREATE TABLE gpkg_spatial_ref_sys (srs_id INT, organization TEXT,"
            " organization_coordsys_id INT, definition TEXT);"
            f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, n REAL);'
        )
        file.execute("INSERT INTO gpkg_contents VALUES (?, 'features')", (layer,))
        file.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?)", (layer, srs))
        file.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, 'EPSG', ?, '')", (srs, srs))
        rows = [(1, blob, "حلب", 2.0), (2, None, "Idlib", 0.5)]
        file.executemany(f'INSERT INTO "{layer}" VALUES (?, ?, ?, ?)', rows)  # noqa: S608
        file.commit()
        return file.serialize()


def a_square(x: float, y: float, size: float, *, hole: bool = False) -> list[tuple[float, float]]:
    """Return the ring of a square from its lower left corner; a hole runs the other way."""
    ring = [(x, y), (x, y + size), (x + size, y + size), (x + size, y), (x, y)]
    return ring[::-1] if hole else ring


def shp(*shapes: Sequence[Sequence[tuple[float, float]]], kind: int = 5) -> bytes:
    """Return the outlines of a shapefile; for points (kind 1) each shape is one part of one."""
    records = b""
    for number, parts in enumerate(shapes, start=1):
        content = _shp_record(parts, kind)
        records += struct.pack(">ii", number, len(content) // 2) + content
    n_words = (100 + len(records)) // 2
    head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, n_words) + struct.pack("<ii", 1000, kind)
    return head + bytes(64) + records


def _shp_record(parts: Sequence[Sequence[tuple[float, float]]], kind: int) -> bytes:
    points = [point for part in parts for point in part]
    raw = b"".join(struct.pack("<dd", *point) for point in points)
    if kind == 1:
        return struct.pack("<i", kind) + raw
    if kind == 8:
        return struct.pack("<i", kind) + bytes(32) + struct.pack("<i", len(points)) + raw
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part)
    counts = struct.pack(f"<ii{len(parts)}i", len(parts), len(points), *starts)
    return struct.pack("<i", kind) + bytes(32) + counts + raw


def dbf(rows: Sequence[Sequence[bytes]], kinds: str = "CN") -> bytes:
    """Return the columns of a shapefile, named NAME, NUMBER, and so on."""
    names = (b"NAME", b"NUMBER", b"DAY", b"TRUE")
    sizes = [{"D": 8, "L": 1}.get(kind, 16) for kind in kinds]
    fields = b"".join(
        name.ljust(11, b"\x00") + kind.encode() + bytes(4) + bytes([size, 0]) + bytes(14)
        for name, kind, size in zip(names, kinds, sizes, strict=False)
    )
    body = b"".join(
        b" " + b"".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True))
        for row in rows
    )
    head_bytes, row_bytes = 32 + len(fields) + 1, 1 + sum(sizes)
    head = struct.pack("<B3xIHH20x", 3, len(rows), head_bytes, row_bytes)
    return head + fields + b"\r" + body
