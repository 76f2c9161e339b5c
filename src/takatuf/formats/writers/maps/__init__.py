"""Printable maps, A4 and A3, as SVG and PDF, made without the network."""

from takatuf.formats.writers.maps.content import (
    MapArea,
    MapContent,
    MapHazard,
    MapLine,
    MapPlace,
    Mark,
)
from takatuf.formats.writers.maps.drawing import map_svg
from takatuf.formats.writers.maps.printing import map_pdf, map_picture

__all__ = [
    "MapArea",
    "MapContent",
    "MapHazard",
    "MapLine",
    "MapPlace",
    "Mark",
    "map_pdf",
    "map_picture",
    "map_svg",
]
