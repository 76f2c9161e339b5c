from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takatuf.picture.fold import fold
from takatuf.picture.plausibility import Doubt, DoubtKind, doubts_of, load_rules
from takatuf.picture.plausibility.guesses import guess
from takatuf.picture.plausibility.record import Record
from takatuf.picture.redaction import redact
from takatuf.reports.report import Modality, Report
from takatuf.safeguards.actor import ANYBODY
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import find_unit
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.time import parse_date
from takatuf.vocabulary.value import Text
from tests.builders import entries_of
from tests.builders_doubts import (
    BLAST,
    QUARTER,
    TOWN,
    WORK,
    ask,
    of_kind,
    said,
    sentences,
    values,
)
from tests.builders_town import a_register

# few values on purpose: ties and conflicts are where such code breaks
FIGURES = {
    "area_cleared": ["966 ha", "996 ha", "9600 acres", "more than 900 ha"],
    "area_cleared_in_24h": ["6 ha", "16 ha"],
    "personnel_engaged": ["200 people", "20 people", "0 people"],
    "items_destroyed": ["36000 items", "26395 items", "about 36000 items"],
    "water_trucked_per_person": ["15 litres/person/day", "0.15 litres/person/day"],
}
amounts = st.sampled_from([(name, value) for name, said in FIGURES.items() for value in said])
works = st.builds(
    lambda figure, on, by, more: said(WORK, figure[0], figure[1], on, by, **more),
    amounts,
    st.sampled_from(["2017-01-10", "2017-01-11", "2017-01-30", "about 2017-01-30", "2017", None]),
    st.sampled_from("abc"),
    st.fixed_dictionaries(
        {
            "origin": st.sampled_from(["", "", "a", "b"]),
            "title": st.sampled_from(["", "Item"]),
            "modality": st.sampled_from([Modality.ASSERTED, Modality.ESTIMATED]),
        }
    ),
)
states = st.builds(
    lambda word, on, by, thing: said(thing, "explosive_risk_status", word, on, by),
    st.sampled_from(["declared_free_of_risk", "access_hindered"]),
    st.sampled_from(["2017-01-10", "2017-01-30"]),
    st.sampled_from("abc"),
    st.sampled_from([TOWN, QUARTER]),
)
PART = said(QUARTER, "part_of", TOWN, None)
records = st.lists(works | states, max_size=14).map(lambda reports: [PART, *reports])
SWAP = {"organisation/a": "organisation/b", "organisation/b": "organisation/a"}


def swapped(report: Report) -> Report:
    name = report.source.organisation
    source = replace(report.source, organisation=ThingId(SWAP.get(name, name)))
    return replace(report, source=source, origin=SWAP.get(report.origin, report.origin))


def told(doubt: Doubt, swap: dict[str, str]) -> tuple[object, ...]:
    """A doubt with who says what, the names swapped; reports change their identity with them."""
    voices = Counter(
        (
            swap.get(s.source.organisation, s.source.organisation),
            swap.get(s.origin, s.origin),
            str(s.claim.value),
            str(s.claim.observed_at),
        )
        for s in doubt.statements
    )
    return doubt.kind, doubt.thing, doubt.property, doubt.sentence, frozenset(voices.items())


@given(records)
def test_swapping_two_organisations_swaps_their_doubts_and_nothing_else(
    reports: list[Report],
) -> None:
    before = Counter(told(doubt, SWAP) for doubt in ask(reports))

    assert Counter(told(doubt, {}) for doubt in ask([swapped(r) for r in reports])) == before


@given(st.data(), records)
def test_the_order_of_arrival_does_not_change_the_doubts(
    data: st.DataObject, reports: list[Report]
) -> None:
    assert ask(data.draw(st.permutations(reports))) == ask(reports)


@given(records)
def test_a_doubt_rests_on_statements_and_names_nobody(reports: list[Report]) -> None:
    for doubt in ask(reports):
        assert doubt.statements
        assert "organisation" not in doubt.sentence.replace("organisations", "")
        assert doubt.kind.code == f"doubt.{doubt.kind.value}"


def test_nothing_is_asked_of_an_empty_record() -> None:
    assert ask([]) == ()


def test_a_town_without_such_claims_raises_no_doubt() -> None:
    assert doubts_of(fold(a_register().entries()), load_vocabulary()) == ()


