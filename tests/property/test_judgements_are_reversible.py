"""Judgements of sameness: no order matters, nothing is lost, and every one can be taken back."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from takatuf.picture.fold import fold
from takatuf.picture.identities import SAME_AS
from takatuf.picture.picture import Picture, Statement, Topic
from takatuf.picture.sameness import Judgement, sameness_in
from takatuf.reports.report import Report
from takatuf.vocabulary.identity import ThingId
from tests.builders import a_claim, a_report, entries_of
from tests.builders_sameness import a_judgement, refers

THINGS = [ThingId(f"place/{letter}") for letter in "abcd"]
ORGANISATIONS = "xyz"
# few values on purpose: chains and disagreements are where such code breaks
pairs = st.lists(st.sampled_from(THINGS), min_size=2, max_size=2, unique=True)
judgements = st.lists(
    st.builds(
        lambda pair, word, by: a_judgement(pair[0], pair[1], word, by),
        pairs,
        st.sampled_from([Judgement.SAME, Judgement.SAME, *Judgement]),
        st.sampled_from(ORGANISATIONS),
    ),
    max_size=7,
)
statements = st.lists(
    st.builds(
        lambda thing, other, by, origin: a_report(
            a_claim(refers(other), thing=thing, property="part_of"), by, origin=origin
        ),
        st.sampled_from(THINGS),
        st.sampled_from(THINGS),
        st.sampled_from(ORGANISATIONS),
        st.sampled_from(["", "organisation/x"]),
    ),
    max_size=5,
)


def picture_of(reports: list[Report]) -> Picture:
    return fold(entries_of(*reports))


def without_judgements(picture: Picture) -> Mapping[Topic, tuple[Statement, ...]]:
    return {topic: said for topic, said in picture.statements.items() if topic[1] != SAME_AS}


@given(st.data(), statements, judgements)
def test_any_order_of_judgements_and_reports_gives_the_same_picture(
    data: st.DataObject, said: list[Report], judged: list[Report]
) -> None:
    reports = [*said, *judged]
    shuffled = data.draw(st.permutations(reports))

    def seen(picture: Picture) -> object:
        # positions and times are of the host; the order of arrival is all that differs
        return picture.statements, sameness_in(picture)

    assert seen(picture_of(shuffled)) == seen(picture_of(reports))


@given(statements, judgements)
def test_taking_every_judgement_back_gives_exactly_the_picture_of_before(
    said: list[Report], judged: list[Report]
) -> None:
    unique = list({report.id: report for report in judged}.values())
    taken_back = [
        replace(
            a_judgement(one.claims[0].thing, THINGS[0], Judgement.UNSURE),
            source=one.source,
            supersedes=one.id,
        )
        for one in unique
    ]

    after = picture_of([*said, *unique, *taken_back])

    assert without_judgements(after) == without_judgements(picture_of(said))


@given(statements, judgements)
def test_no_statement_is_lost_or_doubled_by_joining(
    said: list[Report], judged: list[Report]
) -> None:
    joined, apart = picture_of([*said, *judged]), picture_of(said)

    def keys(picture: Picture) -> list[tuple[str, int]]:
        found = without_judgements(picture).values()
        return sorted(statement.sort_key() for said in found for statement in said)

    assert keys(joined) == keys(apart)


@given(judgements)
def test_nothing_that_somebody_says_is_different_is_read_as_one(judged: list[Report]) -> None:
    sameness = sameness_in(picture_of(judged))
    for one in sameness.judged:
        if one.judgement is Judgement.DIFFERENT:
            assert sameness.read_as(one.pair[0]) != sameness.read_as(one.pair[1])
    for thing, first in sameness.identities.items():
        assert first < thing
        assert first not in sameness.identities


@given(statements, judgements)
def test_swapping_the_names_of_organisations_swaps_them_and_nothing_else(
    said: list[Report], judged: list[Report]
) -> None:
    def swapped(report: Report) -> Report:
        swap = {"organisation/x": "organisation/y", "organisation/y": "organisation/x"}
        name = report.source.organisation
        source = replace(report.source, organisation=ThingId(swap.get(name, name)))
        return replace(report, source=source, origin=swap.get(report.origin, report.origin))

    def seen(reports: list[Report]) -> object:
        picture = picture_of(reports)
        sameness = sameness_in(picture)
        counts = {topic: len(said) for topic, said in without_judgements(picture).items()}
        return sameness.identities, sameness.contested, sameness.left_out, counts

    reports = [*said, *judged]
    assert seen([swapped(report) for report in reports]) == seen(reports)
