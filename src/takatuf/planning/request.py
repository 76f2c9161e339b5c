"""What a plan is asked for: everything that decides it besides the picture."""

from dataclasses import dataclass, field
from datetime import date, datetime

from takatuf.vocabulary.errors import Problem

DEFAULT_WEIGHTS = {"access": 1.0, "water": 3.0, "power": 1.0, "health": 2.0, "home": 1.0}
DEFAULT_QUANTILE = 0.8
SHORTEST_HORIZON_DAYS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """Goals, horizon, seed and effort; the same request on the same picture gives the same plan."""

    at: date  # the day the plan starts: what was true on the ground
    known: datetime | None = None  # what had been heard by then; None: everything
    weights: dict[str, float] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    horizon_days: float = 365.0
    travel_km_per_day: float = 40.0  # how far a team with its equipment moves in a working day
    seed: int = 1
    evaluations: int = 20_000  # schedules tried by each way of planning
    # Of the range of work that nobody put a figure on: what is planned with. A figure is its own.
    effort_quantile: float = DEFAULT_QUANTILE
    return_weight: float = 0.0  # of a day that a displaced person waits for a home


def problems_of_request(request: PlanRequest) -> tuple[Problem, ...]:
    """Return what makes a request one that no plan can answer; nothing if it is in order."""
    rules = (
        ("horizon_days", request.horizon_days, request.horizon_days >= SHORTEST_HORIZON_DAYS,
         f"{SHORTEST_HORIZON_DAYS:g} day or more"),
        ("evaluations", request.evaluations, request.evaluations >= 1, "1 or more"),
        ("travel_km_per_day", request.travel_km_per_day, request.travel_km_per_day > 0,
         "more than 0 km"),
        ("effort_quantile", request.effort_quantile, 0 < request.effort_quantile < 1,
         "a share between 0 and 1"),
        ("return_weight", request.return_weight, request.return_weight >= 0, "0 or more"),
        ("weights", min(request.weights.values()), min(request.weights.values()) >= 0,
         "0 or more for each service"),
    )  # fmt: skip
    return tuple(
        Problem(code="plan.bad-request", where=name, found=f"{found:g}", expected=expected)
        for name, found, is_right, expected in rules
        if not is_right
    )
