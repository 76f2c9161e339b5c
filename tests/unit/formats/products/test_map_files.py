"""The rows as GeoJSON and as a GeoPackage."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.geojson import write_geojson
from takatuf.formats.writers.products.geopackage import write_geopackage
from tests.builders_products import a_frame, products_of, some_products

ROWS: list[dict[str, Any]] = [
    {"adm1_name": "حلب"},
    {"lat": None, "lon": None, "reached": None},
    {"lat": 36.25, "lon": 37.0, "activity": None},
]


def test_a_feature_for_each_row_longitude_first() -> None:
    document = json.loads(write_geojson(some_products(*ROWS)))
    placed, unplaced, nameless = document["features"]

    assert placed["geometry"] == {"type": "Point", "coordinates": [37.16, 36.2]}
    assert placed["id"].startswith("activity/wells")
    assert placed["properties"]["adm1_name"] == "حلب"
    assert placed["properties"]["place_label"] == "Old Town"
    assert unplaced["geometry"] is None
    assert unplaced["properties"]["reached"] is None
    assert "id" not in nameless
    assert document["hxl"]["reached"] == "#reached+ind"
    assert document["about"]["licence"] == "CC BY 4.0"


def test_a_column_that_is_blank_everywhere_costs_no_bytes() -> None:
    frame = a_frame({"project_code": None, "end": None}, {"project_code": None})
    document = json.loads(write_geojson(products_of(frame)))

    assert "project_code" not in document["hxl"]
    assert "project_code" not in document["features"][0]["properties"]
    assert document["features"][0]["properties"]["end"] is None


@pytest.mark.parametrize("position", [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0), (1.0, None)])
def test_a_position_that_is_nowhere_is_no_position(position: tuple[float, float | None]) -> None:
    lat, lon = position
    (feature,) = json.loads(write_geojson(some_products({"lat": lat, "lon": lon})))["features"]
    assert feature["geometry"] is None


def test_rows_without_any_position_make_a_map_file_too() -> None:
    products = products_of(a_frame().drop("lat", "lon", "place_label"))
    assert json.loads(write_geojson(products))["features"][0]["geometry"] is None
    assert write_geopackage(products)


def layers(products: Products, tmp_path: Path) -> sqlite3.Connection:
    path = tmp_path / "activities.gpkg"
    path.write_bytes(write_geopackage(products))
    return sqlite3.connect(path)


def test_the_geopackage_has_the_tables_that_the_standard_requires(tmp_path: Path) -> None:
    with closing(layers(some_products(*ROWS), tmp_path)) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert database.execute("PRAGMA user_version").fetchone() == (10400,)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        contents = database.execute("SELECT * FROM gpkg_contents").fetchall()
        assert contents[0][4:] == ("2024-03-31T00:00:00.000Z", 37.0, 36.2, 37.16, 36.25, 4326)
        notes = dict(database.execute("SELECT what, text FROM about"))
        assert notes["Made by"] == "City Desk"
        assert notes["-"] == "Red Lamp has not reported March."


def test_the_bytes_of_map_files_are_the_same_each_time() -> None:
    assert write_geopackage(some_products(*ROWS)) == write_geopackage(some_products(*ROWS))
    assert write_geojson(some_products(*ROWS)) == write_geojson(some_products(*ROWS))


@pytest.mark.parametrize(
    ("write", "suffix"), [(write_geojson, "geojson"), (write_geopackage, "gpkg")]
)
def test_gdal_opens_it_with_arabic_intact(write: Any, suffix: str, tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio", reason="the extra roads is not installed")
    path = tmp_path / f"activities.{suffix}"
    path.write_bytes(write(some_products(*ROWS)))

    found = pyogrio.read_info(path, layer="activities")
    _, _, shapes, columns = pyogrio.raw.read(path, layer="activities", columns=["adm1_name"])

    assert found["features"] == 3
    assert found["crs"] == "EPSG:4326"
    assert columns[0].tolist() == ["حلب", "Aleppo", "Aleppo"]
    assert [shape is None for shape in shapes] == [False, True, False]
