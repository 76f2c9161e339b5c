"""Our own texts in two languages, with the values of others set apart."""

import pytest

from takatuf.formats.writers.maps.sheet import is_right_to_left, shortened, wrapped
from takatuf.formats.writers.maps.texts import Texts, apart

MAPS = "takatuf.formats.writers.maps"


@pytest.mark.parametrize(
    ("text", "english", "arabic"),
    [
        ("2026-11-20", "20 November 2026", "20 تشرين الثاني/نوفمبر 2026"),
        ("2026-10", "October 2026", "تشرين الأول/أكتوبر 2026"),
    ],
)
def test_a_day_is_given_in_figures_and_with_the_name_of_its_month(
    text: str, english: str, arabic: str
) -> None:
    assert Texts(MAPS, "en").day(text) == f"{apart(text)} ({english})"
    assert Texts(MAPS, "ar").day(text) == f"{apart(text)} ({arabic})"


@pytest.mark.parametrize("text", ["", "2026", "2026-Q1", "2026-13", "everything received"])
def test_what_is_no_day_is_shown_as_it_came(text: str) -> None:
    assert Texts(MAPS, "en").day(text) == text


def test_a_value_cannot_turn_the_words_around_it() -> None:
    assert apart("a\u202eb\u2069c") == "\u2068abc\u2069"
    assert apart("") == ""


def test_names_in_a_list_are_each_set_apart() -> None:
    listed = Texts(MAPS, "ar").listed(["Hilltop", "السوق"])

    assert listed == "\u2068Hilltop\u2069، \u2068السوق\u2069"
    assert Texts(MAPS, "ar")("map.source") == "المصدر"


def test_an_unknown_word_is_shown_in_plain_letters() -> None:
    assert Texts(MAPS, "en").of("hazard", "never_heard_of") == "never heard of"


@pytest.mark.parametrize(
    ("text", "expected"), [("السوق 2", True), ("2 السوق", True), ("Hilltop", False), ("12", False)]
)
def test_a_text_is_written_in_the_direction_of_its_first_letter(
    text: str, *, expected: bool
) -> None:
    assert is_right_to_left(text) is expected


def test_lines_are_broken_and_cut_by_their_width() -> None:
    assert wrapped("one two three", 10, 60) == ["one two", "three"]
    assert shortened("one two three", 10, 200) == "one two three"
    assert shortened("one two three", 10, 50).endswith("…")
