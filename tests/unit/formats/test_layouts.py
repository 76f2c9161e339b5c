from functools import partial

import pytest

from takatuf.actions.import_reports import find_thing
from takatuf.formats.readers.layouts import ReadRow, read_rows
from takatuf.formats.readers.source_columns import Context
from takatuf.formats.readers.tables import read_table
from takatuf.picture.names import Names
from takatuf.reports.report import Certainty, Modality
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.time import parse_date
from takatuf.vocabulary.value import Reference, Text, Token

CITY, OCHA = ThingId("place/aleppo-city"), ThingId("organisation/ocha")
NAMES = Names({"aleppo city": (CITY,), "ocha": (OCHA,)}, {CITY: "Aleppo city", OCHA: "OCHA"}, {})
CONTEXT = Context(load_vocabulary(), partial(find_thing, NAMES), {OCHA: "un_agency"}, "OCHA")
LONG = "thing,property,value,unit,modality,observed_at,certainty,sensitivity,wording,source_type\n"


def read(text: str, context: Context = CONTEXT) -> list[ReadRow]:
    return list(read_rows(read_table(text.encode(), "a.csv"), "a.csv", context))


def codes_of(row: str, header: str = LONG) -> list[str]:
    return [problem.code for read_row in read(header + row) for problem in read_row.problems]


def test_a_row_of_statements_is_one_claim() -> None:
    (row,) = read(
        LONG + "Aleppo city,residents,about 1.5 million,people,estimated,2017-01,probable,,"
        "as quoted,un_agency\n"
    )
    assert row.report is not None
    (claim,) = row.report.claims
    assert claim.thing == CITY
    assert claim.value == Amount(1_500_000, 1_500_000, "people", is_about=True)
    assert (claim.modality, claim.certainty) == (Modality.ESTIMATED, Certainty.PROBABLE)
    assert (claim.observed_at, claim.wording) == (parse_date("2017-01"), "as quoted")
    assert row.report.source.organisation == OCHA


def test_a_row_of_things_is_a_claim_for_each_cell_that_is_not_blank() -> None:
    (row,) = read(
        "thing,name,also_called,position,area [acres],part_of,sensitivity\n"
        'place/x,X,Ecks; Eks,"36.2, 37.1",100,Aleppo city,restricted\n'
    )
    assert row.report is not None
    said = [(claim.property, claim.value) for claim in row.report.claims]
    assert said == [
        ("name", Text("X")),
        ("also_called", Text("Ecks")),
        ("also_called", Text("Eks")),
        ("position", Point(36.2, 37.1)),
        ("area", Amount(100, 100, "acre")),
        ("part_of", Reference(CITY)),
    ]
    assert {claim.sensitivity for claim in row.report.claims} == {Sensitivity.RESTRICTED}


def test_a_blank_cell_says_nothing() -> None:
    (row,) = read("thing,name,area [ha]\nplace/x,X,\n")
    assert row.report is not None
    assert [claim.property for claim in row.report.claims] == ["name"]


def test_an_allowed_value_may_be_given_by_its_label_in_any_language() -> None:
    declared = CONTEXT.vocabulary.properties["network_supply_status"].values[0]
    for written in (declared.word, declared.label.ar, declared.label.ru.upper()):
        (row,) = read(LONG + f"Aleppo city,network_supply_status,{written},,,2017-06,,,,\n")
        assert row.report is not None
        assert row.report.claims[0].value == Token(declared.word)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Nowhere,residents,5,people,,2017,,,,", "claim.unknown-thing"),
        ("Aleppo city,residentz,5,people,,2017,,,,", "claim.unknown-property"),
        ("Aleppo city,residents,5,furlongs,,2017,,,,", "cell.unknown-unit"),
        ("Aleppo city,residents,many,people,,2017,,,,", "cell.not-a-number"),
        ('Aleppo city,residents,"2,9",people,,2017,,,,', "cell.not-a-number"),
        ("Aleppo city,residents,,people,,2017,,,,", "cell.blank-value"),
        ("Aleppo city,residents,5,people,,3/4/2017,,,,", "cell.not-a-date"),
        ("Aleppo city,residents,5,people,whispered,2017,,,,", "cell.value-not-allowed"),
        ("Aleppo city,residents,5,people,,2017,perhaps,,,", "cell.value-not-allowed"),
        ("Aleppo city,residents,5,people,,2017,,secret,,", "cell.value-not-allowed"),
        ("Aleppo city,residents,5,people,,2017,,,,martians", "source.unknown-type"),
        ('Aleppo city,position,"0, 0",,,2017,,,,', "cell.not-a-point"),
        ("Aleppo city,position,somewhere,,,2017,,,,", "cell.not-a-point"),
    ],
)
def test_each_cell_without_a_reading_is_named(row: str, code: str) -> None:
    assert codes_of(row) == [code]


def test_every_problem_of_a_row_comes_at_once() -> None:
    row = "Nowhere,residents,many,people,whispered,3/4/2017,,,,martians"
    assert codes_of(row) == [
        "claim.unknown-thing",
        "cell.not-a-number",
        "cell.value-not-allowed",
        "cell.not-a-date",
        "source.unknown-type",
    ]


def test_who_reports_must_be_said_somewhere() -> None:
    nobody = Context(CONTEXT.vocabulary, CONTEXT.find_thing, {})
    (row,) = read(LONG + "Aleppo city,residents,5,people,,2017,,,,\n", nobody)
    assert [problem.code for problem in row.problems] == ["source.no-organisation"]
    assert "--as" in row.problems[0].hint


def test_an_unknown_column_is_named_and_left_out() -> None:
    rows = read("thing,nmae,name\nplace/x,?,X\n")

    assert [problem.code for problem in rows[0].problems] == ["file.unknown-column"]
    assert "Did you mean name" in rows[0].problems[0].hint
    assert rows[1].report is not None
    assert [claim.property for claim in rows[1].report.claims] == ["name"]


def test_a_column_without_a_name_is_named_as_such() -> None:
    rows = read("thing,,name\nplace/x,?,X\n")
    assert rows[0].problems[0].found == "a column without a name"


def test_a_header_of_no_layout_is_refused_whole() -> None:
    with pytest.raises(InputError, match=r"file\.unknown-layout"):
        read("place,people\nx,5\n")


def test_where_it_was_published_and_whom_it_quotes_are_kept() -> None:
    (row,) = read(
        "thing,property,value,unit,observed_at,organisation,published_on,title,publisher,address,"
        f"origin,supersedes\nAleppo city,residents,5,people,2017,OCHA,2017-02-04,Sitrep,OCHA,"
        f"https://example.org,OCHA,{'0' * 64}\n"
    )
    assert row.report is not None
    assert row.report.published.on == parse_date("2017-02-04")
    assert (row.report.published.title, row.report.published.address) == (
        "Sitrep",
        "https://example.org",
    )
    assert (row.report.origin, row.report.supersedes) == (OCHA, "0" * 64)
