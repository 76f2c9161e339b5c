"""The page of a situation report: self-contained, small, honest, readable in both languages."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from takatuf.formats.writers.maps.texts import Texts
from takatuf.formats.writers.sitrep import (
    Cell,
    Figure,
    HazardCount,
    MissingOrganisation,
    Reporting,
    Section,
    SourceRows,
    Summary,
    write_sitrep_page,
)
from takatuf.formats.writers.sitrep.footnotes import Detail
from takatuf.formats.writers.sitrep.page import MAX_BYTES
from takatuf.formats.writers.sitrep.view import PACKAGE
from tests.builders_sitrep import a_bare_sitrep, a_report_id, a_sitrep

VOID = {"meta", "br"}


class _Reader(HTMLParser):
    """Collects tags and texts, and complains of tags that do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.open: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.said += data


def said(page: str) -> str:
    """Return what a person reads, without the marks that set texts apart."""
    return re.sub("[\u2066-\u2069]", "", " ".join(_Reader(page).said.split()))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_loads_nothing_and_runs_nothing(language: str) -> None:
    page = write_sitrep_page(a_sitrep(language))

    for tag, attributes in _Reader(page).tags:
        assert tag not in {"script", "link", "iframe", "object", "embed", "img", "base", "use"}
        assert not {"src", "srcset", "action", "data"} & attributes.keys()
        assert (attributes.get("href") or "#").startswith("#")
    assert "default-src &#39;none&#39;" in page
    assert not re.search(r"url\((?!#)", page)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_is_small_before_its_map_and_the_same_each_time(language: str) -> None:
    content = a_sitrep(language)

    assert len(write_sitrep_page(replace(content, map=None)).encode()) <= MAX_BYTES
    assert write_sitrep_page(content) == write_sitrep_page(content)


def test_the_page_says_its_language_and_direction_and_sets_users_words_apart() -> None:
    page = write_sitrep_page(a_sitrep("ar"))

    assert '<html lang="ar" dir="rtl">' in page
    assert "<td><bdi>far shore</bdi></td>" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert 'direction="ltr"' in page


def test_every_figure_refers_to_a_note_that_exists() -> None:
    page = write_sitrep_page(a_sitrep())

    referred = set(re.findall(r'href="#n(\d+)"', page))
    noted = re.findall(r'<li id="n(\d+)">', page)

    assert referred == set(noted)
    assert noted == [str(number) for number in range(1, len(noted) + 1)]


def test_a_note_names_organisation_file_rows_and_reports() -> None:
    rows = (
        SourceRows(
            organisation="Water Board",
            file="october.xlsx",
            rows=(5, 6, 7, 12),
            reports=tuple(a_report_id(n) for n in range(4)),
        ),
        SourceRows(organisation="", rows=(3,)),
    )
    figure = Figure(label="People reached", lowest=10, highest=12, rule="As told.", rows=rows)

    text = said(write_sitrep_page(a_bare_sitrep(sections=(Section(title="A", figures=(figure,)),))))

    assert "10 to 12" in text
    assert "How counted: As told." in text
    assert "Not included: nothing known to be left out" in text
    assert f"Water Board, october.xlsx, rows 5-7, 12 [{a_report_id(0)[:8]} " in text
    assert "organisation not named, rows 3" in text


def test_zero_unknown_and_withheld_are_three_different_things() -> None:
    figures = (
        Figure(label="Zero", lowest=0, highest=0, rule="r"),
        Figure(label="Unknown", lowest=None, highest=None, rule="r"),
        Figure(label="Withheld", lowest=7, highest=7, rule="r", is_withheld=True,
               rows=(SourceRows(organisation="Canary", rows=(1,)),)),
    )  # fmt: skip

    page = write_sitrep_page(a_bare_sitrep(sections=(Section(title="A", figures=figures),)))

    text = said(page)
    assert "Zero 0" in text
    assert "Unknown not reported" in text
    assert "Nobody reported it; this is not zero." in text
    assert "Withheld withheld" in text
    assert "Canary" not in page


def test_a_rule_that_all_figures_share_is_said_once() -> None:
    figures = tuple(
        Figure(label=f"F{n}", lowest=n, highest=n, rule="One rule for all.") for n in range(4)
    )

    page = write_sitrep_page(a_bare_sitrep(sections=(Section(title="A", figures=figures),)))

    assert page.count("One rule for all.") == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_report_calls_a_place_safe_and_the_warning_always_stands(language: str) -> None:
    hazards = (HazardCount(state="released", n_areas=2, places=("Hilltop",)),)

    for shown in ((), hazards):
        text = said(write_sitrep_page(a_bare_sitrep(language=language, hazards=shown))).lower()
        assert "safe" not in text
        assert "آمن" not in text
        assert Texts(PACKAGE, language)("hazards.warning").lower() in text


def test_what_is_not_known_is_said_in_words() -> None:
    text = said(write_sitrep_page(a_bare_sitrep()))

    assert "nobody can tell from this report who is missing" in text
    assert "There is no earlier report to compare with." in text
    assert "No contradiction between sources is known for this report." in text
    assert "this does not mean that roads are open" in text
    assert "This report names no persons." in text
    assert "No hazardous area is on record for this report." in text


