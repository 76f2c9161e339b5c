"""A plane in metres around a city: east and north of a centre.

Azimuthal equidistant: within 50 km of the centre, lengths are right to 0.01 %.
"""

from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from takatuf.city.streets.graph import Floats, StreetGraph


@dataclass(frozen=True, slots=True)
class Plane:
    """The plane around one point."""

    centre_lon: float
    centre_lat: float
    _transformer: Transformer = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare the projection once."""
        text = f"+proj=aeqd +lat_0={self.centre_lat} +lon_0={self.centre_lon} +datum=WGS84 +units=m"
        transformer = Transformer.from_crs("EPSG:4326", text, always_xy=True)
        object.__setattr__(self, "_transformer", transformer)

    @classmethod
    def of(cls, graph: StreetGraph) -> "Plane":
        """Return the plane around the middle of a graph's frame; of an empty one, around 0/0."""
        if not graph.n_nodes:
            return cls(0.0, 0.0)
        lon, lat = graph.node_lon, graph.node_lat
        return cls(float(lon.min() + lon.max()) / 2, float(lat.min() + lat.max()) / 2)

    def metres(self, lon: Floats, lat: Floats) -> Floats:
        """Return metres east and north of the centre; shape (n, 2)."""
        x, y = self._transformer.transform(lon, lat)
        return np.column_stack([np.asarray(x, float), np.asarray(y, float)]).reshape(-1, 2)

    def project(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return shapes in degrees as shapes in metres."""
        projected: NDArray[np.object_] = shapely.transform(
            shapes, lambda degrees: self.metres(degrees[:, 0], degrees[:, 1])
        )
        return projected


def edge_lines(graph: StreetGraph, plane: Plane) -> NDArray[np.object_]:
    """Return the line of each edge in metres, as shapely lines; shape (n_edges,)."""
    metres = plane.metres(graph.vertex_lon, graph.vertex_lat)
    edge = np.repeat(np.arange(graph.n_edges), np.diff(graph.first_vertex))
    lines: NDArray[np.object_] = shapely.linestrings(metres, indices=edge)
    return lines
