"""A situation report is built from the frames of the register, each figure with its rows."""

from datetime import date

import polars as pl
import pytest

from takatuf.activities.counting.matrix import matrix_of
from takatuf.activities.counting.reached import reached_of
from takatuf.activities.due.lateness import due_of
from takatuf.formats.writers.sitrep import (
    Counted,
    Further,
    SitrepContent,
    map_places_of,
    sitrep_of,
)
from takatuf.formats.writers.sitrep.content import Figure
from tests.builders_sitrep import (
    a_head,
    a_report_id,
    a_sitrep,
    an_activity_frame,
    counted_people,
    due_for_october,
    the_calendar,
)


def figure(content: SitrepContent, label: str) -> Figure:
    (found,) = [f for s in content.sections for f in s.figures if f.label == label]
    return found


def test_people_come_with_the_rule_and_the_range_of_the_counting() -> None:
    frame = an_activity_frame()
    counted = reached_of(frame).filter(pl.col("figure") == "reached").row(0, named=True)

    people = figure(a_sitrep(), "People reached")

    assert (people.lowest, people.highest) == (counted["lowest"], counted["highest"])
    assert people.rule == counted["rule_en"]
    assert people.unit == "people"
    assert people.not_included == (
        "rows without a figure: \u20684\u2069",
        "organisations that were due and have not reported: \u20682\u2069",
    )


def test_a_row_without_a_place_is_said_to_be_without_a_place() -> None:
    places = figure(a_sitrep(), "Places")

    assert "rows without a place: \u20681\u2069" in places.not_included
    assert sum(len(group.rows) for group in places.rows) == an_activity_frame().height - 1


def test_the_rows_behind_a_figure_are_those_that_state_it() -> None:
    people = figure(a_sitrep(), "People reached")

    rows = sorted(row for group in people.rows for row in group.rows)

    stated = an_activity_frame().filter(pl.col("reached").is_not_null())
    assert rows == stated["row"].to_list()
    first = people.rows[0]
    assert first.reports[0] == a_report_id(first.rows[0] - 5)
    assert first.activities[0].startswith("activity/")


def test_rows_are_grouped_by_who_sent_them_most_first() -> None:
    groups = figure(a_sitrep(), "Places").rows

    sizes = [len(group.rows) for group in groups]

    assert sizes == sorted(sizes, reverse=True)
    assert len({(group.organisation, group.file) for group in groups}) == len(groups)


def test_each_sector_has_its_people_and_its_own_rows_in_the_words_of_the_language() -> None:
    content = a_sitrep("ar")

    by_sector = content.sections[1]

    labels = [one.label for one in by_sector.figures]
    assert "المياه والإصحاح والنظافة" in labels
    assert labels[-1] == "قطاع غير معروف"
    assert [len(group.rows) for group in by_sector.figures[-1].rows] == [1]
    assert by_sector.note.startswith("قد يستفيد الأشخاص أنفسهم")


def test_a_row_with_several_sectors_counts_in_each() -> None:
    frame = an_activity_frame(8).with_columns(sector_word=pl.lit("wash health"))

    content = sitrep_of(frame, counted_people(frame), a_head())

    assert content.summary is not None
    assert content.summary.sectors == ("Health", "Water, sanitation and hygiene")


def test_several_kinds_of_people_are_told_apart() -> None:
    frame = an_activity_frame().with_columns(
        targeted=pl.lit(500.0), targeted_households=pl.lit(90.0)
    )

    content = sitrep_of(frame, counted_people(frame), a_head())

    assert figure(content, "Health: People targeted").highest
    assert figure(content, "Households targeted").unit == ""


def test_a_figure_that_nobody_states_is_left_away_and_one_that_some_state_is_unknown() -> None:
    frame = an_activity_frame().with_columns(
        reached=pl.when(pl.col("sector_word") == "health").then(pl.col("reached"))
    )
    nobody = an_activity_frame().with_columns(reached=pl.lit(None, pl.Float64))

    some, none = (sitrep_of(f, counted_people(f), a_head()) for f in (frame, nobody))

    assert figure(some, "Education").lowest is None
    assert not any(f.label == "People reached" for s in none.sections for f in s.figures)
    assert len(none.sections) == 1


