"""The rules of plausibility that compare figures: variants, documents, slips, totals."""

import pytest

from takatuf.picture.plausibility import DoubtKind
from takatuf.reports.report import Modality, Report
from tests.builders_doubts import (
    TOWN,
    WORK,
    of_kind,
    said,
    sentences,
    values,
)

COUNT = "items_destroyed"
ROUND = "people_in_contaminated_areas"  # a state: figures of one time are compared


# (c) one origin, several values


def test_retellings_that_differ_from_what_they_retell_are_asked_about_with_a_guess() -> None:
    own = said(WORK, "area_cleared", "966 ha")
    one = said(WORK, "area_cleared", "996 ha", by="b", origin="a")
    other = said(WORK, "area_cleared", "9600 acres", "2017-01-12", "c", origin="a")

    (doubt,) = of_kind(DoubtKind.VARIANTS, [own, one, other])

    assert doubt.sentence == (
        "966 ha in the origin's own words; retold as 996 ha (they differ in one digit: misread?);"
        " retold as 9,600 acre (3,885 ha; the printed numbers differ by about 10 and the units "
        "are not the same: a nought and a unit?)."
    )
    assert values(doubt) == ["966 ha", "996 ha", "9,600 acre"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # the same
            said(TOWN, ROUND, "100 people"),
            said(TOWN, ROUND, "100 people", by="b", origin="a"),
        ),
        (  # both can be true
            said(TOWN, ROUND, "100 people"),
            said(TOWN, ROUND, "more than 90 people", by="b", origin="a"),
        ),
        (  # another day
            said(TOWN, ROUND, "100 people"),
            said(TOWN, ROUND, "150 people", "2017-01-20", "b", origin="a"),
        ),
        (  # another day of a daily figure
            said(TOWN, "people_helped_in_24h", "100 people"),
            said(TOWN, "people_helped_in_24h", "150 people", "2017-01-11", "b", origin="a"),
        ),
        (said(TOWN, ROUND, "100 people", "2017"), said(TOWN, ROUND, "150 people", "2017")),
        (said(TOWN, ROUND, "100 people"), said(TOWN, ROUND, "150 people", by="b")),  # two origins
    ],
)
def test_what_may_well_differ_is_no_variant(one: Report, other: Report) -> None:
    assert sentences(DoubtKind.VARIANTS, one, other) == []


def test_one_organisation_with_two_figures_of_one_day_is_asked_about() -> None:
    one = said(TOWN, ROUND, "250 people", title="one paper")
    other = said(TOWN, ROUND, "300 people", title="another paper")

    assert sentences(DoubtKind.VARIANTS, one, other) == [
        (
            "250 people in the origin's own words; quoted also as 300 people "
            "(is one the other, rounded?)."
        )
    ]


def test_retellings_of_somebody_who_does_not_speak_here_are_compared_with_each_other() -> None:
    one = said(TOWN, ROUND, "210 people", by="b", origin="a")
    other = said(TOWN, ROUND, "120 people", by="c", origin="a")

    assert sentences(DoubtKind.VARIANTS, one, other) == [
        (
            "120 people in one retelling; retold as 210 people "
            "(the same digits in another order: swapped?)."
        )
    ]


# (d) one document gives two values


def test_a_headline_that_differs_from_the_body_is_asked_about() -> None:
    body = said(WORK, COUNT, "more than 24000 items", title="Item")
    headline = said(WORK, COUNT, "more than 20000 items", by="b", origin="a", title="Item")

    (doubt,) = of_kind(DoubtKind.DOCUMENT, [body, headline])

    assert doubt.sentence == (
        "“Item” gives more than 20,000 items and more than 24,000 items "
        "(is one the other, rounded?)."
    )
    assert of_kind(DoubtKind.VARIANTS, [body, headline]) == ()


@pytest.mark.parametrize(
    "other",
    [
        said(WORK, COUNT, "24100 items", title="Item"),  # the same, rounded
        said(WORK, COUNT, "20000 items", "2017-01-11", title="Item"),  # of another day
        said(WORK, COUNT, "20000 items", by="b", title="Item"),  # another voice that it quotes
        said(WORK, COUNT, "20000 items", title="Another item"),
    ],
)
def test_a_document_may_give_what_is_not_the_same_question(other: Report) -> None:
    body = said(WORK, COUNT, "24000 items", title="Item")

    assert sentences(DoubtKind.DOCUMENT, body, other) == []


