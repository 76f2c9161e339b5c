"""Taking a partner's workbook in: looked at first, stored when confirmed, nothing twice."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from takatuf.actions.workbooks.export_products import Form, Product, Wanted
from takatuf.actions.workbooks.fates import Fate
from takatuf.actions.workbooks.import_workbook import Preview
from takatuf.activities.questions import Question
from takatuf.formats.writers.products import Audience
from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.errors import InputError, NotAllowedError, NotFoundError
from takatuf.vocabulary.identity import ThingId
from takatuf.workspace import Workspace
from takatuf.workspace.workbooks import WorkbookDesk
from tests.builders_activities import a_row, a_table, a_workspace, looked_at, taken_in

PARTNERS = Wanted(product=Product.FOUR_W, form=Form.XLSX, audience=Audience.PARTNERS)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as made:
        yield made


def fates(preview: Preview) -> dict[str, int]:
    return {fate.value: n for fate, n in preview.counts.items() if n}


def the_question(preview: Preview, code: str) -> Question:
    return next(question for question in preview.questions if question.code == code)


def test_nothing_is_stored_before_it_is_confirmed(workspace: Workspace, tmp_path: Path) -> None:
    preview = looked_at(workspace, tmp_path, [a_row(), a_row(District="Hillside")])

    assert fates(preview) == {"new": 2}
    assert not list(workspace.parts.register.entries())


def test_a_stored_row_says_what_was_entered_and_by_whom(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken_in(workspace, tmp_path, [a_row(Reached="1,200")])

    frame = WorkbookDesk(workspace).activities(PARTNERS)

    assert frame.select("reporting_organisation", "organisation", "reached", "donor").rows() == [
        ("Hope Relief", "organisation/hope-relief", 1200.0, "A donor")
    ]
    said = workspace.show(frame["activity"][0])
    reached = next(belief for belief in said.beliefs if belief.property == "row_reached")
    assert reached.value == "1,200 people"


def test_the_same_file_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    rows = [a_row(), a_row(District="Hillside"), a_row(District="Hillside")]
    taken_in(workspace, tmp_path, rows)

    again = taken_in(workspace, tmp_path, rows)

    assert fates(again) == {"same": 3}
    assert not again.new_organisations


def test_a_corrected_figure_replaces_the_row_and_keeps_the_old_one_in_the_record(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken_in(workspace, tmp_path, [a_row(), a_row(District="Hillside")])

    preview = taken_in(workspace, tmp_path, [a_row(Reached="900"), a_row(District="Hillside")])

    assert fates(preview) == {"changed": 1, "same": 1}
    frame = WorkbookDesk(workspace).activities(PARTNERS)
    assert sorted(frame["reached"]) == [900.0, 1200.0]
    changed = next(fate for fate in preview.fates if fate.fate is Fate.CHANGED)
    assert changed.replaces is not None
    assert workspace.parts.register.find(changed.replaces) is not None


def test_a_column_that_the_next_file_does_not_have_takes_nothing_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken_in(workspace, tmp_path, [a_row(Id="7")])
    without = {name: text for name, text in a_row(Id="7").items() if name != "Donor"}

    assert fates(looked_at(workspace, tmp_path, [without])) == {"same": 1}
    assert fates(looked_at(workspace, tmp_path, [a_row(Id="7", Donor="")])) == {"changed": 1}


def test_rows_that_wait_for_an_answer_are_named_and_the_others_are_stored(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [{k: v for k, v in a_row(District=name).items() if k != "Month"} for name in ("A", "B")]

    preview = taken_in(workspace, tmp_path, rows)

    assert fates(preview) == {"waits": 2}
    asked = the_question(preview, "ask.period")
    assert asked.holds_back
    assert all(asked.id in fate.because for fate in preview.fates)
    file = tmp_path / "march.csv"
    answered = WorkbookDesk(workspace).preview(
        file, organisation="The desk", answers={asked.id: "2024-03"}, asked=(asked,)
    )
    assert fates(answered) == {"new": 2}


def test_what_was_settled_about_a_name_is_not_asked_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [a_row(), a_row(Organisation="Hope  Releif", Acronym="HR")]
    first = looked_at(workspace, tmp_path, rows)
    asked = next(q for q in first.questions if q.kind.value == "organisation")
    desk = WorkbookDesk(workspace)
    answers = {asked.id: asked.options[0].word}
    preview = desk.preview(
        tmp_path / "march.csv", organisation="The desk", answers=answers, asked=(asked,)
    )
    desk.store(preview)

    again = looked_at(workspace, tmp_path, rows)

    assert asked.id not in {question.id for question in again.questions}


def test_copies_are_asked_about_once_and_left_out_only_by_an_answer(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [a_row(), a_row(), a_row(), a_row(District="Hillside")]
    preview = looked_at(workspace, tmp_path, rows)
    asked = the_question(preview, "ask.exact-copies")
    assert len(asked.rows) == 2

    kept = WorkbookDesk(workspace).preview(
        tmp_path / "march.csv", organisation="The desk", answers={asked.id: "keep_one"}
    )

    assert fates(preview) == {"new": 4}
    assert fates(kept) == {"new": 2, "copy": 2}


def test_a_partner_sends_only_its_own_rows(tmp_path: Path) -> None:
    own = ThingId("organisation/hope-relief")
    with a_workspace(tmp_path, Actor("focal point", Role.PARTNER, own)) as workspace:
        officer = Workspace(workspace.parts, Actor("officer", Role.OFFICER), workspace.clock)
        taken_in(officer, tmp_path, [a_row()])
        file = tmp_path / "own.csv"
        rows = [a_row(District="Hillside"), a_row(Organisation="Another body", Acronym="AB")]
        file.write_bytes(a_table(*rows))

        preview = WorkbookDesk(workspace).preview(file)

    assert fates(preview) == {"new": 1, "refused": 1}
    assert "own organisation" in next(f.because for f in preview.fates if f.because)


def test_who_may_not_submit_may_not_look_either(tmp_path: Path) -> None:
    with (
        a_workspace(tmp_path, Actor("anybody", Role.PUBLIC)) as workspace,
        pytest.raises(NotAllowedError),
    ):
        looked_at(workspace, tmp_path, [a_row()])


def test_a_sender_whose_name_is_nearly_known_is_asked_for_and_not_made_anew(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken_in(workspace, tmp_path, [a_row()], "The water desk")

    with pytest.raises(NotFoundError, match="the water desk"):
        looked_at(workspace, tmp_path, [a_row()], "The watr desk")


def test_a_file_without_a_sender_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="--as"):
        looked_at(workspace, tmp_path, [a_row()], "")


def test_every_row_has_a_fate(workspace: Workspace, tmp_path: Path) -> None:
    rows = [a_row(Reached=str(n)) for n in range(7)] + [a_row(), a_row(Month="2033-01")]

    preview = looked_at(workspace, tmp_path, rows)

    assert len(preview.fates) == 9
    assert sum(preview.counts.values()) == 9


def test_a_row_from_our_export_that_both_sides_changed_is_a_conflict(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken_in(workspace, tmp_path, [a_row(Id="7")])
    seen = WorkbookDesk(workspace).activities(PARTNERS).row(0, named=True)
    exported = f"{seen['activity']} {seen['report']}"
    taken_in(workspace, tmp_path, [a_row(Id="7", Reached="1500")])

    preview = looked_at(workspace, tmp_path, [a_row(Id=exported, Reached="900")])
    same_as_then = looked_at(workspace, tmp_path, [a_row(Id=exported, Reached="1500")])

    assert fates(preview) == {"conflict": 1}
    assert "stays as it is here" in preview.fates[0].because
    assert fates(same_as_then) == {"same": 1}


def test_a_body_can_say_that_nothing_changed_in_one_step(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken_in(workspace, tmp_path, [a_row(), a_row(District="Hillside", Status="Completed")])
    desk = WorkbookDesk(workspace)

    receipt = desk.nothing_changed("Hope Relief", "2024-04")

    assert receipt.counts[Fate.NEW] == 1
    assert len(receipt.left_out) == 1
    april = desk.activities(PARTNERS).filter(pl.col("period") == "2024-04")
    assert april["reached"].to_list() == [None]  # people of a month never count again in the next


def test_a_form_that_was_filled_in_for_a_new_period_adds_to_the_earlier_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken_in(workspace, tmp_path, [a_row()])
    desk = WorkbookDesk(workspace)
    whose = ThingId("organisation/hope-relief")
    wanted = Wanted(product=Product.FORM, form=Form.XLSX, organisation=whose, period="2024-04")
    (tmp_path / "form.xlsx").write_bytes(desk.export(wanted))

    preview = desk.preview(tmp_path / "form.xlsx", organisation="Hope Relief")
    desk.store(preview)
    again = desk.preview(tmp_path / "form.xlsx", organisation="Hope Relief")

    assert fates(preview) == {"new": 1}
    assert fates(again) == {"same": 1}
    assert sorted(desk.activities(PARTNERS)["period"]) == ["2024-03", "2024-04"]


def test_nothing_changed_needs_a_period_and_something_to_restate(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken_in(workspace, tmp_path, [a_row()])
    desk = WorkbookDesk(workspace)

    with pytest.raises(NotFoundError):
        desk.nothing_changed("Hope Relief", "2024-01")
    with pytest.raises(InputError) as refused:
        desk.nothing_changed("Hope Relief", "next month")
    assert refused.value.problems[0].code == "row.no-period"