def test_withheld_and_unknown_figures_are_counted_apart_from_blank_ones() -> None:
    frame = an_activity_frame()
    unstated = pl.DataFrame(
        {"row": [8, 18], "column": ["reached"] * 2, "state": ["unknown", "withheld"]},
        schema_overrides={"row": pl.UInt32},
    )

    content = sitrep_of(frame, Counted(reached=reached_of(frame, unstated=unstated)), a_head())

    assert figure(content, "People reached").not_included == (
        "rows without a figure: \u20682\u2069",
        "rows that say the figure is not known: \u20681\u2069",
        "rows that withhold their figure: \u20681\u2069",
    )


def test_a_row_that_withholds_its_figure_is_not_behind_the_figure() -> None:
    frame = an_activity_frame()
    withheld = pl.col("reached").cast(pl.String).replace("100.0", "withheld (protection)")

    people = figure(
        sitrep_of(
            frame.with_columns(reached=withheld), Counted(reached=reached_of(frame)), a_head()
        ),
        "People reached",
    )

    assert 5 not in [row for group in people.rows for row in group.rows]


def test_without_a_counting_the_report_counts_organisations_activities_and_places_itself() -> None:
    content = sitrep_of(an_activity_frame(), Counted(), a_head())

    counts = {f.label: (f.lowest, f.not_included) for f in content.sections[0].figures}
    assert counts == {
        "Organisations with activities": (3.0, ()),
        "Activities": (38.0, ()),
        "Places with activities": (6.0, ("rows without a place: \u20681\u2069",)),
    }
    assert content.summary is not None
    assert len(content.summary.places) == 6
    assert content.summary.not_included == (
        "rows without a place: \u20681\u2069",
        "rows without a sector: \u20681\u2069",
    )
    assert content.reporting is None


def test_a_bare_frame_is_enough() -> None:
    frame = pl.DataFrame({"sector": ["Kites", " "], "adm1_name": ["North", None]})

    content = sitrep_of(frame, Counted(), a_head(title="Own title"))

    assert content.title == "Own title"
    assert content.summary is not None
    assert content.summary.cells[0].sector == "Kites"
    assert content.summary.cells[0].rows[0].rows == (1,)
    assert content.sections[0].figures[0].not_included == (
        "rows without an organisation: \u20682\u2069",
    )
    assert content.sections[0].figures[1].rule == "Each row counts as one activity."


def test_without_sectors_there_is_no_table_of_who_does_what_where() -> None:
    frame = pl.DataFrame({"reporting_organisation": ["A"], "place_label": ["North"]})

    empty = frame.clear()

    assert sitrep_of(frame, Counted(), a_head()).summary is None
    assert sitrep_of(empty, Counted(matrix=matrix_of(empty)), a_head()).summary is None


def test_the_table_takes_counts_and_overlaps_from_the_matrix_and_rows_from_the_frame() -> None:
    frame = an_activity_frame()
    matrix = matrix_of(frame)

    summary = sitrep_of(frame, Counted(matrix=matrix), a_head()).summary

    assert summary is not None
    wanted = matrix.filter(pl.col("n_activities") > 0)
    assert len(summary.cells) == wanted.height
    assert sum(cell.n_overlaps for cell in summary.cells) == wanted["n_overlaps"].sum()
    assert all(cell.rows for cell in summary.cells)
    assert summary.places[-1] == "wider area, place not said"
    n_rows = sum(len(group.rows) for cell in summary.cells for group in cell.rows)
    assert n_rows == frame.height


