import pytest

from takatuf.vocabulary.errors import InputError, Problem, cut
from takatuf.vocabulary.identity import ThingId, is_thing_id, name_key, slug_of, type_of
from takatuf.vocabulary.place import Point, centre_of, distance_m, parse_point, to_metres
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.spelling import nearest
from takatuf.vocabulary.time import parse_date
from takatuf.vocabulary.value import (
    Reference,
    Text,
    Token,
    Value,
    value_from_json,
    value_to_json,
)

CITADEL, UNIVERSITY = Point(36.1993, 37.1629), Point(36.2103, 37.1188)


def test_a_problem_says_what_where_and_what_instead() -> None:
    problem = Problem(code="a.code", where="row 14", found="x", expected="y", hint="Why?")

    assert str(problem) == "row 14: found x, expected y. Why? [a.code]"
    assert str(InputError([problem])) == str(problem)


def test_a_long_value_is_cut_visibly() -> None:
    assert cut("a" * 100) == "a" * 79 + "…"
    assert cut("short") == "short"


def test_an_identity_carries_its_type() -> None:
    assert type_of(ThingId("place/aleppo-city")) == "place"
    assert is_thing_id("water_facility/al-khafsa")
    assert not is_thing_id("Aleppo city")
    assert not is_thing_id("place/")


def test_a_name_becomes_a_slug_and_a_key() -> None:
    assert slug_of("Karm al-Da'da'") == "karm-al-dada"
    assert name_key("  ALEPPO\u200f   City ") == "aleppo city"
    assert name_key("حلـب") == name_key("حلب")


def test_distances_are_those_of_the_ellipsoid() -> None:
    assert distance_m(CITADEL, UNIVERSITY) == pytest.approx(4150, abs=20)


def test_the_plane_around_a_centre_keeps_distances() -> None:
    plane = to_metres([CITADEL, UNIVERSITY], centre_of([CITADEL, UNIVERSITY]))

    length_m = float(((plane[0] - plane[1]) ** 2).sum() ** 0.5)
    assert length_m == pytest.approx(distance_m(CITADEL, UNIVERSITY), rel=1e-4)


@pytest.mark.parametrize("text", ["0, 0", "91, 10", "36.2", "a, b", "36.2, 37.1, 3"])
def test_what_cannot_be_a_point_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_point(text)


def test_a_point_is_read_latitude_first() -> None:
    assert parse_point("36.1993; 37.1629") == CITADEL
    assert str(CITADEL) == "36.19930, 37.16290"


@pytest.mark.parametrize(
    "value",
    [
        Amount(18, 18, "centres", out_of=21),
        Amount(2000, None, "ha", is_strict=True),
        Amount(3, 3, "months", is_about=True),
        parse_date("about 2016-03-09"),
        CITADEL,
        Token("mostly_absent"),
        Text("use main roads only"),
        Reference(ThingId("place/hanano-1")),
    ],
)
def test_a_value_survives_its_json_form(value: Value) -> None:
    assert value_from_json(value_to_json(value)) == value


def test_a_value_of_no_known_form_is_refused() -> None:
    with pytest.raises(ValueError, match="number"):
        value_from_json({"number": 5})


def test_values_read_as_words() -> None:
    assert str(Token("mostly_absent")) == "mostly absent"
    assert str(Text("as said")) == "as said"
    assert str(Reference(ThingId("place/x"))) == "place/x"


def test_classes_of_sensitivity_have_an_order_and_a_word() -> None:
    assert Sensitivity.from_word("severe") > Sensitivity.CONFIDENTIAL
    assert Sensitivity.SEVERE.word == "severe"


def test_the_nearest_word_is_offered_and_never_taken() -> None:
    assert nearest("hectars", ["hectares", "acres"]) == "Did you mean hectares?"
    assert nearest("zzz", ["hectares"]) == ""
