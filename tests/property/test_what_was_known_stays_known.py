"""What was known by an instant never changes afterwards, whatever is heard later."""

import os
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from takatuf.formats.writers.json_forms import picture_json
from takatuf.picture.fold import fold
from takatuf.picture.weighing import Weigher
from takatuf.reports.memory import MemoryRegister
from takatuf.reports.register import Arrival
from takatuf.reports.report import Report
from takatuf.vocabulary.identity import ReportId
from tests.builders import NOW
from tests.property.test_picture_is_a_function_of_the_register import VOCABULARY, reports

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
N_HISTORIES = 100_000 if IS_LONG else 40


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Report, int]]:
    """Reports with the hour they were heard; some replace an earlier one of the same body."""
    said: list[tuple[Report, int]] = []
    hour = 0
    for report in draw(st.lists(reports, min_size=1, max_size=6)):
        hour += draw(st.integers(0, 2))
        own = [r for r, _ in said if r.source.organisation == report.source.organisation]
        replaced: ReportId | None = draw(st.sampled_from([None, *[r.id for r in own]]))
        said.append((replace(report, supersedes=replaced), hour))
    return said


@settings(max_examples=N_HISTORIES)
@given(histories(), st.integers(0, 6))
def test_the_picture_as_known_then_is_the_same_ever_after(
    history: list[tuple[Report, int]], hour: int
) -> None:
    register = MemoryRegister()
    known = NOW + timedelta(hours=hour)

    def believed() -> bytes:
        return picture_json(Weigher(fold(register.entries(), known), VOCABULARY), None)

    for report, heard in history:
        if heard <= hour:
            register.append([Arrival(report, NOW + timedelta(hours=heard))])
    then = believed()
    register.append([Arrival(report, NOW + timedelta(hours=heard)) for report, heard in history])

    assert believed() == then
