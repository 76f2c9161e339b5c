"""Plans over many samples, and plans of many cities, as a workspace asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from takatuf.actions.make_plan import PlanMade
from takatuf.actions.plan_samples import CityToPlan, SamplesMade, plan_cities, plan_samples
from takatuf.planning.ensembles.runner import Done, Runner
from takatuf.planning.request import PlanRequest
from takatuf.workspace.opened import Opened


@dataclass(frozen=True, slots=True)
class SampleDesk:
    """Shows how a plan goes when work takes longer than it reckons with; nothing is kept."""

    workspace: Opened

    def samples(
        self, made: PlanMade, n_samples: int, runner: Runner, on_progress: Done | None = None
    ) -> SamplesMade:
        """Return how a plan of this workspace goes over samples; see `actions.plan_samples`.

        Raises:
            UnavailableError: The workers cannot be had.
        """
        return plan_samples(made, n_samples, runner, on_progress)


def plan_workspaces(
    workspaces: Sequence[Opened],
    request: PlanRequest,
    runner: Runner,
    on_progress: Done | None = None,
) -> tuple[PlanMade, ...]:
    """Return the joint plan of each workspace for one request; each keeps its own.

    Raises:
        InputError: A picture cannot be planned for.
        NotAllowedError: An actor may not plan.
        UnavailableError: The workers cannot be had.
    """
    cities = [
        CityToPlan(
            register=workspace.parts.register,
            plans=workspace.parts.plans,
            actor=workspace.actor,
            request=request,
        )
        for workspace in workspaces
    ]
    return plan_cities(cities, runner, on_progress)
