"""Names of activities: spellings are asked about, blanks are named."""

from takatuf.activities.counting import match_activities
from takatuf.activities.counting.activity_names import MOST_NAMES
from takatuf.activities.questions import AS_ENTERED
from tests.builders_counting import a_frame, codes

SLIP = ("Distribution of hygiene kits", "Distributon of hygiene kits")


def test_a_likely_slip_is_asked_and_the_answer_is_taken() -> None:
    frame = a_frame(activity_type=[*SLIP, f"{SLIP[1]} ", "Latrines"])
    found = match_activities(frame)
    (question,) = found.questions
    assert question.code == "ask.activity-spelling"
    assert question.rows == (3, 4, 5)
    assert found.frame.equals(frame)
    again = match_activities(frame, {question.id: SLIP[0]})
    assert again.frame["activity_type"].to_list() == [SLIP[0]] * 3 + ["Latrines"]
    as_entered = match_activities(frame, {question.id: AS_ENTERED})
    assert as_entered.frame.equals(frame)


def test_spellings_that_differ_in_case_and_marks_are_asked_elsewhere() -> None:
    found = match_activities(a_frame(activity_type=["Hygiene kits", "hygiene-kits"]))
    assert not found.questions


def test_another_activity_is_not_a_slip() -> None:
    slip = "Provide life skills education for adolescents"
    others = ["Provide food to adolescents", "Objective 1.1.1", "Objective 1.1.2"]
    names = [slip, slip.replace("skills", "skils"), *others]
    found = match_activities(a_frame(activity_type=names))
    assert codes(found.questions) == ["ask.activity-spelling"]
    assert found.questions[0].rows == (3, 4)


def test_blank_activities_are_no_name() -> None:
    found = match_activities(a_frame(activity_type=[None, " ", "Clinic"]))
    assert not found.questions
    assert found.faults.is_empty()


def test_a_column_of_descriptions_is_compared_by_spelling_alone() -> None:
    names = [f"Handed out {number} kits in quarter {number}" for number in range(MOST_NAMES + 1)]
    assert not match_activities(a_frame(activity_type=names)).questions


def test_a_frame_without_activities_is_left_alone() -> None:
    for frame in (a_frame(status=["a"]), a_frame(activity_type=[None])):
        found = match_activities(frame)
        assert found.frame.equals(frame)
        assert found.faults.is_empty()
