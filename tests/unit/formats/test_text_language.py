from datetime import date

import pytest

from takatuf.formats.readers.text.language.days import days_of
from takatuf.formats.readers.text.language.phrases import Hit, PhraseBook, alternatives
from takatuf.formats.readers.text.language.words import fold, forms_of, words_of
from tests.builders_text import WEDNESDAY, amounts, found_amounts


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("والمياه", "مياه"),
        ("للمياه", "مياه"),
        ("بحلب", "حلب"),
        ("Aleppo's", "aleppo"),
        ("Ma'saraniyeh", "masaraniyeh"),
        ("طُهِّرت", "طهرت"),
        ("مدينة", "مدينه"),
    ],
)
def test_a_word_is_found_without_what_is_written_on_it(word: str, form: str) -> None:
    assert form in forms_of(word)


def test_folding_keeps_every_place_in_the_text() -> None:
    text = "إلى ٢٥ حلب İstanbul"
    assert len(fold(text)) == len(text)


def hits(phrases: str, text: str) -> list[Hit]:
    wanted = alternatives(phrases)
    return PhraseBook(wanted).find(words_of(text)).of(wanted)


@pytest.mark.parametrize(
    ("phrases", "text", "first"),
    [
        ("restor*", "Water was restored", 2),
        ("cut off", "it was cut off again", 2),
        ("يوزع", "وهم يوزعون الخبز", None),
        ("وزع*", "وهم يوزعون الخبز", 1),
        ("إنتاج", "وإن إنتاجها كبير", 1),
        ("عودة", "موعد عودتها", 1),
        ("health cent*", "two health centres", 1),
    ],
)
def test_a_phrase_is_found_in_any_form(phrases: str, text: str, first: int | None) -> None:
    found = hits(phrases, text)
    assert [hit.first for hit in found] == ([] if first is None else [first])


def test_an_arabic_verb_of_the_future_is_known_as_such() -> None:
    (later,) = hits("تصل", "ستصل المياه")
    (now,) = hits("تصل", "تصل المياه")
    assert (later.is_future, now.is_future) == (True, False)


def test_the_longest_phrase_at_a_place_counts() -> None:
    phrases = frozenset(alternatives("told|told by"))
    finds = PhraseBook(phrases).find(words_of("was told by them"))
    assert finds.longest_at(1, phrases) == (3, "told by")
    assert finds.longest_at(0, phrases) == (0, "")
    assert finds.longest_before(2, phrases) == (1, "told")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more than 25,000 Christians", [("more than 25000", "people")]),
        ("2,000 hectares", [("2000", "ha")]),
        ("مئتي ألف نازح", [("200000", "people")]),
        ("خمسة وعشرين ألف مسيحي", [("25000", "people")]),
        ("أكثر من ١٢٠٠ شخص", [("more than 1200", "people")]),
        ("ألف ومئة وخمسون عائلة", [("1150", "families")]),
        ("١٥٠٠ متر مكعب يومياً", [("1500", "m3/day")]),
        ("9,600 acres (3,885 hectares)", [("9600", "acre")]),
        ("3 buildings (4 wells)", [("3", "buildings"), ("4", "wells")]),
        ("12 300 people", [("12300", "people")]),
        ("1 300 000 people", [("1300000", "people")]),
        ("1.5 million people", [("1500000", "people")]),
        ("2-3 million people", [("2000000 to 3000000", "people")]),
        ("50 to 70 patients a day", [("50 to 70", "people/day")]),
        ("between 50 and 70 wells", [("50 to 70", "wells")]),
        ("50 and 70 wells", [("50", ""), ("70", "wells")]),
        ("70 to 50 wells", [("70", ""), ("50", "wells")]),
        ("18 of 21 health centres", [("18 of 21", "centres")]),
        ("Of 21 primary health centres, 18 are closed", [("18 of 21", "centres")]),
        ("Of 18 health centres, 21 are closed", [("18", "centres"), ("21", "")]),
        ("60 % of homes", [("60", "percent")]),
        ("$14 million", [("14000000", "USD")]),
        ("SYP 6 billion", [("6000000000", "SYP")]),
        ("two hundred and fifty houses", [("250", "buildings")]),
        ("twenty-five shells", [("25", "items")]),
        ("some 60 displaced families", [("about 60", "families")]),
        ("3 badly damaged hospitals", [("3", "hospitals")]),
        ("4 hours a day", [("4", "hours")]),
        ("one of them", []),
        ("in 2017", []),
        ("hundred " * 400, []),
        ("1,200 were treated", [("1200", "")]),
        ("230, 5 wells", [("230", ""), ("5", "wells")]),
        ("3 3 wells", [("3", ""), ("3", "wells")]),
        ("5 and wells", [("5", "")]),
        ("five, six wells", [("6", "wells")]),
        ("3 bad litres", [("3", "")]),
    ],
)
def test_numbers_are_found_with_what_they_count(text: str, expected: list[tuple[str, str]]) -> None:
    assert amounts(text) == expected


