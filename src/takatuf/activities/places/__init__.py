"""Where: codes and names of places as entered, read against gazetteers, never joined silently."""

from takatuf.activities.places.faults import FAULTS, MAPPING
from takatuf.activities.places.gazetteers.building import gazetteer_of
from takatuf.activities.places.gazetteers.gazetteer import (
    NAMES,
    PLACES,
    Gazetteer,
    from_csv,
    merged,
    to_csv,
)
from takatuf.activities.places.gazetteers.offering import Offer, Offered, offer_gazetteer
from takatuf.activities.places.placing import PlaceMatch, match_places
from takatuf.activities.places.spelling.names import place_key

__all__ = [
    "FAULTS",
    "MAPPING",
    "NAMES",
    "PLACES",
    "Gazetteer",
    "Offer",
    "Offered",
    "PlaceMatch",
    "from_csv",
    "gazetteer_of",
    "match_places",
    "merged",
    "offer_gazetteer",
    "place_key",
    "to_csv",
]
