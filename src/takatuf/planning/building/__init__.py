"""From a city on its day to the planning problem, with notes on what could not be planned."""

from takatuf.planning.building.arrays import build_problem, works_of
from takatuf.planning.building.notes import notes_of
from takatuf.planning.building.teams import Team, teams_of

__all__ = ["Team", "build_problem", "notes_of", "teams_of", "works_of"]
