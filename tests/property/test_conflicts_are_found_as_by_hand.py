"""The quick search for contradictions finds what comparing each with each finds."""

from hypothesis import given
from hypothesis import strategies as st

from takatuf.picture.picture import Statement
from takatuf.picture.weighing.comparing import contradict, in_conflict, may_compare
from takatuf.reports.report import Modality
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.things import Property
from takatuf.vocabulary.things.schema import Series
from tests.builders import a_property, a_statement, an_amount_property

DATES = [None, "2016", "2017", "2017-01", "2017-01-05", "2017-02-20", "about 2017-02-25",
         "2017-04-01", "2017-06-01", "2017-06-02", "2012-2016"]  # fmt: skip
WORDS = a_property(window_days=30)
PROPERTIES = [
    WORDS,
    a_property(series=Series.FACT),
    an_amount_property(window_days=10),
    an_amount_property(series=Series.COUNTER, window_days=30),
    an_amount_property(series=Series.PERIOD),
    an_amount_property(series=Series.COUNTER, tolerance=0.2),
]
amounts = st.builds(
    lambda low, more, is_about, form: Amount(
        None if form == "most" else low,
        None if form == "least" else low + more,
        "people" if form != "other" else "families",
        is_about,
        is_strict=form in {"least", "most"} and is_about,
    ),
    st.sampled_from([0.0, 5.0, 9.0, 10.0, 11.0, 20.0]),
    st.sampled_from([0.0, 0.0, 2.0]),
    st.booleans(),
    st.sampled_from(["plain", "plain", "least", "most", "other"]),
)
modalities = st.sampled_from([Modality.ASSERTED, Modality.ASSERTED, Modality.DENIED])


def by_hand(statements: tuple[Statement, ...], declared: Property) -> set[tuple[str, int]]:
    return {
        one.sort_key()
        for one in statements
        for other in statements
        if one is not other
        and may_compare(one, other, declared)
        and contradict(one, other, declared)
    }


@given(st.data(), st.sampled_from(PROPERTIES))
def test_the_quick_search_finds_what_each_against_each_finds(
    data: st.DataObject, declared: Property
) -> None:
    values = st.sampled_from(["good", "bad"]) if declared.values else amounts
    statement = st.builds(
        lambda value, on, by, modality: a_statement(value, on, by, modality=modality),
        values, st.sampled_from(DATES), st.sampled_from("abc"), modalities,
    )  # fmt: skip
    statements = tuple(data.draw(st.lists(statement, max_size=9)))

    found = {s.sort_key() for s in in_conflict(statements, declared)}

    assert found == by_hand(statements, declared)
