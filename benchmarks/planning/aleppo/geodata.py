"""What the geodata say: streets, quarters with their damage, strike sites, craters.

Nothing is invented here. The streets are those that hang together in the largest part.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from takatuf.city.streets.classes import load_road_rules
from takatuf.city.streets.graph import Flags, StreetGraph
from takatuf.formats.readers.networks.features import Layer
from takatuf.formats.readers.networks.files import read_layer
from takatuf.formats.readers.networks.roads import read_roads
from takatuf.vocabulary.identity import ThingId

STREETS = "aleppo_road_edges_noded.derived.geojson"
QUARTERS = "aleppo_neighbourhoods_C1007.derived.geojson"
COUNTS = "aleppo_neighbourhood_summary.derived.csv"
STRIKES = "HRW_02.geojson"
CRATERS = "aleppo_road_craters_from_4_Road_Damage.derived.geojson"
GRADES = ("moderate", "severe", "destroyed")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterCounts:
    """A quarter as the geodata have it."""

    id: ThingId
    name: str
    shape: shapely.Geometry
    damaged: dict[str, float]  # buildings by grade, as a satellite saw them in 2016
    residential_km: float

    @property
    def heavily_damaged(self) -> float:
        """Buildings that are severely damaged or destroyed."""
        return self.damaged["severe"] + self.damaged["destroyed"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GeoData:
    """All that is read."""

    streets: StreetGraph
    n_edges_read: int  # with those of smaller parts, which are left out
    is_near_damage: Flags  # of each edge of `streets`: a mark of the map, not a survey
    quarters: tuple[QuarterCounts, ...]
    strikes: NDArray[np.object_]  # points
    strike_radius_m: NDArray[np.float64]
    craters: NDArray[np.object_]


def read_geodata(folder: Path) -> GeoData:
    """Read the layers of the folder."""
    whole = _layer(folder, STREETS)
    kept = tuple(each for each in whole.features if each.properties["component"] == 1)
    columns = {"id": ("rid",)}  # the street line that an edge was cut from
    streets = read_roads(Layer(kept, ()), STREETS, load_road_rules(), columns).graph
    strikes = _layer(folder, STRIKES).features
    return GeoData(
        streets=streets,
        n_edges_read=len(whole.features),
        is_near_damage=_near_damage(streets, Layer(kept, ())),
        quarters=_quarters(folder),
        strikes=np.array([each.shape for each in strikes], dtype=object),
        strike_radius_m=np.array([float(str(each.properties["ded1_Radius"])) for each in strikes]),
        craters=np.array([each.shape for each in _layer(folder, CRATERS).features], dtype=object),
    )


def _layer(folder: Path, name: str) -> Layer:
    return read_layer((folder / name).read_bytes(), name)


def _near_damage(streets: StreetGraph, layer: Layer) -> Flags:
    """Take the mark over by place: the reader may have cut or joined lines."""
    marked = [each.shape for each in layer.features if each.properties["near_damage_15ft"]]
    middle = [shapely.line_interpolate_point(line, 0.5, normalized=True) for line in marked]
    vertices = shapely.points(streets.vertex_lon, streets.vertex_lat)
    edge_of = np.repeat(np.arange(streets.n_edges), np.diff(streets.first_vertex))
    lines = shapely.linestrings(shapely.get_coordinates(vertices), indices=edge_of)
    near = np.zeros(streets.n_edges, dtype=np.bool_)
    near[shapely.STRtree(lines).nearest(middle)] = True
    return near


def _quarters(folder: Path) -> tuple[QuarterCounts, ...]:
    shapes = {
        str(each.properties["PCODE"]): each.shape for each in _layer(folder, QUARTERS).features
    }
    text = (folder / COUNTS).read_text(encoding="utf-8-sig")
    return tuple(
        QuarterCounts(
            id=ThingId(f"place/{row['pCode'].lower()}"),
            name=row["nameEnglish"],
            shape=shapes[row["pCode"]],
            damaged={grade: float(row[f"unosat2016_{grade}"] or 0) for grade in GRADES},
            residential_km=float(row["road_km_residential"] or 0),
        )
        for row in csv.DictReader(io.StringIO(text))
    )
