"""The minimum data tables of mine action."""

import csv
import io
import zipfile
from typing import Any

import polars as pl
import pytest

from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.disclosure import Audience
from takatuf.formats.writers.products.mine_action import risk_education_of, write_imsma
from takatuf.vocabulary.errors import InputError, NotAllowedError
from tests.builders_products import a_frame, products_of, some_products

EDUCATION: dict[str, Any] = {
    "activity_type": "Explosive Ordnance Risk Education",
    "reached_girls": 400.0,
}


def table(products: Products, name: str, frame: pl.DataFrame) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(write_imsma(products, {name: frame}))) as archive:
        text = archive.read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_risk_education_is_found_by_its_words_in_several_languages() -> None:
    rows: list[dict[str, Any]] = [
        EDUCATION,
        {"activity_type": "توعية بمخاطر الذخائر"},
        {"activity_type": "Farm repairs"},
    ]
    found = risk_education_of(some_products(*rows))

    assert found["method"].to_list() == [rows[0]["activity_type"], rows[1]["activity_type"]]
    assert found["beneficiaries"].to_list() == [1200, 1200]
    assert risk_education_of(products_of(a_frame().drop("activity_type"))).is_empty()


def test_a_row_says_what_it_has_not_of_the_minimum_data() -> None:
    products = some_products(EDUCATION)
    (row,) = table(products, "risk_education", risk_education_of(products))
    assert row["missing"] == ""
    assert (row["place"], row["girls"], row["received_at"]) == (
        "Old Town",
        "400.0",
        "2024-04-02T09:00:00Z",
    )
    partial = pl.DataFrame({"id": ["h1"], "status": ["open"], "name": ["=x"]})
    partners = some_products(audience=Audience.PARTNERS)
    (row,) = table(partners, "contaminated_area", partial)
    assert row["name"] == "'=x"
    assert row["missing"].startswith("observed_at received_at benchmark_lat")


def test_hazards_are_not_for_the_public_and_devices_not_for_partners() -> None:
    hazards = {"contaminated_area": pl.DataFrame({"id": ["h1"]})}
    with pytest.raises(NotAllowedError, match="contaminated_area"):
        write_imsma(some_products(), hazards)
    devices = {"contaminated_area": pl.DataFrame({"id": ["h1"], "device_category": ["mine"]})}
    with pytest.raises(NotAllowedError, match="device_category"):
        write_imsma(some_products(audience=Audience.PARTNERS), devices)
    with pytest.raises(NotAllowedError, match="accident"):
        write_imsma(some_products(audience=Audience.PARTNERS), {"accident": pl.DataFrame()})


def test_records_of_persons_have_no_table_and_no_column() -> None:
    with pytest.raises(InputError) as refused:
        write_imsma(
            some_products(),
            {"victim": pl.DataFrame(), "risk_education": pl.DataFrame({"victim_name": ["x"]})},
        )
    assert [problem.found for problem in refused.value.problems] == ["victim", "victim_name"]


def test_the_archive_says_what_it_is_and_is_the_same_each_time() -> None:
    products = some_products(EDUCATION)
    content = write_imsma(products, {"risk_education": risk_education_of(products)})

    assert content == write_imsma(products, {"risk_education": risk_education_of(products)})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "Red Lamp has not reported" in archive.read("about.txt").decode()
