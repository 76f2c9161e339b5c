"""Nearest-point cells: which ground is nearer to one place than to any other.

They stand in for boundaries that nobody has agreed on, and the map says so. Each cell
starts as a circle of the given reach and is cut at the middle line to each neighbour.

Source: G. Voronoi (1908), Nouvelles applications des parametres continus, Journal fuer
die reine und angewandte Mathematik 134, 198-287; cutting after I. Sutherland and
G. Hodgman (1974), Reentrant polygon clipping, Communications of the ACM 17, 32-42.
"""

from collections.abc import Sequence
from math import cos, dist, pi, sin
from statistics import quantiles

Point = tuple[float, float]
Polygon = list[Point]

N_CORNERS = 32  # of the circle a cell starts as
_LONE_REACH_M = 500.0


def nearest_point_cells(points: Sequence[Point], reach_m: float) -> list[Polygon]:
    """Return the cell of each point, in the order of the points.

    Args:
        points: Metres east and north. Shape ``(n, 2)``; points at the same spot share
            its cell between them, side by side.
        reach_m: No cell goes farther from its point than this. Above 0.

    Returns:
        For each point a convex polygon, counter-clockwise, in metres.
    """
    apart = _set_apart(points, reach_m / 1000)
    return [_cell(index, apart, reach_m) for index in range(len(apart))]


def fitting_reach_m(points: Sequence[Point]) -> float:
    """Return a reach that closes the gaps of a city without blowing up its edge.

    Three in four places have their nearest neighbour nearer than that; 500 m where there
    are fewer than two places.
    """
    nearest = [
        min(dist(point, other) for number, other in enumerate(points) if number != index)
        for index, point in enumerate(points)
        if len(points) > 1
    ]
    apart = [distance for distance in nearest if distance > 0]
    if not apart:
        return _LONE_REACH_M
    if len(apart) == 1:
        return apart[0]
    return quantiles(apart, n=4)[-1]


def _set_apart(points: Sequence[Point], step_m: float) -> list[Point]:
    # Points at one spot have no middle line: put them around it, a thousandth of the reach apart.
    seen: dict[Point, int] = {}
    apart = []
    for east, north in points:
        n_before = seen.get((east, north), 0)
        seen[east, north] = n_before + 1
        angle = 2.4 * n_before  # the golden angle: never twice the same direction
        offset = step_m if n_before else 0.0
        apart.append((east + offset * cos(angle), north + offset * sin(angle)))
    return apart


def _cell(index: int, points: Sequence[Point], reach_m: float) -> Polygon:
    east, north = middle = points[index]
    angles = [2 * pi * corner / N_CORNERS for corner in range(N_CORNERS)]
    cell = [(east + reach_m * cos(angle), north + reach_m * sin(angle)) for angle in angles]
    for other, point in enumerate(points):
        if other != index and dist(middle, point) < 2 * reach_m:
            cell = _keep_nearer(cell, middle, point)
    return cell


def _keep_nearer(cell: Polygon, mine: Point, other: Point) -> Polygon:
    # Beyond the middle line, `excess` is positive.
    along = (other[0] - mine[0], other[1] - mine[1])
    limit = along[0] * (mine[0] + other[0]) / 2 + along[1] * (mine[1] + other[1]) / 2
    excess = [along[0] * east + along[1] * north - limit for east, north in cell]
    kept: Polygon = []
    for corner, (start, end) in enumerate(zip(cell, cell[1:] + cell[:1], strict=True)):
        here, there = excess[corner], excess[(corner + 1) % len(cell)]
        if here <= 0:
            kept.append(start)
        if (here < 0 < there) or (there < 0 < here):
            share = here / (here - there)
            kept.append(
                (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
            )
    return kept
