import pytest

from takatuf.vocabulary.quantity import (
    Amount,
    find_unit,
    in_first_unit,
    in_unit,
    is_same_dimension,
    overlap,
    parse_amount,
    unit_words,
)


@pytest.mark.parametrize(
    ("text", "unit", "low", "high", "shown"),
    [
        ("1,300,000", "people", 1_300_000, 1_300_000, "1,300,000 people"),
        ("1 300 000", "people", 1_300_000, 1_300_000, "1,300,000 people"),
        ("٢٬٠٠٠", "ha", 2000, 2000, "2,000 ha"),
        ("١٫٥ مليون", "شخص", 1_500_000, 1_500_000, "1,500,000 people"),
        ("1.5 million", "m3", 1_500_000, 1_500_000, "1,500,000 m3"),
        ("more than 2000", "hectares", 2000, None, "more than 2,000 ha"),
        ("أكثر من ٢٠٠٠", "هكتار", 2000, None, "more than 2,000 ha"),
        ("34000+", "people", 34000, None, "at least 34,000 people"),
        ("at least 1", "hospitals", 1, None, "at least 1 hospitals"),
        ("less than 16,000", "m3/day", None, 16000, "less than 16,000 m3/day"),
        ("up to 16,000", "m3/day", None, 16000, "up to 16,000 m3/day"),
        ("about 3", "months", 3, 3, "about 3 months"),
        ("50-70", "people", 50, 70, "50 to 70 people"),
        ("between 50 and 70", "people", 50, 70, "50 to 70 people"),
        ("18 of 21", "centres", 18, 18, "18 of 21 centres"),
        ("65%", "%", 65, 65, "65 percent"),
        ("9600", "acres", 9600, 9600, "9,600 acre"),
        ("0", "wells", 0, 0, "0 wells"),
        ("3677.9", "tonnes", 3677.9, 3677.9, "3,677.9 tonnes"),
    ],
)
def test_a_number_is_read_as_people_write_it(
    text: str, unit: str, low: float | None, high: float | None, shown: str
) -> None:
    read = parse_amount(text, unit)

    assert (read.low, read.high, str(read)) == (low, high, shown)


@pytest.mark.parametrize("text", ["2,9", "many", "", "1,23,456", "70-50", "1e999 million", "12 34"])
def test_a_number_with_no_reading_or_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_amount(text, "people")


def test_a_number_too_large_to_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="9"):
        parse_amount("9" * 400, "people")


def test_an_unknown_unit_is_refused_and_the_known_ones_can_be_named() -> None:
    with pytest.raises(KeyError):
        parse_amount("5", "furlongs")
    assert {"ha", "acre", "dunum", "m3", "people", "families"} <= set(unit_words())


@pytest.mark.parametrize(
    ("number", "unit", "to", "expected"),
    [
        (1, "ha", "m2", 10_000),
        (1, "acre", "m2", 4046.8564224),
        (10, "dunum", "ha", 1),
        (100, "ha", "km2", 1),
        (9600, "acres", "ha", 3884.98),
        (2.5, "million litres", "m3", 2500),
        (4500, "m3/h", "m3/day", 108_000),
        (1.5, "tonnes", "kg", 1500),
        (150, "kW", "MW", 0.15),
    ],
)
def test_units_convert_within_their_dimension(
    number: float, unit: str, to: str, expected: float
) -> None:
    assert in_unit(Amount(number, number, unit), to) == pytest.approx(expected, rel=1e-5)


def test_families_are_never_converted_to_persons() -> None:
    families = Amount(100, 100, "families")

    with pytest.raises(ValueError, match="families is not people"):
        in_unit(families, "people")
    assert not is_same_dimension(families, Amount(500, 500, "people"))
    assert not overlap(families, Amount(100, 100, "people"))


def test_an_amount_without_a_number_has_none_in_any_unit() -> None:
    assert in_unit(Amount(None, None, "ha"), "m2") is None
    assert in_first_unit(Amount(None, None, "ha")) is None
    assert in_first_unit(Amount(2, 2, "ha")) == 20_000
    assert str(Amount(None, None, "ha")) == "up to ? ha"


@pytest.mark.parametrize(
    ("one", "other", "do_overlap"),
    [
        (Amount(966, 966, "ha"), Amount(996, 996, "ha"), False),
        (Amount(34_000, None, "people"), Amount(35_000, 35_000, "people"), True),
        (Amount(None, 100, "people"), Amount(101, 101, "people"), False),
        (Amount(0, None, "people", is_strict=True), Amount(0, 0, "people"), False),
        (Amount(0, None, "people"), Amount(0, 0, "people"), True),
        (Amount(50, 70, "people"), Amount(60, 60, "people"), True),
        (Amount(3, 3, "months", is_about=True), Amount(90, 90, "days"), True),
        (Amount(74, 74, "days"), Amount(3, 3, "months", is_about=True), False),
        (Amount(1, 1, "ha"), Amount(10_000, 10_000, "m2"), True),
    ],
)
def test_amounts_overlap_if_both_can_be_true(
    one: Amount, other: Amount, *, do_overlap: bool
) -> None:
    assert overlap(one, other) is do_overlap
    assert overlap(other, one) is do_overlap


def test_one_number_stands_for_a_range_or_an_open_amount() -> None:
    assert Amount(50, 70, "people").number == 60
    assert Amount(50, None, "people").number == 50
    assert Amount(None, 70, "people").number == 70


def test_a_unit_is_found_by_any_of_its_words() -> None:
    assert find_unit(" Hectares ").name == "ha"
    assert find_unit("دونم").name == "dunum"