def test_the_table_finds_its_rows_at_the_level_that_the_matrix_has() -> None:
    frame = an_activity_frame().with_columns(
        adm1_name=pl.lit("North"), adm3_name=pl.lit("somewhere")
    )

    summary = sitrep_of(frame, Counted(matrix=matrix_of(frame)), a_head()).summary

    assert summary is not None
    hilltop = [cell for cell in summary.cells if cell.place == "Hilltop"]
    assert hilltop
    assert all(cell.rows for cell in hilltop)


def test_who_is_missing_comes_from_the_calendar_the_latest_first() -> None:
    names = {"organisation/5": "Tents for All"}
    frame = an_activity_frame()

    content = sitrep_of(
        frame, Counted(due=due_for_october()), a_head(), Further(organisation_names=names)
    )

    reporting = content.reporting
    assert reporting is not None
    assert (reporting.n_due, reporting.n_reported) == (7, 5)
    assert [(one.name, one.n_days_late, one.is_silent) for one in reporting.missing] == [
        ("Tents for All", 15, False),
        ("far shore", 15, True),
    ]


@pytest.mark.parametrize(("as_of", "n_due"), [("2026-10-31", 7), ("2026-08", 7), ("2027", 7)])
def test_the_period_of_the_report_counts_else_the_latest(as_of: str, n_due: int) -> None:
    content = sitrep_of(an_activity_frame(), Counted(due=due_for_october()), a_head(as_of=as_of))

    assert content.reporting is not None
    assert content.reporting.n_due == n_due
    assert {one.period for one in content.reporting.missing} == {"2026-10"}


def test_before_anything_is_due_nobody_is_missing() -> None:
    received = due_for_october().select("organisation", "period", "received_at").clear()
    due = due_of(the_calendar(), received, date(2026, 9, 10), ["organisation/a"])

    content = sitrep_of(an_activity_frame(), Counted(due=due), a_head())

    assert content.reporting is None


def test_what_changed_is_told_in_sentences() -> None:
    now = an_activity_frame()
    before = now.filter(pl.col("reporting_organisation") != "Bridge Aid").head(20)

    content = sitrep_of(now, Counted(), a_head(), Further(earlier=before, earlier_day="2026-10-20"))

    assert content.changes is not None
    said = " ".join(content.changes.lines)
    assert "Organisations that are new: \u2068Bridge Aid\u2069." in said
    assert "Activities: \u206819\u2069 before" in said


def test_what_is_gone_is_told_as_well_and_long_lists_are_cut() -> None:
    before = pl.DataFrame(
        {
            "reporting_organisation_id": [f"organisation/{n:02d}" for n in range(15)],
            "reporting_organisation": [None if n == 3 else f"Group {n:02d}" for n in range(15)],
            "place_label": ["North"] * 15,
        }
    )
    now = before.head(1).with_columns(place_label=pl.lit("South"))

    content = sitrep_of(now, Counted(), a_head(), Further(earlier=before, earlier_day="2026-09"))

    assert content.changes is not None
    said = " ".join(content.changes.lines)
    assert "Places with activities for the first time: \u2068South\u2069." in said
    assert "Places without activities now: \u2068North\u2069." in said
    assert "and \u20682\u2069 more." in said


def test_places_become_points_on_the_map_with_their_sectors() -> None:
    frame = pl.DataFrame(
        {
            "place_label": ["Hilltop", "Hilltop", "السوق", "Nowhere", None],
            "lat": [36.1, 36.3, 36.2, None, 36.0],
            "lon": [37.1, 37.3, 37.2, 37.0, 37.0],
            "sector_word": ["wash", "health", "kites", "wash", "wash"],
        }
    )

    places, n_without = map_places_of(frame, "en")

    assert [(p.name.en, p.name.ar) for p in places] == [("Hilltop", ""), ("", "السوق")]
    assert (places[0].lon, places[0].lat) == pytest.approx((37.2, 36.2))
    assert [mark.label for mark in places[0].marks] == ["Health", "Water, sanitation and hygiene"]
    assert places[1].marks[0].label == "kites"
    assert n_without == 1


def test_without_positions_no_place_is_on_the_map() -> None:
    assert map_places_of(an_activity_frame(), "ar") == ((), 6)
