"""A merge is a decision with a name to it, and another decision takes it back."""

import pytest

from takatuf.activities.organisations import (
    Merge,
    Separation,
    decided,
    match_organisations,
    organisations_of,
)
from tests.builders_counting import a_frame, an_organisation, known

HOPE = an_organisation("Hope Society", "HS", names={"ar": "جمعية الأمل"}, type="national_ngo")
HOPES = an_organisation("Hopes Societies", "HSS", aliases=("Hoping",))
MERGE = Merge(kept=HOPE.id, merged=HOPES.id, by="organisation/desk", on="2024-05-01", why="asked")
BACK = Separation(kept=HOPE.id, merged=HOPES.id, by="organisation/desk", on="2024-05-02")


def test_a_merged_organisation_stands_for_the_one_that_was_kept() -> None:
    register = MERGE.apply(known(HOPE, HOPES))
    frame = a_frame(reporting_organisation=["Hoping", "جمعية الأمل", "HSS"])
    found = match_organisations(frame, register)
    assert found.frame["reporting_organisation_id"].to_list() == [HOPE.id] * 3
    assert register.current_ids == {HOPE.id: HOPE.id, HOPES.id: HOPE.id}
    assert register.by_id[HOPES.id].name == HOPES.name


def test_another_decision_takes_a_merge_back() -> None:
    register = decided(known(HOPE, HOPES), [MERGE, BACK])
    assert register.by_id == known(HOPE, HOPES).by_id


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Merge(kept=HOPE.id, merged=HOPE.id, by="x", on="2024-05-01"), "one entry"),
        (Merge(kept=HOPE.id, merged="organisation/x", by="x", on="2024-05-01"), "not in"),
        (Separation(kept="organisation/x", merged=HOPE.id, by="x", on="2024-05-01"), "not in"),
    ],
)
def test_a_decision_about_what_is_not_there_is_refused(
    decision: Merge | Separation, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        decision.apply(known(HOPE, HOPES))


def test_a_merge_in_a_circle_is_refused() -> None:
    back = Merge(kept=HOPES.id, merged=HOPE.id, by="x", on="2024-05-03")
    with pytest.raises(ValueError, match="already"):
        decided(known(HOPE, HOPES), [MERGE, back])


def test_a_register_comes_back_from_its_frame() -> None:
    register = MERGE.apply(known(HOPE, HOPES))
    assert organisations_of(register.to_frame()).by_id == register.by_id
    few = register.to_frame().select("id", "name")
    assert organisations_of(few).by_id[HOPE.id].acronym == ""


def test_a_frame_that_is_no_register_is_refused() -> None:
    with pytest.raises(ValueError, match="columns id and name"):
        organisations_of(a_frame(name=["x"]))


def test_an_organisation_is_shown_with_its_acronym() -> None:
    assert HOPE.label == "Hope Society (HS)"
    assert an_organisation("Star").label == "Star"
