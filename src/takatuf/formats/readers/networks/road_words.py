"""What the properties of a line say of a road: class, direction, bridge, speed, load.

The words are those of OpenStreetMap and of common extracts of it. A word that nobody can
read is a problem; the road is kept, with what its class says.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from takatuf.city.streets.classes import RoadRules
from takatuf.city.streets.noding import BACKWARD, BOTH, FORWARD
from takatuf.vocabulary.errors import Problem, cut

# The properties that are looked at, the first one that is there; a layer with other names
# needs a mapping of its own.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "road_class": ("highway", "road_class", "fclass", "class"),
    "one_way": ("oneway", "one_way"),
    "bridge": ("bridge", "is_bridge"),
    "speed": ("maxspeed", "speed_km_per_h"),
    "max_mass": ("maxweight", "max_mass_t"),
    "access": ("motor_vehicle", "access"),
    "junction": ("junction",),
    "id": ("osm_id", "eid", "id"),
}
_DIRECTIONS = {
    **dict.fromkeys(("yes", "true", "1", "f"), FORWARD),
    **dict.fromkeys(("-1", "reverse", "t"), BACKWARD),
    **dict.fromkeys(("no", "false", "0", "b", "reversible", "alternating"), BOTH),
}
_NO = {"no", "false", "0", "f"}
_ROUND = {"roundabout", "circular"}
_CLASS_SPEED = re.compile(r"none|walk|signals|variable|[a-z]{2}:[a-z0-9:_]+")
_SPEED = re.compile(r"(\d+(?:\.\d+)?)\s*(km/h|kmh|kph|mph)?")
_MASS = re.compile(r"(\d+(?:\.\d+)?)\s*(t|kg)?")
_KM_PER_MILE = 1.609344
_KG_PER_T = 1000.0
_FASTEST_KM_PER_H = 200.0
_NOBODY_SAID = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """What is known of one line; a road that no vehicle may use has `is_closed`."""

    road_class: str
    is_class_assumed: bool
    is_closed: bool
    direction: int
    is_bridge: bool
    speed_km_per_h: float
    max_mass_t: float
    problems: tuple[Problem, ...]


def read_road(
    properties: Mapping[str, object],
    where: str,
    rules: RoadRules,
    columns: Mapping[str, tuple[str, ...]] = COLUMNS,
) -> Road:
    """Return what the properties of a line say.

    Args:
        properties: Of the line; tags in OpenStreetMap.
        where: Where the sender finds it.
        rules: Classes, speeds and words.
        columns: Which properties to look at, for each key of `COLUMNS`.
    """
    words = {key: _word(properties, names) for key, names in columns.items()}
    problems: list[Problem] = []
    road_class = words["road_class"]
    is_closed = road_class in rules.not_for_vehicles or words["access"] in rules.closed_by_access
    is_known = road_class in rules.road_classes
    if road_class and not is_known and not is_closed:
        problems.append(_unknown_class(where, road_class, rules))
    road_class = road_class if is_known else rules.class_where_unknown
    direction = _direction(words, road_class, rules)
    if direction is None:
        problems.append(_refused(where, "direction", words["one_way"], "yes, no or -1"))
    speed = _speed(words["speed"])
    if speed is None:
        problems.append(_refused(where, "speed", words["speed"], "km/h, or a number and mph"))
    mass = _mass(words["max_mass"])
    if mass is None:
        problems.append(_refused(where, "limit", words["max_mass"], "tonnes, or a number and kg"))
    return Road(
        road_class=road_class,
        is_class_assumed=not is_known,
        is_closed=is_closed,
        direction=BOTH if direction is None else direction,
        is_bridge=bool(words["bridge"]) and words["bridge"] not in _NO,
        speed_km_per_h=speed or rules.road_classes[road_class].speed_km_per_h,
        max_mass_t=_NOBODY_SAID if mass is None else mass,
        problems=tuple(problems),
    )


def first_of_each(problems: Iterator[Problem]) -> Iterator[Problem]:
    """Let a class that the rules do not know be named once, not for each of its roads."""
    seen: set[str] = set()
    for problem in problems:
        if problem.code != "network.unknown-road-class":
            yield problem
        elif problem.found not in seen:
            seen.add(problem.found)
            yield problem


def _word(properties: Mapping[str, object], names: tuple[str, ...]) -> str:
    for name in names:
        value = properties.get(name)
        if value is not None and value == value:  # noqa: PLR0124 - NaN: nothing was said
            number = f"{value:g}" if isinstance(value, float) else str(value)
            return number.strip().casefold()
    return ""


def _direction(words: Mapping[str, str], road_class: str, rules: RoadRules) -> int | None:
    if words["one_way"]:
        return _DIRECTIONS.get(words["one_way"])
    is_one_way = words["junction"] in _ROUND or road_class in rules.one_way_unless_said
    return FORWARD if is_one_way else BOTH


def _speed(word: str) -> float | None:
    """Return km/h, 0 where nothing was said, None where it cannot be read."""
    if not word or _CLASS_SPEED.fullmatch(word):
        return 0.0
    found = _SPEED.fullmatch(word)
    if not found:
        return None
    speed = float(found[1]) * (_KM_PER_MILE if found[2] == "mph" else 1.0)
    return speed if 0 < speed <= _FASTEST_KM_PER_H else None


def _mass(word: str) -> float | None:
    if not word or word in {"none", "default"}:
        return _NOBODY_SAID
    found = _MASS.fullmatch(word)
    return float(found[1]) / (_KG_PER_T if found[2] == "kg" else 1.0) if found else None


def _unknown_class(where: str, road_class: str, rules: RoadRules) -> Problem:
    return Problem(
        code="network.unknown-road-class",
        where=where,
        found=cut(road_class),
        expected=cut(f"one of {', '.join(rules.road_classes)}"),
        hint=f"All its roads were taken as {rules.class_where_unknown}.",
    )


def _refused(where: str, what: str, found: str, expected: str) -> Problem:
    return Problem(
        code="network.not-a-road-value",
        where=f"{where}, {what}",
        found=cut(found),
        expected=expected,
        hint="The road was kept, with what its class says.",
    )
