"""Correct the days on which a plan says that zones have water, by what hydraulics say."""

from dataclasses import dataclass

import numpy as np

from takatuf.city.streets.graph import Floats
from takatuf.city.water.rules import HydraulicRules
from takatuf.city.water.verifying import Verification

_ROUNDING = 1e-6  # of a share: two runs of one state may differ by so much


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterCorrection:
    """A zone that has water later than the plan said."""

    zone: int
    planned_day: float
    day: float  # infinite: not within the days looked at
    share: float  # of the demand, on the planned day
    expected_share: float
    is_verified: bool  # False: by maximum flow, or on one of the two days

    def __str__(self) -> str:
        """Say why, in one line."""
        when = f"from day {self.day:g}" if np.isfinite(self.day) else "not within this plan"
        by = "" if self.is_verified else " (by maximum flow: not verified)"
        return (
            f"zone {self.zone}: on day {self.planned_day:g} the network gives "
            f"{self.share:.1%} of the demand, {self.expected_share:.1%} is needed: "
            f"{when}{by}"
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CorrectedWater:
    """The days after correction, and why they differ."""

    days: Floats  # shape (n_zones,)
    corrections: tuple[WaterCorrection, ...]
    not_verified: tuple[int, ...]  # zones whose day, corrected or not, hydraulics did not confirm


def correct(planned_days: Floats, found: Verification, rules: HydraulicRules) -> CorrectedWater:
    """Return from which day each zone has water, never earlier than planned.

    A zone has water from the first state on in which, and in all later ones, it gets the
    share of its demand that the rules ask for, or what the intact network would give where
    that is less. Zones that ask for nothing keep their day.

    Args:
        planned_days: Shape (n_zones,), 0 or more; infinite where a zone never gets water.
        found: What hydraulics say of the plan's states.
        rules: Which share counts as served.
    """
    days = planned_days.copy()
    corrections: list[WaterCorrection] = []
    not_verified: list[int] = []
    last_first = np.append(found.from_day, np.inf)
    for zone, planned in enumerate(planned_days.tolist()):
        expected = min(rules.served_share, float(found.share_when_intact[zone]))
        shares = found.share[:, zone]
        if not np.isfinite(planned) or np.isnan(shares).any():
            continue
        too_little = np.flatnonzero(shares < expected - _ROUNDING)
        served_from = int(too_little[-1]) + 1 if len(too_little) else 0
        days[zone] = max(planned, last_first[served_from])
        now = found.state_on(planned)
        is_verified = bool(found.is_verified[[now, min(served_from, len(shares) - 1)]].all())
        if not is_verified:
            not_verified.append(zone)
        if days[zone] > planned:
            corrections.append(
                WaterCorrection(
                    zone=zone,
                    planned_day=planned,
                    day=float(days[zone]),
                    share=float(shares[now]),
                    expected_share=expected,
                    is_verified=is_verified,
                )
            )
    return CorrectedWater(
        days=days, corrections=tuple(corrections), not_verified=tuple(not_verified)
    )
