"""The printed report: the same words as the page, fit to be kept and to be read aloud."""

from dataclasses import replace

import pytest

from takatuf.formats.writers.sitrep import (
    Figure,
    Section,
    SourceRows,
    sitrep_pictures,
    write_sitrep_pdf,
)
from tests.builders_sitrep import a_bare_sitrep, a_report_id, a_sitrep


@pytest.fixture(autouse=True)
def _printing() -> None:
    pytest.importorskip("typst")
    pytest.importorskip("fontpkg_ibm_plex_sans_arabic")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_report_is_a_tagged_pdf_for_archives_and_the_same_each_time(language: str) -> None:
    content = replace(a_sitrep(language), map=None)

    pdf = write_sitrep_pdf(content)

    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert f"<dc:language><rdf:Bag><rdf:li>{language}<".encode() in pdf
    assert pdf == write_sitrep_pdf(content)


def test_the_map_has_a_page_of_its_own_that_lies_across() -> None:
    pdf = write_sitrep_pdf(a_sitrep("ar"))

    assert pdf.count(b"MediaBox[0 0 841.8898 595.2756]") == 1


def test_a_report_with_very_many_organisations_is_printed() -> None:
    rows = tuple(SourceRows(organisation=f"Group {n}", rows=(n,)) for n in range(60))
    figure = Figure(label="People", lowest=1, highest=2, rule="r", rows=rows)

    content = a_bare_sitrep(sections=(Section(title="A", figures=(figure,)),))

    assert write_sitrep_pdf(content).startswith(b"%PDF-")


def test_the_notes_of_a_large_report_are_cut_and_say_so() -> None:
    rows = tuple(
        SourceRows(
            organisation=f"Organisation number {n}",
            rows=tuple(range(n, 2_000, 97)),
            reports=tuple(a_report_id(row) for row in range(n, 2_000, 97)),
        )
        for n in range(97)
    )
    small, large = (
        a_bare_sitrep(
            sections=(
                Section(
                    title="A",
                    figures=tuple(
                        Figure(label=f"F{f}", lowest=f, highest=f, rule="r", rows=rows[f:])
                        for f in range(n_figures)
                    ),
                ),
            )
        )
        for n_figures in (1, 60)
    )

    n_small, n_large = (len(sitrep_pictures(content, ppi=10)) for content in (small, large))

    assert n_small <= 3
    assert n_large <= 8


def test_a_users_text_is_never_run() -> None:
    evil = '#panic("run") $x$ *a* \\ ] #include "/etc/passwd" <label> @ref'

    pictures = sitrep_pictures(
        a_bare_sitrep(title=evil, place=evil, not_included=(evil,), licence=evil), ppi=20
    )

    assert pictures[0].startswith(b"\x89PNG")
