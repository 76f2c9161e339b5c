import pytest

from takatuf.activities.places.spelling.codes import (
    CodeReader,
    country_in,
    pattern_of,
    readings_of,
    scheme_of,
    segments_of,
)
from takatuf.activities.places.spelling.countries import countries, country_of
from takatuf.activities.places.spelling.likeness import alike, suggestions_for
from takatuf.activities.places.spelling.names import (
    is_several_areas,
    is_whole_area,
    place_key,
    plain_key,
    telling_words,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ségou", "  SEGOU "),
        ("Mayo-Belwa", "Mayo Belwa"),
        ("Askira/Uba", "askira uba"),
        ("N'gara", "N’gara"),
        ("الحسكة", "الحسكه"),
        ("إدلب", "ادلب"),
        ("Zones\u200b 1", "zones ١"),
        ("Yola\u00a0North", "Yola North"),
        ("Łódź", "lodz"),
    ],
)
def test_names_are_one_whatever_case_accents_signs_and_arabic_letter_forms(
    one: str, other: str
) -> None:
    assert place_key(one) == place_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Bahr District", "Bahr"),
        ("محافظة حلب", "حلب"),
        ("Commune IV", "Commune 4"),
        ("Zhytomyrska oblast", "Zhytomyrska"),
        ("Hong LGA", "Hong"),
        ("الحسكة", "حسكه"),
    ],
)
def test_a_plain_key_leaves_out_articles_and_what_kind_of_place_it_is(one: str, other: str) -> None:
    assert plain_key(one) == plain_key(other)


def test_a_name_of_type_words_only_keeps_them() -> None:
    assert telling_words("Rural District") == ["rural", "district"]


def test_marks_that_are_vowels_stay_in_a_name() -> None:
    assert place_key("काठमाडौं") != place_key("काठमाडा")


@pytest.mark.parametrize(
    "name",
    ["All", "all districts", "Country-wide", "Tout le cercle", "كل المحافظة", "Todo el país",
     "Весь район", "nationwide", "Whole Governorate"],
)  # fmt: skip
def test_words_for_a_whole_area_are_known_in_all_languages(name: str) -> None:
    assert is_whole_area(name)


@pytest.mark.parametrize("name", ["Balle", "Allah Gate", "", "District", "Todos Santos"])
def test_other_names_are_no_whole_area(name: str) -> None:
    assert not is_whole_area(name)


def test_several_areas_that_are_not_named_are_told_from_names() -> None:
    assert is_several_areas("Various locations") or is_several_areas("various districts")
    assert is_several_areas("Multiple")
    assert not is_several_areas("Different Hills")
    assert not is_several_areas("")


def test_countries_are_known_by_both_codes_and_by_name() -> None:
    assert country_of("SYR") == country_of("sy") == country_of("سوريا") == countries()["SY"]
    assert country_of("Atlantis") is None
    assert country_of("") is None


def test_a_country_that_the_coarse_map_lacks_has_no_frame() -> None:
    assert countries()["MT"].frame is None


@pytest.mark.parametrize(
    ("code", "country", "scheme"),
    [
        ("NGA008", "NG", "ISO3 + 3 digits"),
        ("NG008023", "NG", "ISO2 + 6 digits"),
        ("IQG08", "IQ", "ISO2 + letters G + 2 digits"),
        ("C1001", "", "letters C + 4 digits"),
        ("0203", "", "4 digits"),
        ("SY", "SY", "ISO2"),
        ("--", "", "empty"),
    ],
)
def test_the_scheme_of_a_code_is_named(code: str, country: str, scheme: str) -> None:
    assert country_in(code) == country
    assert scheme_of(code) == scheme


def test_a_pattern_shows_where_the_digits_are() -> None:
    assert pattern_of(" NG٠08-a ") == "NG999-a"


def test_three_letters_are_a_country_or_two_and_a_part_of_the_rest() -> None:
    assert readings_of("NGA008") == (("NG", "008"), ("NG", "A008"))


READER = CodeReader(
    {
        "SY0203": ("SY", "02", "03"),
        "SY2003": ("SY", "20", "03"),
        "SY0210": ("SY", "02", "10"),
        "IQG08": ("IQ", "G08"),
    }
)


@pytest.mark.parametrize(
    ("entered", "known"),
    [
        ("SYR0203", ("SY0203",)),
        ("sy 02-03", ("SY0203",)),
        ("SY٠٢٠٣", ("SY0203",)),
        ("SY210", ("SY0210",)),
        ("SY002010", ("SY0210",)),
        ("SY203", ("SY0203", "SY2003")),
        ("SY0211", ()),
        ("0203", ()),
        ("IRQG8", ("IQG08",)),
        ("TR0203", ()),
    ],
)
def test_a_miswritten_code_is_read_as_every_known_code_that_it_may_be(
    entered: str, known: tuple[str, ...]
) -> None:
    assert READER.read(entered) == known


def test_a_country_is_supplied_where_only_one_is_known() -> None:
    assert CodeReader({"SY0203": ("SY", "02", "03")}).read("203") == ("SY0203",)


def test_the_segments_of_a_code_follow_the_codes_above_it() -> None:
    assert segments_of("SY0203", ["SY", "SY02"]) == ("SY", "02", "03")
    assert segments_of("C1001", ["SY02", "SY0203"]) == ("", "C1001")


def test_names_are_alike_across_scripts() -> None:
    assert alike("القامشلي", ["Homs", "Qamishli"]) > 75
    assert alike("Qamishli", ["Tartous"]) < 60


def test_suggestions_are_ranked_and_each_place_is_there_once() -> None:
    known = [("a", "Segou"), ("a", "Ségou"), ("b", "Sego"), ("c", "Mopti")]

    (best,) = suggestions_for(["segou"], known)

    assert [each.code for each in best] == ["a", "b"]
    assert best[0].per_cent == pytest.approx(100)


def test_without_names_or_places_nothing_is_suggested() -> None:
    assert suggestions_for([], [("a", "x")]) == []
    assert suggestions_for(["x"], []) == [[]]


def test_a_segment_of_zeros_needs_one() -> None:
    reader = CodeReader({"SY7102": ("SY", "71", "02"), "SY710200": ("SY", "71", "02", "00")})

    assert reader.read("SY71020") == ("SY710200",)
    assert reader.read("SY712") == ("SY7102",)
    assert reader.read("SY7102") == ("SY7102",)


def test_a_zero_inside_a_segment_is_never_supplied() -> None:
    assert CodeReader({"SY1003": ("SY", "10", "03")}).read("SY13") == ()