def test_a_review_may_list_the_lowest_and_the_highest_estimate() -> None:
    reports = [
        said(TOWN, ROUND, f"{number} people", title="Review", modality=Modality.ESTIMATED)
        for number in (30_000, 326_000)
    ]

    assert sentences(DoubtKind.DOCUMENT, *reports) == []


# (f) away from the others by a power of ten or a unit


def test_one_figure_with_two_units_is_asked_about_among_properties_of_one_magnitude() -> None:
    line = "power_facility/line"
    planned = said(line, "power_planned", "150 MW", "2016-11-30", modality=Modality.PROMISED)
    supplied = said(line, "power_supplied", "150 kW", "2017-09-01")

    (doubt,) = of_kind(DoubtKind.SLIP, [planned, supplied])

    assert doubt.sentence == "The same figure, 150, stands with MW and with kW."
    assert doubt.property == "power_planned"
    assert sentences(DoubtKind.SLIP, planned) == []


@pytest.mark.parametrize(
    ("odd", "is_asked"),
    [("2500 people", False), ("25000 people", True), ("250 people", True), ("60000 people", False)],
)
def test_a_power_of_ten_away_from_the_others_is_asked_about(odd: str, *, is_asked: bool) -> None:
    days = [("2017-01-01", "2400"), ("2017-01-03", "2600"), ("2017-01-05", "2500")]
    others = [said(TOWN, "people_helped_in_24h", f"{number} people", on) for on, number in days]
    one = said(TOWN, "people_helped_in_24h", odd, "2017-01-04")

    assert bool(sentences(DoubtKind.SLIP, one, *others)) is is_asked


def test_a_count_that_grows_tenfold_in_time_is_no_slip() -> None:
    days = [("2017-01-01", 100), ("2017-03-01", 1_000), ("2017-05-01", 10_000)]
    reports = [said(TOWN, "returned_families", f"{n} families", on) for on, n in days]

    assert sentences(DoubtKind.SLIP, *reports) == []


def test_a_value_that_is_to_the_others_as_an_acre_to_a_hectare_is_asked_about() -> None:
    right = [said(WORK, "area_cleared", "966 ha", by=by) for by in "ab"]
    wrong = said(WORK, "area_cleared", "2387 ha", by="c")

    assert sentences(DoubtKind.SLIP, *right, wrong) == [
        "2,387 ha against 966 ha: one is 2.471 times the other, as between acre and ha: a unit?"
    ]


@pytest.mark.parametrize(("rate", "n_asked"), [(15, 0), (0.5, 1), (12_500, 1)])
def test_a_value_outside_of_what_a_property_can_hardly_leave_is_asked_about(
    rate: float, n_asked: int
) -> None:
    one = said(WORK, "water_trucked_per_person", f"{rate} litres/person/day")

    assert len(sentences(DoubtKind.SLIP, one)) == n_asked


# (g) the parts do not make the total

TOTAL = said(TOWN, "residents", "100 people")
PARTS = [
    said(TOWN, name, f"{n} people")
    for name, n in (("host_community", 60), ("displaced_people", 25), ("returnees", 5))
]


def test_parts_that_do_not_make_the_total_are_asked_about() -> None:
    assert sentences(DoubtKind.TOTAL, TOTAL, *PARTS) == [
        "3 parts make 90 people, the total is given as 100 people."
    ]


@pytest.mark.parametrize(
    "total",
    [
        said(TOWN, "residents", "90 people"),
        said(TOWN, "residents", "more than 100 people"),
        said(TOWN, "residents", "100 people", "2017-01-11"),
        said(TOWN, "residents", "100 people", by="b"),
        said(TOWN, "residents", "100 families"),
    ],
)
def test_a_total_of_another_voice_or_day_is_not_added_up(total: Report) -> None:
    assert sentences(DoubtKind.TOTAL, total, *PARTS) == []


def test_where_one_part_was_not_stated_nothing_is_added_up() -> None:
    assert sentences(DoubtKind.TOTAL, TOTAL, *PARTS[:2]) == []


@pytest.mark.parametrize(("n_stated", "n_asked"), [(2, 1), (1, 0)])
def test_quarters_add_up_to_the_town_where_all_are_stated(n_stated: int, n_asked: int) -> None:
    quarters = ["place/one", "place/two"]
    reports = [
        report
        for quarter in quarters
        for report in (
            said(quarter, "part_of", TOWN, None),
            said(quarter, "kind", "neighbourhood", None),
        )
    ]
    stated = [said(quarter, "residents", "10 people") for quarter in quarters[:n_stated]]

    assert len(sentences(DoubtKind.TOTAL, TOTAL, *reports, *stated)) == n_asked
