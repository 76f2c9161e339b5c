"""A small map as SVG: the streets, and each quarter by the day from which it is reached."""

from collections.abc import Iterator
from html import escape

import numpy as np
import shapely

from benchmarks.planning.aleppo.building import WholeCity
from takatuf.city.streets.plane import Plane, edge_lines
from takatuf.planning.plan import Served
from takatuf.planning.problem import ACCESS

WIDTH = 900.0
MARGIN, LEGEND = 20.0, 110.0
STEPS = (  # up to this day: this colour; light is early
    (0.0, "#f7fcf5"), (14.0, "#d5efcf"), (30.0, "#9ed798"), (60.0, "#55b567"),
    (90.0, "#1d8641"), (365.0, "#00441b"),
)  # fmt: skip
NEVER = "#bbbbbb"
TITLE = "Aleppo, streets of 2016: day from which a quarter is reached in the plan"
SOURCE = "Hazards, teams and efforts are assumptions; no map of hazards."


def map_of(city: WholeCity, served: Served) -> str:
    """Return the map as the text of an SVG file."""
    plane = Plane.of(city.data.streets)
    areas = plane.project(np.array([each.shape for each in city.data.quarters], dtype=object))
    lines = edge_lines(city.data.streets, plane)
    west, south, east, north = shapely.total_bounds([*areas, *lines])
    scale = (WIDTH - 2 * MARGIN) / (east - west)
    height = (north - south) * scale + 2 * MARGIN + LEGEND

    def path(shape: shapely.Geometry) -> str:
        xy = shapely.get_coordinates(shape)
        x, y = MARGIN + (xy[:, 0] - west) * scale, MARGIN + (north - xy[:, 1]) * scale
        return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True))

    days = served.service_day[:, ACCESS]
    out = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.0f}" '
            f'font-family="sans-serif" font-size="14">'
        ),
        f'<rect width="{WIDTH:g}" height="{height:.0f}" fill="#ffffff"/>',
    ]
    for quarter, area, day in zip(city.data.quarters, areas, days.tolist(), strict=True):
        when = f"day {day:.0f}" if np.isfinite(day) else "never"
        style = f'fill="{_colour(day)}" stroke="#666666" stroke-width="0.6"'
        rings = "".join(f"{path(shapely.get_exterior_ring(p))}Z" for p in shapely.get_parts(area))
        title = f"<title>{escape(quarter.name)}: {when}</title>"
        out.append(f'<path d="{rings}" {style}>{title}</path>')
    streets = "".join(path(shapely.simplify(line, 5.0)) for line in lines)
    out.append(f'<path d="{streets}" fill="none" stroke="#333333" stroke-width="0.25"/>')
    out += _legend(height - LEGEND + MARGIN, days.tolist())
    return "\n".join([*out, "</svg>", ""])


def _colour(day: float) -> str:
    return next((colour for limit, colour in STEPS if day <= limit), NEVER)


def _legend(top: float, days: list[float]) -> Iterator[str]:
    yield f'<text x="{MARGIN}" y="{top}" font-size="17">{TITLE}</text>'
    width = (WIDTH - 2 * MARGIN) / (len(STEPS) + 1)
    labels = [("now" if not limit else f"day {limit:g}", colour) for limit, colour in STEPS]
    for number, (label, colour) in enumerate([*labels, ("never", NEVER)]):
        x, count = MARGIN + number * width, sum(_colour(day) == colour for day in days)
        yield (
            f'<rect x="{x:.0f}" y="{top + 14}" width="26" height="16" fill="{colour}" '
            f'stroke="#666666"/><text x="{x + 32:.0f}" y="{top + 27}">{label}: {count}</text>'
        )
    yield f'<text x="{MARGIN}" y="{top + 56}" font-size="12">{SOURCE}</text>'
