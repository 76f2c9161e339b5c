"""From priorities to a schedule: the one simulator that every way of planning goes through."""

from takatuf.planning.simulating.city import City, city_of
from takatuf.planning.simulating.crews import Crews, crews_of
from takatuf.planning.simulating.running import Game, Setting, setting_of, simulate, value_of

__all__ = [
    "City",
    "Crews",
    "Game",
    "Setting",
    "city_of",
    "crews_of",
    "setting_of",
    "simulate",
    "value_of",
]