def test_a_number_with_two_readings_has_none() -> None:
    (found,) = found_amounts("2,9 tonnes")
    assert (found.figure, found.unit, found.amount) == ("2,9", "tonnes", None)


def test_a_share_without_one_reading_is_no_share() -> None:
    assert amounts("of 21 wells, 2,9 work") == [("21", "wells"), ("2,9", "")]


def test_a_part_of_a_number_is_known_as_such() -> None:
    assert [one.is_part for one in found_amounts("900 shells, including 300 mines")] == [
        False,
        True,
    ]


def day_of(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, bool]]:
    found = days_of(text, 0, len(text), published)
    return [(str(one.on) if one.on else one.doubt, one.is_bound) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 2017-02-04", "2017-02-04"),
        ("on 14 June 2017", "2017-06-14"),
        ("on June 14, 2017", "2017-06-14"),
        ("in March 2016", "2016-03"),
        ("14 حزيران/يونيو 2017", "2017-06-14"),
        ("في كانون الأول 2016", "2016-12"),
        ("أواخر عام 2016", "late 2016"),
        ("in late 2016", "late 2016"),
        ("في عام 2015", "2015"),
        ("yesterday", "2017-06-13"),
        ("last week", "about 2017-06-07"),
        ("last month", "2017-05"),
        ("العام الماضي", "2016"),
        ("on Tuesday", "2017-06-13"),
        ("on Wednesday", "2017-06-14"),
        ("last Wednesday", "2017-06-07"),
        ("الأربعاء الماضي", "2017-06-07"),
        ("on 3 February", "2017-02-03"),
        ("on 24 December", "2016-12-24"),
    ],
)
def test_a_date_is_read_from_the_text_and_its_publication(text: str, expected: str) -> None:
    assert day_of(text) == [(expected, False)]


@pytest.mark.parametrize(
    "text",
    ["from 2012 to 2016", "2012-2016", "between 2012 and 2016", "من عام 2012 إلى عام 2016",
     "بين عامي 2012 و2016"],
)  # fmt: skip
def test_a_span_of_years_is_one_date(text: str) -> None:
    assert day_of(text) == [("2012-2016", False)]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("on 3/4/2017", "3/4/2017: which number is the month?"),
        ("next Tuesday", "“next tuesday”: which day?"),
        ("on 30 February 2017", "there is no such day"),
        ("on 31 February", "is no day of the year before"),
    ],
)
def test_a_date_that_cannot_be_known_is_asked_for(text: str, doubt: str) -> None:
    ((found, _),) = day_of(text)
    assert doubt in found


@pytest.mark.parametrize("text", ["on Tuesday", "yesterday", "last week", "on 3 February"])
def test_without_the_day_of_publication_nothing_is_guessed(text: str) -> None:
    ((found, _),) = day_of(text, None)
    assert "publication" in found


def test_a_date_that_bounds_a_time_is_no_day_of_observation() -> None:
    assert day_of("since December 2016") == [("2016-12", True)]
    assert day_of("منذ كانون الأول 2016") == [("2016-12", True)]
