"""The order of arrival does not matter, nor how often a report comes, nor who is who."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from takatuf.formats.writers.json_forms import picture_json
from takatuf.picture.fold import fold
from takatuf.picture.weighing import Weigher
from takatuf.reports.report import Modality, Report
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import ThingType, Vocabulary
from takatuf.vocabulary.things.schema import Series, Weighing
from tests.builders import (
    CITY,
    a_claim,
    a_property,
    a_report,
    an_amount_property,
    entries_of,
    labels,
    people,
)

PROPERTIES = [
    a_property(),
    a_property("careful", weighing=Weighing.CAUTIOUS, fresh_days=20),
    a_property("fact", series=Series.FACT),
    an_amount_property("count"),
    an_amount_property("counter", series=Series.COUNTER),
    an_amount_property("daily", series=Series.PERIOD),
]
VOCABULARY = Vocabulary(
    {"place": ThingType("place", labels())},
    {"water": labels()},
    {declared.name: declared for declared in PROPERTIES},
)
WORDS = ("status", "careful", "fact")
# few values on purpose: ties and conflicts are where such code breaks
claims = st.builds(
    lambda name, word, number, on, modality: a_claim(
        word if name in WORDS else people(number), on, property=name, modality=modality
    ),
    st.sampled_from(sorted(VOCABULARY.properties)),
    st.sampled_from(["good", "bad"]),
    st.sampled_from([0, 10, 11]),
    st.sampled_from([None, "2017", "2017-05", "2017-06-01", "2017-06-02", "about 2017-06-03"]),
    st.sampled_from([Modality.ASSERTED, Modality.ASSERTED, Modality.DENIED, Modality.PROMISED]),
)
reports = st.builds(
    lambda claim, by, origin: a_report(claim, by, origin=origin),
    claims,
    st.sampled_from("abc"),
    st.sampled_from(["", "organisation/a"]),
)
registers = st.lists(reports, max_size=12)
days = st.sampled_from([None, date(2017, 6, 2), date(2017, 7, 1)])


def believed(register: list[Report], at: date | None) -> bytes:
    return picture_json(Weigher(fold(entries_of(*register)), VOCABULARY), at)


@given(st.data(), registers, days)
def test_arrival_order_does_not_change_what_we_believe(
    data: st.DataObject, register: list[Report], at: date | None
) -> None:
    shuffled = data.draw(st.permutations(register))

    assert believed(shuffled, at) == believed(register, at)


@given(registers, days)
def test_importing_twice_does_not_change_what_we_believe(
    register: list[Report], at: date | None
) -> None:
    assert believed(register + register, at) == believed(register, at)


@given(st.integers(0, 12), registers, days)
def test_importing_in_two_halves_does_not_change_what_we_believe(
    cut: int, register: list[Report], at: date | None
) -> None:
    assert believed(register[cut:] + register[:cut], at) == believed(register, at)


@given(registers, days)
def test_swapping_the_names_of_two_organisations_swaps_them_and_nothing_else(
    register: list[Report], at: date | None
) -> None:
    swap = {"organisation/a": "organisation/b", "organisation/b": "organisation/a"}

    def swapped(report: Report) -> Report:
        name = report.source.organisation
        source = replace(report.source, organisation=ThingId(swap.get(name, name)))
        return replace(report, source=source, origin=swap.get(report.origin, report.origin))

    for declared in PROPERTIES:
        one, other = (
            Weigher(fold(entries_of(*side)), VOCABULARY).belief(CITY, declared.name, at)
            for side in (register, [swapped(report) for report in register])
        )
        assert (one.status, one.value, one.act_on, one.since) == (
            other.status, other.value, other.act_on, other.since,
        )  # fmt: skip
        assert [(a.value, a.is_denial, a.n_origins) for a in one.answers] == [
            (a.value, a.is_denial, a.n_origins) for a in other.answers
        ]
