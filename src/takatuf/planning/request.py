"""What a plan is asked for: everything that decides it besides the picture."""

from dataclasses import dataclass, field
from datetime import date, datetime

DEFAULT_WEIGHTS = {"access": 1.0, "water": 3.0, "power": 1.0, "health": 2.0, "home": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """Goals, horizon, seed and effort; the same request on the same picture gives the same plan."""

    at: date  # the day the plan starts: what was true on the ground
    known: datetime | None = None  # what had been heard by then; None: everything
    weights: dict[str, float] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    horizon_days: float = 365.0
    travel_km_per_day: float = 40.0  # how far a team with its equipment moves in a working day
    seed: int = 1
    evaluations: int = 10_000  # schedules tried by each way of planning
