"""From map layers of a whole city to a planning problem."""

from takatuf.planning.layers.city_layers import (
    CityLayers,
    Crew,
    HazardArea,
    Organisation,
    Plant,
    Quarter,
    Rubble,
)
from takatuf.planning.layers.problem import LayeredProblem, layered_problem
from takatuf.planning.layers.rubble import quarter_of_places, rubble_of_streets
from takatuf.planning.layers.rules import LayerRules, load_layer_rules

__all__ = [
    "CityLayers",
    "Crew",
    "HazardArea",
    "LayerRules",
    "LayeredProblem",
    "Organisation",
    "Plant",
    "Quarter",
    "Rubble",
    "layered_problem",
    "load_layer_rules",
    "quarter_of_places",
    "rubble_of_streets",
]
