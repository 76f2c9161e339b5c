"""A map on paper: one page at its true size, the same bytes each time."""

import sys

import pytest

from takatuf.formats.writers.maps import map_pdf, map_picture, typesetting
from takatuf.vocabulary.errors import UnavailableError
from tests.builders_maps import a_city_map, a_map_place, an_empty_map


@pytest.fixture
def _printing() -> None:
    pytest.importorskip("typst")
    pytest.importorskip("fontpkg_ibm_plex_sans_arabic")


@pytest.mark.usefixtures("_printing")
@pytest.mark.parametrize(
    ("page", "language", "size"),
    [("A4", "en", b"841.8898 595.2756"), ("A3", "ar", b"1190.5511 841.8898")],
)
def test_a_printed_map_has_the_size_of_its_paper(page: str, language: str, size: bytes) -> None:
    pdf = map_pdf(a_city_map(language), page, language)

    assert pdf.startswith(b"%PDF-")
    assert b"MediaBox[0 0 " + size in pdf
    assert pdf == map_pdf(a_city_map(language), page, language)


@pytest.mark.usefixtures("_printing")
def test_a_map_in_plain_letters_is_fit_to_be_kept_and_to_be_read_aloud() -> None:
    pdf = map_pdf(an_empty_map(places=(a_map_place(),)))

    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


@pytest.mark.usefixtures("_printing")
def test_a_letter_without_a_font_costs_the_standard_and_not_the_map() -> None:
    pdf = map_pdf(an_empty_map(title="漢字", known_when="some day", places=(a_map_place(),)))

    assert pdf.startswith(b"%PDF-")
    assert b"pdfaid:conformance" not in pdf


@pytest.mark.usefixtures("_printing")
def test_a_map_can_be_looked_at_as_a_picture() -> None:
    assert map_picture(a_city_map(), ppi=30).startswith(b"\x89PNG")


def test_without_typst_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(UnavailableError, match=r"takatuf\[pdf\]"):
        map_pdf(an_empty_map())


def test_without_the_font_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("typst")
    monkeypatch.setattr(typesetting, "FONT_PACKAGE", "no_such_font")

    with pytest.raises(UnavailableError, match=r"takatuf\[pdf\]"):
        map_pdf(an_empty_map())
