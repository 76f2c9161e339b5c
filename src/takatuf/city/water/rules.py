"""How a water network is judged: pressures, hours and shares, from data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class HydraulicRules:
    """The figures of `hydraulics.toml`, or of a file of the same form."""

    source: str
    required_pressure_m: float  # gives the full demand
    minimum_pressure_m: float  # gives none
    pressure_exponent: float
    warm_up_hours: float  # are run and not counted
    counted_hours: float
    served_share: float  # of the demand
    main_velocity_m_per_s: float  # what a pipe carries where only capacity is looked at


@cache
def load_hydraulic_rules() -> HydraulicRules:
    """Return the rules that the package ships."""
    text = files("takatuf.city.water").joinpath("hydraulics.toml").read_text("utf-8")
    return HydraulicRules(**tomllib.loads(text))