def test_what_is_said_of_later_days_is_left_out() -> None:
    reports = [
        said(WORK, "items_destroyed", "36000 items", "2017-02-20"),
        said(WORK, "items_destroyed", "26395 items", "2017-06-14"),
    ]

    assert len(ask(reports, date(2017, 6, 14))) == 1
    assert ask(reports, date(2017, 6, 13)) == ()


def test_denials_and_assumptions_claim_nothing() -> None:
    high = said(WORK, "items_destroyed", "36000 items", "2017-02-20")
    later = [
        said(WORK, "items_destroyed", "5 items", "2017-06-14", modality=Modality.DENIED),
        said(WORK, "items_destroyed", "6 items", "2017-06-14", method="assumption"),
    ]

    assert ask([high, *later]) == ()


def test_a_doubt_never_rests_on_what_its_reader_may_not_see() -> None:
    safe = said(TOWN, "explosive_risk_status", "declared_free_of_risk", "2017-01-14")
    found = said(TOWN, "explosive_risk_status", "hazard_present", "2017-02-14", "b")
    hidden = replace(found, claims=(replace(found.claims[0], sensitivity=Sensitivity.SEVERE),))
    vocabulary = load_vocabulary()
    picture = fold(entries_of(safe, hidden))

    assert len(doubts_of(picture, vocabulary)) == 1
    assert doubts_of(redact(picture, ANYBODY, vocabulary), vocabulary) == ()


def test_what_is_no_figure_or_one_in_a_unit_of_something_else_is_not_compared() -> None:
    high = said(WORK, "items_destroyed", "36000 items", "2017-02-20")
    in_words = replace(high.claims[0], value=Text("very few"), observed_at=parse_date("2017-06-14"))
    reports = [
        replace(high, claims=(in_words,)),
        said(WORK, "items_destroyed", "36000 items", "2017-02-20"),
        said(WORK, "items_destroyed", "20 ha", "2017-06-14"),
        said(WORK, "items_destroyed", "30 ha", "2017-06-14", "b", origin="a"),
    ]

    assert ask(reports) == ()


def test_many_falls_are_told_in_a_few_words_and_rest_on_all_their_statements() -> None:
    days = [(1, 10), (2, 9), (3, 8), (4, 20), (5, 19), (6, 30), (7, 29), (8, 40), (9, 39)]
    reports = [said(WORK, "items_destroyed", f"{n} items", f"2017-01-0{day}") for day, n in days]

    (doubt,) = of_kind(DoubtKind.FALL, reports)

    assert doubt.sentence == (
        "10 items on 2017-01-01, then 8 items on 2017-01-03; 20 items on 2017-01-04, then 19 "
        "items on 2017-01-05; 30 items on 2017-01-06, then 29 items on 2017-01-07; and 1 falls "
        "more."
    )
    assert len(doubt.statements) == 9


def test_a_height_that_two_have_read_is_the_height_of_both() -> None:
    reports = [
        said(WORK, "items_destroyed", "10 items", "2017-01-01"),
        said(WORK, "items_destroyed", "10 items", "2017-01-02", "b"),
        said(WORK, "items_destroyed", "9 items", "2017-01-03"),
        said(WORK, "items_destroyed", "10 items", "2017-01-04", "b"),
    ]

    (doubt,) = of_kind(DoubtKind.FALL, reports)

    assert values(doubt) == ["10 items", "10 items", "9 items"]


def test_many_later_dangers_are_told_in_a_few_words() -> None:
    safe = said(TOWN, "explosive_risk_status", "declared_free_of_risk", "2017-01-14")
    undated = said(TOWN, "explosive_risk_status", "declared_free_of_risk", None, "b")
    dangers = [
        said(TOWN, "explosive_risk_status", "hazard_present", f"2017-02-0{day}", "b")
        for day in range(1, 6)
    ]

    (sentence,) = sentences(DoubtKind.SAFETY, safe, undated, *dangers)

    assert sentence.endswith("Explosive risk: hazard present on 2017-02-03; and 2 reports more.")


def test_the_name_of_an_event_may_say_that_it_was_an_explosive() -> None:
    safe = said(TOWN, "explosive_risk_status", "declared_free_of_risk", "2017-01-14")
    event = [
        said(BLAST, "name", "Explosion of an old shell", None),
        said(BLAST, "takes_place_in", TOWN, None),
        said(BLAST, "people_killed", "1 people", "2017-02-01"),
    ]

    assert len(sentences(DoubtKind.SAFETY, safe, *event)) == 1


