"""The rules of plausibility as small tables: what raises a question, and what does not."""

import pytest

from takatuf.picture.plausibility import DoubtKind
from takatuf.reports.report import Modality, Report
from tests.builders_doubts import (
    BLAST,
    QUARTER,
    TOWN,
    WORK,
    of_kind,
    said,
    sentences,
    values,
)

CREW = said(WORK, "personnel_engaged", "10 people")
BEGAN = said(WORK, "started_on", "2017-01-01")
PART = said(QUARTER, "part_of", TOWN, None)
HURT = said(BLAST, "people_killed", "3 people", "2017-02-03", wording="an old mine went off")
IN_QUARTER = said(BLAST, "affects", QUARTER, None)
SAFE = said(TOWN, "explosive_risk_status", "declared_free_of_risk", "2017-01-14")
COUNT = "items_destroyed"
ROUND = "people_in_contaminated_areas"  # a state: figures of one time are compared


# (a) more a day than the method is known to give


@pytest.mark.parametrize(
    ("name", "amount", "on", "is_asked"),
    [
        ("area_cleared_in_24h", "1250 m2", "2017-01-10", False),  # 125 each: the highest known
        ("area_cleared_in_24h", "1260 m2", "2017-01-10", True),
        ("area_cleared_in_24h", "about 1260 m2", "2017-01-10", False),  # perhaps 1,134
        ("area_cleared_in_24h", "up to 9000 m2", "2017-01-10", False),  # perhaps nothing
        ("area_cleared_in_one_week", "8750 m2", "2017-01-10", False),
        ("area_cleared_in_one_week", "1 ha", "2017-01-10", True),
        ("area_cleared", "12500 m2", "2017-01-11", False),  # ten days
        ("area_cleared", "13000 m2", "2017-01-11", True),
        ("area_cleared", "13000 m2", "2017-01", False),  # perhaps thirty days
        ("area_cleared", "13000 m2", None, False),
    ],
)
def test_output_per_person_and_day_is_read_in_favour_of_the_claim(
    name: str, amount: str, on: str | None, *, is_asked: bool
) -> None:
    assert bool(sentences(DoubtKind.RATE, CREW, BEGAN, said(WORK, name, amount, on))) is is_asked


def test_what_is_searched_is_not_called_cleared_until_depth_and_quality_are_given() -> None:
    claim = said(WORK, "area_cleared_in_24h", "2 ha")

    (doubt,) = of_kind(DoubtKind.RATE, [CREW, claim])

    assert doubt.sentence == (
        "The claim implies 2,000 m2 a person and day, with 10 people (said of 2017-01-10). No "
        "method is named, and those that clear to a depth are known to give up to 125. Output "
        "type unclear: search (search of the surface: 500 to 2,500), not clearance, unless depth "
        "and quality assurance are given."
    )
    assert values(doubt) == ["10 people", "2 ha"]


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        ("Surface search", []),  # 2,000 a person is what a search gives
        (
            "Cleared by hand",
            [
                (
                    "The claim implies 2,000 m2 a person and day, with 10 people (said of "
                    "2017-01-10). The method that is named, manual clearance, is known to give up "
                    "to 50."
                )
            ],
        ),
    ],
)
def test_a_method_that_is_named_is_compared_with_its_own_envelope(
    wording: str, sentence: list[str]
) -> None:
    claim = said(WORK, "area_cleared_in_24h", "2 ha", wording=wording)

    assert sentences(DoubtKind.RATE, CREW, claim) == sentence


def test_without_people_or_days_no_rate_is_asked_about() -> None:
    claim = said(WORK, "area_cleared", "900 ha", "2017-01-11")

    assert sentences(DoubtKind.RATE, BEGAN, claim) == []
    assert sentences(DoubtKind.RATE, CREW, claim) == []  # the first statement is the start itself


def test_the_people_said_nearest_in_time_count_and_of_one_day_the_most() -> None:
    many = said(WORK, "personnel_engaged", "1000 people", "2017-01-10", "b")
    few = said(WORK, "personnel_engaged", "2 people", "2017-06-01", "b")
    claim = said(WORK, "area_cleared_in_24h", "2 ha", "2017-01-20")

    assert sentences(DoubtKind.RATE, CREW, many, few, claim) == []
    assert sentences(DoubtKind.RATE, CREW, few, claim)


# (b) a count that only grows is later lower


