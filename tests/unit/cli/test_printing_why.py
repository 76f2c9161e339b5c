import io
from dataclasses import replace
from datetime import date
from typing import Any

from rich.console import Console

from takatuf.actions.explaining.explain_firmness import (
    RankView,
    StabilityView,
    SwaysView,
    SwayView,
)
from takatuf.actions.explaining.explain_task import (
    AlternativeView,
    EffortView,
    GroundView,
    LossView,
    NeighbourhoodLoss,
    TaskWhy,
)
from takatuf.cli.printing.why import print_contested, print_stability, print_task
from takatuf.planning.explaining.stability import Check, Range

NOTHING_LOST = LossView(person_days=0.0, neighbourhoods=())


def a_console() -> Console:
    return Console(file=io.StringIO(), width=200, highlight=False)


def text(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


def a_task(mismatch_person_days: float = 0.0) -> TaskWhy:
    lost = tuple(NeighbourhoodLoss(neighbourhood=n, person_days=1000.0) for n in "ABCDE")
    return TaskWhy(
        key="task/clear-road",
        name="clear [Road]",
        team="One",
        organisation="Board",
        start_day=1.0,
        end_day=3.0,
        starts_on=date(2017, 6, 15),
        waits_for="",
        opens="",
        people_days=12_345.0,
        effort=EffortView(
            planned_days=2.0, low=1.0, likely=2.0, high=4.0, basis="prior", source="a rule"
        ),
        never=LossView(person_days=5000.0, neighbourhoods=lost),
        a_week_later=NOTHING_LOST,
        n_ready=1,
        instead=(
            AlternativeView(
                key="task/other",
                name="other",
                start_day=4.0,
                is_next=False,
                is_ready=True,
                loss=LossView(person_days=-7.0, neighbourhoods=()),
            ),
        ),
        rests_on=(
            GroundView(
                thing="Road",
                property="Area to clear",
                value="1,000 m2",
                firmness="single source",
                said_by=("Board",),
                reason="One statement, and none against.",
            ),
        ),
        mismatch_person_days=mismatch_person_days,
    )


def a_sway(**changes: Any) -> SwayView:
    sway = SwayView(
        things=("Far",),
        property="Supply",
        status="contested",
        acts_on="cut",
        supposed="restored",
        said_by=("Other",),
        note="",
        change=-10.0,
        lost_by_keeping=3.0,
        noise=1.0,
        worth_knowing=2.0,
        appears=(),
        disappears=(),
        differs_from_day=5.0,
        changes_order_from_day=None,
    )
    return replace(sway, **changes)


def sways(*rows: SwayView) -> str:
    console = a_console()
    view = SwaysView(evaluations=10, n_beliefs=99, noise=1.0, mismatch_person_days=0.0, rows=rows)
    print_contested(console, view, 5)
    return text(console)


def test_a_task_is_printed_with_whom_its_lack_would_hit() -> None:
    console = a_console()
    print_task(console, a_task())

    printed = text(console)
    assert "clear [Road]" in printed
    assert "2.0 team-days (1.0 to 4.0), prior: a rule" in printed
    assert "+5,000 weighted person-days: A +1,000, B +1,000, C +1,000 and 2 more" in printed
    assert "if a week later +0 weighted person-days" in printed
    assert "ready -7 4 other" in printed
    assert "single source Area to clear 1,000 m2 Board" in printed
    assert "simulator repeats" not in printed


def test_a_plan_that_comes_out_otherwise_is_said_to() -> None:
    console = a_console()
    print_task(console, a_task(mismatch_person_days=42.0))

    assert "repeats the plan with +42 person-days" in text(console)


def test_ranks_are_printed_with_how_good_they_are() -> None:
    ranks = RankView(
        key="task/a", name="a", person_days=9.0, rank=1,
        ranks=Range(1.0, 1.0, 4.0), among_first=(0.75, 1.0),
    )  # fmt: skip
    check = Check(is_new=True, tau=0.5, shared=(0.25, 0.5))
    for checks in ((), (check,), (check, replace(check, is_new=False, shared=(1.0, 1.0)))):
        console = a_console()
        found = StabilityView(
            n_weightings=100, seed=1, first=(10, 50), tasks=(ranks,), tau=Range(0.25, 0.5, 1.0),
            n_tau=10, checks=checks, check_evaluations=7,
        )  # fmt: skip
        print_stability(console, found, 5)
        printed = text(console)
        assert "1 1 to 4 75% 100% 9 a" in printed
        assert "0.50, in 9 of 10 0.25 to 1.00" in printed
        assert f"for {len(checks)} of the weightings" in printed
        assert ("of the first 50 are first in both: 50%" in printed) == bool(checks)


def test_a_plan_that_rests_on_nothing_disputed_is_said_to() -> None:
    assert sways() == "None of the 99 beliefs the plan rests on is disputed."


def test_what_an_answer_would_change_is_printed_in_words() -> None:
    assert "5 Far: Supply (contested) cut restored (Other) the order can stay" in sways(a_sway())
    assert "Far and 1 more: Supply" in sways(a_sway(things=("Far", "Near")))
    assert "+1 tasks, -2 tasks, another order from day 3" in sways(
        a_sway(appears=("a",), disappears=("b", "c"), changes_order_from_day=3.0)
    )
    assert "the plan stays as it is" in sways(a_sway(differs_from_day=None))
    assert "nothing withheld no" in sways(
        a_sway(acts_on="", supposed="withheld", said_by=(), note="no", differs_from_day=None)
    )
    assert "and 1 more; --json gives all" in sways(*[a_sway()] * 6)