def test_the_start_of_work_is_the_earliest_that_is_stated() -> None:
    crew = said(WORK, "personnel_engaged", "10 people")
    starts = [said(WORK, "started_on", day, by=by) for by, day in
              (("a", "2017-01-01"), ("b", "2017-01-05"))]  # fmt: skip
    claim = said(WORK, "area_cleared", "2 ha", "2017-01-11")

    (sentence,) = sentences(DoubtKind.RATE, crew, *starts, claim)

    assert "200 m2 a person and day" in sentence
    assert sentence.endswith("unless depth and quality assurance are given.")


def test_without_a_stated_start_work_is_counted_from_the_first_statement_on_it() -> None:
    crew = said(WORK, "personnel_engaged", "10 people", None)
    claims = [
        said(WORK, "area_cleared", "1 ha", "2017-01-01"),
        said(WORK, "area_cleared", "2 ha", "2017-01-11"),
    ]

    (sentence,) = sentences(DoubtKind.RATE, crew, *claims)

    assert sentence.startswith(
        "The claim implies 200 m2 a person and day, with 10 people (said of an unnamed day), "
        "counted from 2017-01-01."
    )


@pytest.mark.parametrize(
    ("name", "one", "other", "expected"),
    [
        ("area_cleared", "966 ha", "966 acres", "the same figure with another unit: acre or ha?"),
        ("items_destroyed", "2900 items", "2900000 items",
         "one is 1,000 times the other: a power of ten?"),
        ("area_cleared", "966 ha", "2387 ha",
         "one is 2.471 times the other, as between acre and ha: a unit?"),
        ("area_cleared", "100 ha", "238 ha",
         "one is 2.381 times the other, as between feddan and hectare: a unit?"),
        ("roads_cleared", "100 km", "328 km",
         "one is 3.281 times the other, as between foot and metre: a unit?"),
        ("items_destroyed", "24135 items", "24000 items", "is one the other, rounded?"),
        ("items_destroyed", "1234 items", "1243 items",
         "the same digits in another order: swapped?"),
        ("items_destroyed", "1234 items", "1264 items", "they differ in one digit: misread?"),
        ("items_destroyed", "0 items", "7 items", "they differ in one digit: misread?"),
        ("items_destroyed", "1234 items", "5678 items", ""),
        ("items_destroyed", "1234 items", "15678 items", ""),
        ("area_cleared", "1234 ha", "5678 acres", ""),
    ],
)  # fmt: skip
def test_a_guess_says_where_to_look(name: str, one: str, other: str, expected: str) -> None:
    record = Record(fold(()), load_vocabulary(), load_rules())
    statements = fold(entries_of(said(WORK, name, one), said(WORK, name, other, by="b")))
    figures = record.figures(statements.about(ThingId(WORK), name))

    assert guess(figures[0], figures[1], load_rules().slip) == expected
    assert guess(figures[1], figures[0], load_rules().slip) == expected


def test_the_rules_speak_of_properties_that_exist_and_of_words_they_allow() -> None:
    rules, properties = load_rules(), load_vocabulary().properties
    assert set(rules.titles) == set(rules.asks) == {kind.value for kind in DoubtKind}
    for rate in rules.rates:
        assert {rate.amount, rate.personnel} <= set(properties)
        assert bool(rate.days) != bool(rate.since)
    for words_by_property in (rules.safety.safe, rules.safety.dangerous):
        for name, words in words_by_property.items():
            assert set(words) <= set(properties[name].words)
    for names in (rules.safety.casualties, rules.safety.places, rules.sum_over_places):
        assert set(names) <= set(properties)
    assert set(rules.sum_kinds) <= set(properties["kind"].words)


def test_what_is_added_or_compared_is_of_one_dimension() -> None:
    rules, properties = load_rules(), load_vocabulary().properties
    groups = [*rules.slip.families, *((rule.total, *rule.parts) for rule in rules.sums)]
    for names in groups:
        assert len({find_unit(properties[name].unit).dimension for name in names}) == 1
    for plausible in rules.slip.ranges:
        unit = properties[plausible.property].unit
        assert find_unit(unit).dimension == find_unit(plausible.unit).dimension


def test_every_envelope_has_a_source_and_says_how_it_was_brought_to_one_person() -> None:
    methods = load_rules().methods
    assert {"clearance", "search"} <= {method.output for method in methods}
    for method in methods:
        assert 0 < method.low < method.high
        assert all((method.source, method.dated, method.basis))