def test_a_later_lower_reading_of_a_counter_is_asked_about() -> None:
    high = said(WORK, COUNT, "36000 items", "2017-02-20")
    low = said(WORK, COUNT, "26395 items", "2017-06-14")

    assert sentences(DoubtKind.FALL, high, low) == [
        "36,000 items on 2017-02-20, then 26,395 items on 2017-06-14."
    ]


@pytest.mark.parametrize(
    "later",
    [
        said(WORK, COUNT, "40000 items", "2017-06-14"),
        said(WORK, COUNT, "26395 items", "2017-02-20"),  # of the same day
        said(WORK, COUNT, "26395 items", None),
        said(WORK, COUNT, "about 35000 items", "2017-06-14"),
        said(WORK, COUNT, "26395 items", "2017-06-14", "b", origin="a"),  # who retells reads not
        said(WORK, COUNT, "26395 items", "2017-06-14", modality=Modality.PROMISED),
        said(WORK, COUNT, "26395 items", "2017-06-14", method="assumption"),
        said(WORK, ROUND, "1 people", "2017-06-14"),
    ],
)
def test_a_counter_that_did_not_fall_is_not_asked_about(later: Report) -> None:
    high = said(WORK, COUNT, "36000 items", "2017-02-20")

    assert sentences(DoubtKind.FALL, high, later) == []


def test_more_than_a_lower_figure_is_a_fall_too() -> None:
    high = said(WORK, "area_cleared", "3000 ha", "2017-02-20")
    low = said(WORK, "area_cleared", "more than 2000 ha", "2017-06-14", "b")

    assert sentences(DoubtKind.FALL, high, low) == [
        "3,000 ha on 2017-02-20, then more than 2,000 ha on 2017-06-14."
    ]


# (e) said to be safe, then reported dangerous


def test_a_casualty_in_a_part_of_a_place_that_was_said_to_be_safe_is_asked_about() -> None:
    (doubt,) = of_kind(DoubtKind.SAFETY, [SAFE, PART, IN_QUARTER, HURT])

    assert doubt.sentence == (
        "Said: declared free of risk on 2017-01-14. Afterwards: People killed: 3 people on "
        "2017-02-03."
    )
    assert doubt.thing == TOWN
    assert len(doubt.statements) == 2


@pytest.mark.parametrize("place", [TOWN, QUARTER])
def test_hindered_access_calls_a_word_of_safety_on_a_whole_or_a_part_into_question(
    place: str,
) -> None:
    safe = said(place, "explosive_risk_status", "clearance_finished", "2017-01-14")
    other = QUARTER if place == TOWN else TOWN
    hindered = said(other, "explosive_risk_status", "access_hindered", "2017-02-04", "b")

    assert sentences(DoubtKind.SAFETY, safe, hindered, PART) == [
        (
            "Said: clearance finished on 2017-01-14. Afterwards: Explosive risk: access "
            "hindered on 2017-02-04."
        )
    ]


@pytest.mark.parametrize(
    "casualty",
    [
        said(BLAST, "people_killed", "3 people", "2017-01-14", wording="a mine"),  # of the day
        said(BLAST, "people_killed", "3 people", "2017-07-14", wording="a mine"),  # long after
        said(BLAST, "people_killed", "3 people", None, wording="a mine"),
        said(BLAST, "people_killed", "3 people", "2017-02-03", wording="a house fell in"),
        said(BLAST, "people_killed", "0 people", "2017-02-03", wording="a mine"),
    ],
)
def test_what_does_not_call_safety_into_question(casualty: Report) -> None:
    reports = (SAFE, PART, IN_QUARTER, casualty)

    assert sentences(DoubtKind.SAFETY, *reports) == []


def test_an_accident_somewhere_in_the_town_says_nothing_of_one_quarter() -> None:
    safe = said(QUARTER, "explosive_risk_status", "declared_free_of_risk", "2017-01-14")
    in_town = said(BLAST, "affects", TOWN, None)

    assert sentences(DoubtKind.SAFETY, safe, PART, in_town, HURT) == []


def test_a_released_area_where_something_is_found_is_asked_about() -> None:
    area = "hazard_area/yard"
    released = said(area, "hazard_state", "released", "2017-03-01")
    found = said(area, "hazard_state", "confirmed_hazardous_area", "2017-04-01", "b")

    assert len(sentences(DoubtKind.SAFETY, released, found)) == 1
    assert sentences(DoubtKind.SAFETY, released) == []
