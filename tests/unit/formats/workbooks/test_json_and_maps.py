"""JSON tables and map layers: each list or layer a table, each geometry a place."""

import json
import struct

import pytest

from takatuf.activities.tables import SheetTable
from takatuf.formats.readers.workbooks import FileKind, Limits, read_book
from takatuf.vocabulary.errors import InputError
from tests.builders_workbooks import ROWS, a_square, dbf, geopackage, shp, zipped

OBJECTS = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[2:]]
SQUARE = [a_square(37, 36, 1), a_square(37, 36, 0.5, hole=True)]
DEGREES = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
    'PRIMEM["G",0],UNIT["degree",0.0174532925199433]]'
)


def only(content: bytes, name: str = "p.json") -> SheetTable:
    (table,) = read_book(content, name).tables
    return table


def as_json(held: object) -> bytes:
    return json.dumps(held, ensure_ascii=False).encode()


def refusal(content: bytes, name: str = "p.json", limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read_book(content, name, limits=limits or Limits())
    return caught.value.problems[0].code


def layer(*geometries: object, **more: object) -> bytes:
    features = [
        {
            "type": "Feature",
            "id": n,
            "properties": {"name": f"place {n}", "n": 1.0},
            "geometry": geometry,
        }
        for n, geometry in enumerate(geometries)
    ]
    return as_json({"type": "FeatureCollection", "features": features, **more})


def a_point(x: object = 37.15, y: object = 36.2) -> dict[str, object]:
    return {"type": "Point", "coordinates": [x, y]}


@pytest.mark.parametrize(
    "held", [OBJECTS, {"data": OBJECTS, "total": 3}, {"result": {"records": OBJECTS}}]
)
def test_a_list_of_objects_is_a_table_wherever_it_is(held: object) -> None:
    book = read_book(as_json(held), "p.json")
    assert book.kind is FileKind.JSON
    assert [column.header for column in book.tables[0].columns] == list(ROWS[0])
    assert book.tables[0].cells["E"].to_list() == ["120", "35.5", "0"]


def test_lists_of_lists_with_tags_are_read_as_hxl_writes_them() -> None:
    table = only(as_json(ROWS))
    assert (table.header_row, table.tag_row, table.cells.height) == (1, 2, 3)


def test_parts_of_objects_are_columns_and_lists_are_one_cell() -> None:
    rows = [
        {
            "org": {"name": "Aid", "id": 7},
            "tags": ["a", 1],
            "more": [[1]],
            "is": True,
            "none": None,
            "no": [],
        },
        {"org": "Help", "n": 2.50, "deep": {}},
        {"org": {"name": "Half \ud800 letter", "id": 9}, "n": float("nan")},
    ]
    table = only(json.dumps(rows).encode())
    by_header = {c.header: table.cells[c.letter].to_list() for c in table.columns}
    assert by_header == {
        "org / name": ["Aid", None, "Half ? letter"],
        "org / id": ["7", None, "9"],
        "tags": ["a; 1", None, None],
        "more": ['[["1"]]', None, None],
        "is": ["TRUE", None, None],
        "org": [None, "Help", None],
        "n": [None, "2.5", "NaN"],
    } | {k: v for k, v in by_header.items() if k in {"none", "no", "deep"}}


def test_several_lists_are_several_tables() -> None:
    book = read_book(as_json({"one": OBJECTS, "two": OBJECTS}), "p.json")
    assert [table.sheet for table in book.tables] == ["one", "two"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"a": [1', "workbook.broken-json"),
        (b"[" * 100_000, "workbook.too-deep"),
        (b'{"a":' * 100_000, "workbook.too-deep"),
        (b'{"a": 1}', "workbook.not-a-table"),
        (b"[[1], 2]", "workbook.not-a-table"),
        (as_json([[n] * 20_000 for n in range(2)]), "workbook.too-many-cells"),
    ],
)
def test_json_without_a_table_is_refused(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_json_that_is_too_long_is_refused() -> None:
    assert refusal(as_json(OBJECTS), limits=Limits(max_json_characters=10)) == "workbook.too-large"


def test_objects_deep_in_objects_are_kept_as_json() -> None:
    held: dict[str, object] = {"a": 1, "b": 2}
    for _ in range(7):
        held = {"a": held, "b": 2}
    table = only(as_json([held, held]))
    assert table.columns[0].header == "a / a / a / a / a"
    assert table.cells.row(0)[0] == '{"a": {"a": {"a": "1", "b": "2"}, "b": "2"}, "b": "2"}'


def test_features_have_the_place_of_their_point() -> None:
    table = only(layer(a_point(), a_point(37, 36.5), None), "p.geojson")
    assert [column.header for column in table.columns] == [
        "id",
        "name",
        "n",
        "latitude",
        "longitude",
    ]
    assert table.cells["D"].to_list() == ["36.2", "36.5", None]
    assert table.cells["E"].to_list() == ["37.15", "37", None]
    assert table.cells["C"].to_list() == ["1", "1", "1"]


def test_outlines_have_the_place_of_their_centroid_and_say_so() -> None:
    outline = {"type": "Polygon", "coordinates": [a_square(37, 36, 1)]}
    both = {"type": "GeometryCollection", "geometries": [outline]}
    table = only(layer(outline, both), "p.geojson")
    assert [column.header for column in table.columns][-2:] == [
        "latitude (centroid)",
        "longitude (centroid)",
    ]
    assert table.cells.row(1)[-2:] == ("36.5", "37.5")


def test_broken_geometries_are_named_and_cost_no_row() -> None:
    deep: object = 1
    for _ in range(50):
        deep = [deep]
    broken = [
        {"type": "Point"},
        {"type": "Blob", "coordinates": [1]},
        "x",
        a_point("a"),
        {"type": "Point", "coordinates": deep},
    ]
    book = read_book(layer(a_point(), *broken), "p.geojson")
    assert book.tables[0].cells.height == 6
    assert [note.code for note in book.notes] == ["workbook.broken-geometry"]
    assert "5 geometries" in book.notes[0].found


def test_other_coordinates_become_degrees_or_are_named() -> None:
    metres = a_point(333_500, 4_007_700)
    table = only(
        layer(metres, metres, crs={"properties": {"name": "urn:ogc:def:crs:EPSG::32637"}}),
        "p.geojson",
    )
    assert table.cells["D"].to_list()[0].startswith("36.1")
    book = read_book(layer(metres, metres, crs={"properties": {"name": "my own"}}), "p.geojson")
    assert [column.header for column in book.tables[0].columns][-2:] == ["y", "x"]
    assert [note.code for note in book.notes] == ["workbook.unknown-projection"]
    for crs in ("urn:ogc:def:crs:OGC:1.3:CRS84", None, 5):
        assert (
            only(layer(a_point(), a_point(), crs={"properties": {"name": crs}})).cells["D"][0]
            == "36.2"
        )


def test_features_without_properties_or_with_their_own_latitude_are_read() -> None:
    features = [{"geometry": a_point(), "properties": {"latitude": "here", "a": 1}}, "no feature",
                {"geometry": a_point(), "properties": None}]  # fmt: skip
    table = only(as_json({"type": "FeatureCollection", "features": features}))
    headers = {column.header for column in table.columns}
    assert {"latitude", "latitude of the geometry", "longitude"} <= headers


def test_more_points_than_are_allowed_are_refused() -> None:
    limits = Limits(max_points=3)
    assert (
        refusal(layer(a_point(), a_point(), a_point()), "p.geojson", limits)
        == "workbook.too-many-points"
    )
    assert refusal(shp([[(1, 2)]]), "p.shp", limits) == "workbook.too-many-points"
    line = struct.pack("<BII8d", 1, 2, 4, *range(8))
    assert refusal(geopackage(line), "p.gpkg", limits) == "workbook.too-many-points"


def test_a_geopackage_is_read_layer_by_layer() -> None:
    book = read_book(geopackage(), "p.gpkg")
    (table,) = book.tables
    assert (book.kind, table.sheet) == (FileKind.GEOPACKAGE, "sites")
    assert [column.header for column in table.columns] == [
        "fid",
        "name",
        "n",
        "latitude",
        "longitude",
    ]
    assert table.cells.rows() == [
        ("1", "حلب", "2", "36.2", "37.15"),
        ("2", "Idlib", "0.5", None, None),
    ]
    unknown = read_book(geopackage(srs=999_999), "p.gpkg")
    assert [note.code for note in unknown.notes] == ["workbook.unknown-projection"]


def test_nothing_in_a_geopackage_is_run() -> None:
    import sqlite3  # noqa: PLC0415 - only here

    file = sqlite3.connect(":memory:")
    file.deserialize(geopackage())
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i FROM n"
    file.execute(f"CREATE VIEW endless AS {endless}")
    file.execute("INSERT INTO gpkg_contents VALUES ('endless', 'features')")
    file.commit()
    assert [t.sheet for t in read_book(file.serialize(), "p.gpkg").tables] == ["sites"]
    file.execute("DELETE FROM gpkg_contents WHERE table_name = 'sites'")
    file.commit()
    assert refusal(file.serialize(), "p.gpkg") == "workbook.no-table"
    file.execute("DROP TABLE gpkg_contents")
    file.commit()
    assert refusal(file.serialize(), "p.gpkg") == "workbook.not-a-workbook"
    file.close()


def test_a_geopackage_without_geometries_is_a_table() -> None:
    import sqlite3  # noqa: PLC0415 - only here

    file = sqlite3.connect(":memory:")
    file.deserialize(geopackage(wkb=b"\xff"))
    assert only(file.serialize(), "p.gpkg").cells.width == 3
    file.execute("UPDATE gpkg_geometry_columns SET table_name = 'other'")
    file.commit()
    assert only(file.serialize(), "p.gpkg").cells.width == 4
    file.execute("DROP TABLE gpkg_geometry_columns")
    file.commit()
    content = file.serialize()
    file.close()
    assert only(content[:18] + b"\x02\x02" + content[20:], "p.gpkg").cells.width == 4
    assert refusal(content, "p.gpkg", Limits(max_cells=4)) == "workbook.too-many-cells"
    assert refusal(content[:5_000] + b"x" * 9_000, "p.gpkg") == "workbook.broken"


def test_a_zipped_shapefile_is_read_with_its_columns() -> None:
    rows = [
        (b"Aleppo", b"    12.50", b"20240301", b"T"),
        ("إدلب".encode(), b"****", b"        ", b"?"),
    ]
    content = zipped({
        "a/Sites.SHP": shp(SQUARE, SQUARE), "a/sites.dbf": dbf(rows, "CNDL"),
        "a/sites.cpg": "UTF-8", "a/sites.prj": DEGREES,
    })  # fmt: skip
    book = read_book(content, "p.zip")
    assert (book.kind, book.tables[0].sheet) == (FileKind.SHAPEFILE, "sites")
    assert [column.header for column in book.tables[0].columns][:4] == [
        "NAME",
        "NUMBER",
        "DAY",
        "TRUE",
    ]
    assert book.tables[0].cells.rows() == [
        ("Aleppo", "12.5", "2024-03-01", "TRUE", "36.5833333", "37.5833333"),
        ("إدلب", None, None, None, "36.5833333", "37.5833333"),
    ]


def test_the_encoding_of_a_shapefile_is_found_where_none_is_named() -> None:
    rows = [("جمعية حلب".encode("windows-1256"), b"1"), ("محافظة".encode("windows-1256"), b"2")]
    content = zipped({"s.shp": shp(*[[[(37.0, 36.0)]]] * 2, kind=1), "s.dbf": dbf(rows)})
    assert only(content, "p.zip").cells["A"].to_list() == ["جمعية حلب", "محافظة"]
    said = zipped(
        {"s.shp": shp(*[[[(37.0, 36.0)]]] * 2, kind=1), "s.dbf": dbf(rows), "s.cpg": "ANSI 1256"}
    )
    assert only(said, "p.zip").cells["A"].to_list() == ["جمعية حلب", "محافظة"]


@pytest.mark.parametrize(
    ("shape", "kind", "place"),
    [
        ([[(1, 2)]], 1, ("2", "1")),
        ([[(0, 0), (2, 4)]], 8, ("2", "1")),
        ([[(0, 0), (4, 0)], [(0, 3), (4, 3)]], 3, ("1.5", "2")),
        ([[(0, 0), (2, 0), (0, 0)]], 5, ("0", "1")),
    ],
)
def test_outlines_alone_have_places_only(
    shape: list[list[tuple[float, float]]], kind: int, place: tuple[str, str]
) -> None:
    book = read_book(shp(shape, shape, kind=kind), "p.shp")
    assert book.tables[0].cells.row(0) == place
    assert [note.code for note in book.notes] == ["workbook.no-attributes"]


@pytest.mark.parametrize(
    "parts",
    [
        {"s.shp": shp(SQUARE)[:140], "s.dbf": dbf([(b"a", b"1")])},
        {"s.shp": shp(SQUARE), "s.dbf": dbf([(b"a", b"1")] * 2)},
        {"s.shp": shp(SQUARE), "s.dbf": dbf([(b"a", b"1")]).replace(b"\r", b"x")},
        {"s.shp": shp(SQUARE), "s.dbf": b"short"},
        {"s.shp": shp(SQUARE, kind=9), "s.dbf": dbf([(b"a", b"1")])},
        {"s.shp": shp(SQUARE)[:104] + b"\xff\xff\xff\xfc" + shp(SQUARE)[108:]},
        {"s.shp": shp(SQUARE).replace(struct.pack("<ii", 0, 5), struct.pack("<ii", 5, 5))},
        {
            "s.shp": shp(SQUARE),
            "s.dbf": dbf([(b"a", b"1")]).replace(b"\x01\x00\x00\x00", b"\xff" * 4),
        },
        {
            "s.shp": shp(SQUARE).replace(struct.pack("<ii", 2, 10), struct.pack("<ii", 2, 9_999)),
            "s.dbf": b"",
        },
        {
            "s.shp": shp(SQUARE).replace(struct.pack("<ii", 2, 10), struct.pack("<ii", -2, 10)),
            "s.dbf": b"",
        },
    ],
)
def test_a_damaged_shapefile_is_refused(parts: dict[str, bytes]) -> None:
    assert refusal(zipped(parts), "p.zip") == "workbook.broken"


def test_shapes_that_are_nowhere_have_no_place() -> None:
    content = zipped(
        {
            "s.shp": shp([[(1, 1)]], [[(1, 1)]], kind=0),
            "s.dbf": dbf([(b"Aid", b"1"), (b"Help", b"2")]),
        }
    )
    assert only(content, "p.zip").cells.width == 2
    patch = struct.pack("<i32x4i8d", 31, 1, 2, 0, 0, *range(8))  # a surface in space
    whole = struct.pack(">ii", 1, len(patch) // 2) + patch
    space = zipped({"s.shp": shp(kind=31) + whole, "s.dbf": dbf([(b"Aid", b"1")])})
    assert only(space, "p.zip").cells.width == 2
    short = zipped({"s.shp": shp([[(1, 1)]], kind=5), "s.dbf": dbf([(b"Aid", b"1")])})
    assert only(short, "p.zip").cells.width == 2
    many = zipped({"s.shp": shp([[(1, 1)]], kind=1), "s.dbf": dbf([(b"Aid", b"1")])})
    assert refusal(many, "p.zip", Limits(max_cells=1)) == "workbook.too-many-cells"


def test_a_deleted_row_of_a_shapefile_is_left_out_with_its_geometry() -> None:
    columns = dbf([(b"Aid", b"1"), (b"Gone", b"2"), (b"Help", b"3")])
    content = zipped({
        "s.shp": shp([[(1, 1)]], [[(2, 2)]], [[(3, 3)]], kind=1),
        "s.dbf": columns.replace(b" Gone", b"*Gone"),
    })  # fmt: skip
    assert only(content, "p.zip").cells.rows() == [("Aid", "1", "1", "1"), ("Help", "3", "3", "3")]


def test_outlines_are_weighed_with_their_holes_however_they_run() -> None:
    two = [a_square(0, 0, 4), a_square(10, 0, 2), a_square(1, 1, 2, hole=True)]
    (table,) = read_book(shp(two, two), "p.shp").tables
    assert table.cells.row(0) == ("1.75", "4.25")
    wrong = [ring[::-1] for ring in (a_square(0, 0, 4), a_square(10, 0, 4))]
    (table,) = read_book(shp(wrong, [[(float("nan"), 1)]], wrong), "p.shp").tables
    assert table.cells.row(0) == ("2", "7")
    assert table.cells.height == 2