def test_who_is_missing_is_named_with_how_late_it_is() -> None:
    missing = (
        MissingOrganisation(name="Far Shore", period="2026-10", n_days_late=15, is_silent=True),
        MissingOrganisation(name="Near Shore", period="2026-10", n_days_late=3),
        MissingOrganisation(name="No Shore", period="2026-10"),
    )

    late = said(
        write_sitrep_page(
            a_bare_sitrep(reporting=Reporting(n_due=5, n_reported=2, missing=missing))
        )
    )
    complete = said(write_sitrep_page(a_bare_sitrep(reporting=Reporting(n_due=2, n_reported=2))))

    assert "2 of 5 organisations that were due have reported." in late
    assert "15; nothing received so far" in late
    assert "The work of the others is in none of the figures." in late
    assert "All organisations that were due have reported." in complete


def test_sources_that_differ_stand_side_by_side() -> None:
    text = said(write_sitrep_page(a_sitrep()))

    assert "No answer is chosen here, by vote or by average." in text
    assert "Water Board" in text
    assert "River Relief; هيئة الإغاثة" in text


def test_a_long_table_shows_the_busiest_places_and_says_so() -> None:
    n_shown = Detail().max_places
    n_places = n_shown + 5
    cells = tuple(
        Cell(place=f"Place {n:02d}", sector="Health", n_organisations=1, n_activities=n + 1)
        for n in range(n_places)
    )
    summary = Summary(
        sectors=("Health",), places=tuple(c.place for c in cells), cells=cells, rule="r"
    )

    text = said(write_sitrep_page(a_bare_sitrep(summary=summary)))

    assert f"{n_shown} places with the most activities of {n_places}" in text
    assert "Place 04" not in text
    assert "Place 05" in text


def test_overlaps_stand_in_their_cell() -> None:
    cell = Cell(place="North", sector="Health", n_organisations=2, n_activities=3, n_overlaps=1)
    summary = Summary(sectors=("Health", "Food"), places=("North",), cells=(cell,), rule="r")

    assert "2 / 3 overlaps: 1" in said(write_sitrep_page(a_bare_sitrep(summary=summary)))


def test_a_report_on_very_many_rows_stays_small_and_says_what_its_notes_leave_out() -> None:
    rows = tuple(
        SourceRows(
            organisation=f"Organisation {one}",
            rows=tuple(range(one, 8_000, 97)),
            reports=tuple(a_report_id(n) for n in range(one, 8_000, 97)),
        )
        for one in range(60)
    )
    figures = tuple(
        Figure(label=f"F{n}", lowest=n, highest=n, rule="r", rows=rows[n:]) for n in range(10)
    )

    page = write_sitrep_page(a_bare_sitrep(sections=(Section(title="A", figures=figures),)))

    assert len(page.encode()) <= MAX_BYTES
    assert re.search(r"organisations not listed here: \d+, with rows: ", said(page))
    assert re.search(r"rows [\d, ]+ and \d+ more", said(page))


def test_figures_and_rules_are_never_cut_even_where_the_page_grows_large() -> None:
    figures = tuple(
        Figure(label=f"Label {n}", lowest=n, highest=n, rule=f"Rule {n} " * 20) for n in range(300)
    )

    page = write_sitrep_page(a_bare_sitrep(sections=(Section(title="A", figures=figures),)))

    assert len(page.encode()) > MAX_BYTES
    assert "Rule 299" in page


def test_a_large_table_has_a_note_for_each_place_instead_of_each_cell() -> None:
    rows = {n: (SourceRows(organisation=f"Group {n % 9}", rows=(n, n + 1)),) for n in range(300)}
    cells = tuple(
        Cell(place=f"P{n // 15:02d}", sector=f"S{n % 15:02d}", n_organisations=1, n_activities=2,
             lowest=100.0 + n, highest=200.0 + n, rows=rows[n])
        for n in range(300)
    )  # fmt: skip
    sectors = tuple(sorted({cell.sector for cell in cells}))
    places = tuple(sorted({cell.place for cell in cells}))

    page = write_sitrep_page(
        a_bare_sitrep(summary=Summary(sectors=sectors, places=places, cells=cells, rule="r"))
    )

    assert len(page.encode()) <= MAX_BYTES
    assert len(re.findall(r'<li id="n\d+">', page)) == 20
    assert "<bdi>P00</bdi> <sup>" in page


def test_a_users_text_is_never_markup() -> None:
    evil = "<script>alert(1)</script>\"'&{{ 7 * 7 }}<!-- map -->"

    page = write_sitrep_page(
        replace(a_bare_sitrep(), title=evil, place=evil, not_included=(evil,), licence=evil)
    )

    assert "<script" not in page
    assert "<!-- map -->" not in page
    assert "{{ 7 * 7 }}" in page


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        write_sitrep_page(a_bare_sitrep(language="fr"))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "ground"), ("ink", "surface"), ("muted", "ground"), ("muted", "surface"),
        ("accent", "surface"), ("accent", "ground"), ("ink", "accent-ground"),
        ("top-ink", "top"), ("warn-ink", "warn"),
    ],
)  # fmt: skip
def test_all_words_have_enough_contrast_in_light_and_dark(
    scheme: int, ink: str, ground: str
) -> None:
    style = (files(PACKAGE) / "templates" / "sitrep.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", style.split(":root")[1 + scheme]))

    light, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2.2, 1.4.3, AA
