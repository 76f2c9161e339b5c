"""Products of the activities: each form can be made, and what is withheld never leaves."""

import json
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from takatuf.actions.workbooks.due import DueAsked
from takatuf.actions.workbooks.export_products import Form, Product, Wanted
from takatuf.formats.writers.products import Audience, Response
from takatuf.vocabulary.errors import InputError, NotFoundError
from takatuf.vocabulary.identity import ThingId
from takatuf.workspace.workbooks import WorkbookDesk
from tests.builders_activities import a_row, a_table, a_workspace, looked_at, taken_in

needs_pdf = pytest.mark.skipif(find_spec("typst") is None, reason="the extra pdf is not installed")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkbookDesk]:
    folder = tmp_path_factory.mktemp("products")
    with a_workspace(folder) as workspace:
        rows = [
            a_row(Lat="36.2", Lon="37.1", Remarks="A remark that stays among partners"),
            a_row(Organisation="Care for All", Acronym="CFA", District="Hillside"),
            a_row(Month="2024-04", Reached="300"),
        ]
        taken_in(workspace, folder, rows)
        yield WorkbookDesk(workspace)


def made(desk: WorkbookDesk, product: Product, form: Form, **changes: object) -> bytes:
    changes.setdefault("response", Response(country="SY"))
    return desk.export(Wanted(product=product, form=form, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("product", "form"),
    [
        (Product.FOUR_W, Form.XLSX),
        (Product.FOUR_W, Form.CSV),
        (Product.FOUR_W, Form.JSON),
        (Product.FOUR_W, Form.GEOJSON),
        (Product.FOUR_W, Form.GEOPACKAGE),
        (Product.MATRIX, Form.XLSX),
        (Product.MATRIX, Form.CSV),
        (Product.MATRIX, Form.HTML),
        (Product.SITREP, Form.HTML),
        (Product.MAP, Form.SVG),
        (Product.IATI, Form.XML),
        (Product.IMSMA, Form.ZIP),
        (Product.PROV, Form.JSON),
        pytest.param(Product.SITREP, Form.PDF, marks=needs_pdf),
        pytest.param(Product.MAP, Form.PDF, marks=needs_pdf),
    ],
)
def test_every_product_can_be_made_and_tells_the_public_nothing_of_partners(
    desk: WorkbookDesk, product: Product, form: Form
) -> None:
    content = made(desk, product, form)

    assert content
    for withheld in (b"A donor", b"stays among partners"):
        assert withheld not in content


def test_partners_see_what_is_for_partners(desk: WorkbookDesk) -> None:
    text = made(desk, Product.FOUR_W, Form.CSV, audience=Audience.PARTNERS).decode()

    assert "A donor" in text
    assert "A donor" not in made(desk, Product.FOUR_W, Form.CSV).decode()


def test_a_product_is_of_a_day(desk: WorkbookDesk) -> None:
    march = made(desk, Product.FOUR_W, Form.JSON, as_of=date(2031, 4, 20))

    assert "2024-04" in march.decode()
    with pytest.raises(NotFoundError, match="No activities"):
        made(desk, Product.FOUR_W, Form.JSON, as_of=date(2024, 4, 1))


def test_the_report_is_written_in_arabic_from_the_right(desk: WorkbookDesk) -> None:
    page = made(desk, Product.SITREP, Form.HTML, language="ar").decode()

    assert 'dir="rtl"' in page


def test_the_report_counts_the_hazards_that_are_on_record(tmp_path: Path) -> None:
    hazards = (
        "thing,name,organisation,source_type,hazard_state\n"
        "organisation/survey,Survey body,organisation/survey,un_agency,\n"
        "hazard_area/field,Field,organisation/survey,un_agency,confirmed_hazardous_area\n"
    )
    with a_workspace(tmp_path) as workspace:
        (tmp_path / "hazards.csv").write_text(hazards)
        assert not workspace.import_file(tmp_path / "hazards.csv").problems
        without = "No hazardous area is on record"
        taken_in(workspace, tmp_path, [a_row()])

        page = made(WorkbookDesk(workspace), Product.SITREP, Form.HTML).decode()

    assert without not in page


def test_a_form_is_filled_for_one_partner_and_one_period(desk: WorkbookDesk) -> None:
    whose = ThingId("organisation/hope-relief")
    form = made(desk, Product.FORM, Form.XLSX, organisation=whose, period="2024-05")

    assert form.startswith(b"PK")
    for lacking in ({"period": "2024-05"}, {"organisation": whose}):
        with pytest.raises(InputError) as refused:
            made(desk, Product.FORM, Form.XLSX, **lacking)
        assert refused.value.problems[0].code == "export.form-of-whom"


def test_a_product_without_such_a_form_is_explained(desk: WorkbookDesk) -> None:
    with pytest.raises(InputError) as refused:
        made(desk, Product.IATI, Form.PDF)

    assert refused.value.problems[0].code == "export.no-such-form"
    assert refused.value.problems[0].expected == "xml"


@pytest.mark.parametrize("form", [Form.XLSX, Form.CSV, Form.JSON])
def test_our_own_product_comes_back_without_a_change(
    desk: WorkbookDesk, tmp_path: Path, form: Form
) -> None:
    file = tmp_path / f"4w.{form.value}"
    for audience in Audience:
        file.write_bytes(made(desk, Product.FOUR_W, form, audience=audience))

        preview = desk.preview(file, organisation="The desk")

        assert {fate.value: n for fate, n in preview.counts.items() if n} == {"same": 3}


def test_a_text_that_a_spreadsheet_would_run_comes_back_as_it_was(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        taken_in(workspace, tmp_path, [a_row(Activity="=1+1"), a_row(Activity="@sum")])
        desk = WorkbookDesk(workspace)
        file = tmp_path / "4w.csv"
        file.write_bytes(made(desk, Product.FOUR_W, Form.CSV))

        preview = desk.preview(file, organisation="The desk")

    assert b"'=1+1" in file.read_bytes()
    assert {fate.value: n for fate, n in preview.counts.items() if n} == {"same": 2}


def test_who_is_late_is_found_by_the_calendar(desk: WorkbookDesk) -> None:
    rows = desk.due(DueAsked(today=date(2024, 5, 20)))
    states = {(o, p): s for o, p, s in rows.select("organisation", "period", "state").rows()}

    assert states["organisation/hope-relief", "2024-04"] == "reported"
    assert states["organisation/care-for-all", "2024-04"] == "late"


def test_a_list_of_places_gives_codes_to_names(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        desk = WorkbookDesk(workspace)
        file = tmp_path / "places.csv"
        file.write_text(
            "ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE\n"
            "Northland,XX01,Riverside,XX0101\nNorthland,XX01,Hillside,XX0102\n"
        )
        desk.load_places(file, "COD-AB")
        bare = {k: v for k, v in a_row(District="hillside ").items() if "code" not in k}

        preview = looked_at(workspace, tmp_path, [bare])

    assert preview.tables[0].frame["adm2_pcode"].to_list() == ["XX0102"]


def test_the_marked_file_goes_back_with_its_questions(desk: WorkbookDesk, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(a_table(a_row(Reached="many"), a_row(Reached="-5", District="Hillside")))
    preview = desk.preview(file, organisation="The desk")

    returned = desk.returned(preview, file.read_bytes())

    assert returned.content.startswith(b"PK")
    assert returned.n_marked >= 2


def test_prov_says_who_said_what(desk: WorkbookDesk) -> None:
    told = json.loads(made(desk, Product.PROV, Form.JSON))

    assert any("hope-relief" in agent for agent in told["agent"])
