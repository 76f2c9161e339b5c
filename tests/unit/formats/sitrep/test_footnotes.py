"""The rows behind figures: as short notes in the report, uncut in a table beside it."""

from hypothesis import given
from hypothesis import strategies as st

from takatuf.formats.writers.sitrep import SourceRows, rows_table
from takatuf.formats.writers.sitrep.footnotes import Detail, Notes, merged, row_runs
from tests.builders_sitrep import a_report_id, a_sitrep, an_activity_frame

ROWS = SourceRows(organisation="Water Board", rows=(5, 6), reports=(a_report_id(1),) * 2)


@given(st.lists(st.integers(min_value=1, max_value=30)))
def test_runs_hold_exactly_the_rows(rows: list[int]) -> None:
    held = [row for first, last in row_runs(rows) for row in range(first, last + 1)]

    assert held == sorted(set(rows))


def test_figures_with_the_same_rows_share_a_note_and_without_rows_have_none() -> None:
    notes = Notes(Detail())

    assert [notes.number(r) for r in ((ROWS,), (), (ROWS, ROWS), (ROWS,))] == [1, 0, 2, 1]
    assert len(notes.all()) == 2


def test_a_report_that_stands_behind_several_rows_is_listed_once() -> None:
    notes = Notes(Detail(max_reports=1))
    twice = SourceRows(
        organisation="A", rows=(1, 2), reports=(f"{a_report_id(1)} {a_report_id(2)}",) * 2
    )
    notes.number((twice,))

    (group,) = notes.all()[0].groups

    assert group.reports == (a_report_id(1)[:8],)
    assert group.n_reports_unlisted == 1


def test_the_rows_of_several_figures_are_those_of_one_each_once() -> None:
    one = SourceRows(organisation="A", rows=(5, 6), activities=("a5", "a6"), reports=("r5", "r6"))
    other = SourceRows(organisation="A", rows=(4, 6), activities=("a4", "a6"), reports=("r4", "r6"))
    more = SourceRows(organisation="B", rows=(1, 2, 3, 7))

    first, second = merged([(one,), (other, more)])

    assert (first.organisation, first.rows) == ("B", (1, 2, 3, 7))
    assert (second.rows, second.activities) == ((4, 5, 6), ("a4", "a5", "a6"))


def test_the_table_beside_the_report_holds_every_row_of_every_figure() -> None:
    table = rows_table(a_sitrep())

    people = [line for line in table if line["figure"] == "At a glance: Activities"]

    assert len(people) == an_activity_frame().height
    assert {len(str(line["report"])) for line in people} == {64}
    assert any("pumping station" in str(line["figure"]) for line in table)
    assert any(str(line["figure"]).startswith("Hilltop: ") for line in table)
