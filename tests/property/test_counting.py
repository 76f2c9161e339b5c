"""What is true of pairs, copies and ranges, whatever the rows are."""

from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from takatuf.activities.counting import count_doubles, reached_of
from takatuf.activities.counting.double_questions import KEEP_ONE, ONE_ACTIVITY
from tests.builders_counting import answering, some_work

Row = tuple[str | float | None, ...]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Hope", "Star", "Sun"]),
        st.sampled_from(["Reporting", "Implementing", None]),
        st.sampled_from(["health", "wash"]),
        st.sampled_from(["Clinic", None]),
        st.sampled_from(["XX0101", "XX0102", None]),
        st.sampled_from(["2024-01", "2024-02"]),
        st.sampled_from([None, 0.0, 5.0, 7.0]),
        st.sampled_from([None, "Star", "Sun"]),
    ),
    min_size=1,
    max_size=12,
)
few = settings(max_examples=settings().max_examples // 5)
COLUMNS = (
    "reporting_organisation",
    "operation_type",
    "sector_word",
    "activity_type",
    "adm2_code",
    "period",
    "reached",
    "implementing_partner",
)


def frame_of(rows: list[Row]) -> pl.DataFrame:
    return some_work(1, **{c: [row[place] for row in rows] for place, c in enumerate(COLUMNS)})


@few
@given(ROWS, st.randoms(use_true_random=False))
def test_what_is_double_does_not_depend_on_the_order_of_the_rows(
    rows: list[Row], random: Random
) -> None:
    frame = frame_of(rows)
    places = list(range(frame.height))
    random.shuffle(places)
    one, other = count_doubles(frame), count_doubles(frame[places])
    assert one.pairs.equals(other.pairs)
    assert one.exact.equals(other.exact)
    assert one.near.equals(other.near)
    assert one.questions == other.questions


@few
@given(ROWS)
def test_a_pair_joins_two_rows_of_one_work(rows: list[Row]) -> None:
    frame = frame_of(rows)
    pairs = count_doubles(frame).pairs
    assert pairs["row"].is_unique().all()
    work = ["sector_word", "activity_type", "adm2_code", "period"]
    for row, twin in pairs.select("row", "twin").iter_rows():
        assert row != twin
        one, other = (frame.filter(row=number).select(work).row(0) for number in (row, twin))
        assert one == other


@few
@given(ROWS, st.sampled_from([(), ("sector_word",), ("adm2_code", "period")]))
def test_the_lowest_is_never_above_the_highest_and_answers_only_lower_it(
    rows: list[Row], by: tuple[str, ...]
) -> None:
    frame = frame_of(rows)
    asked = count_doubles(frame).questions
    doubles = count_doubles(frame, {**answering(asked, KEEP_ONE), **answering(asked, ONE_ACTIVITY)})
    before, after = reached_of(frame, by), reached_of(frame, by, doubles)
    for table in (before, after):
        stated = table.drop_nulls("lowest")
        assert (stated["lowest"] <= stated["highest"]).all()
    key = [*by, "figure"]
    both = before.join(after, on=key, nulls_equal=True, how="left").drop_nulls("highest_right")
    assert (both["highest_right"] <= both["highest"]).all()


@few
@given(ROWS)
def test_the_highest_of_all_is_the_sum_of_what_was_entered(rows: list[Row]) -> None:
    frame = frame_of(rows)
    reached = reached_of(frame).filter(figure="reached")
    entered = frame["reached"].drop_nulls()
    expected = entered.sum() if entered.len() else None
    assert reached["highest"].to_list() == ([expected] if "reached" in frame.columns else [])
