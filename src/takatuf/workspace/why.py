"""Why the plan of a workspace is as it is, and how firm it is."""

from dataclasses import dataclass

from takatuf.actions.explaining.explain_firmness import (
    SWAY_EVALUATIONS,
    StabilityView,
    SwaysView,
    explain_contested,
    explain_stability,
)
from takatuf.actions.explaining.explain_task import TaskWhy, explain_task
from takatuf.actions.explaining.kept_plan import KeptPlan, kept_plan
from takatuf.planning.explaining.stability import OnProgress
from takatuf.workspace.days import Day, as_day
from takatuf.workspace.opened import Opened


@dataclass(frozen=True, slots=True)
class WhyDesk:
    """Explains the plan that was kept last, or one of another day, made by the same request."""

    workspace: Opened

    def task(self, key: str, *, at: Day = None, on_progress: OnProgress | None = None) -> TaskWhy:
        """Return why a task stands where it does; see `actions.explaining.explain_task`.

        Args:
            key: As a plan prints it, or the task's name.
            at: The day the plan starts; None for that of the plan kept last.
            on_progress: Told how far long work is.

        Raises:
            InputError: The picture cannot be planned for on that day.
            NotAllowedError: The actor may not plan.
            NotFoundError: There is no plan, or it has no such task.
            StaleError: The plan does not fit the picture any more.
        """
        return explain_task(self._kept(at, on_progress), key)

    def stability(self, *, at: Day = None, on_progress: OnProgress | None = None) -> StabilityView:
        """Return how firm the order of tasks is under other weights; raises as `task`."""
        return explain_stability(self._kept(at, on_progress), on_progress)

    def contested(
        self,
        *,
        at: Day = None,
        evaluations: int = SWAY_EVALUATIONS,
        on_progress: OnProgress | None = None,
    ) -> SwaysView:
        """Return which disputed beliefs would change the plan; raises as `task`.

        Args:
            at: As in `task`.
            evaluations: Schedules tried for each other answer.
            on_progress: Told how far it is.
        """
        return explain_contested(self._kept(at, on_progress), evaluations, on_progress)

    def _kept(self, at: Day, on_progress: OnProgress | None) -> KeptPlan:
        workspace = self.workspace
        parts = workspace.parts
        return kept_plan(
            parts.register,
            parts.plans,
            parts.vocabulary,
            workspace.actor,
            as_day(at, "at"),
            (lambda done, of, _: on_progress("planning: three ways", done, of))
            if on_progress
            else None,
        )
