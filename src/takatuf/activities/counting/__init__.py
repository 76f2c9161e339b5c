"""How often a thing counts: sectors under one name, doubles, honest ranges, gaps and overlaps."""

from takatuf.activities.counting.activity_names import ActivityMatch, match_activities
from takatuf.activities.counting.doubles import CountingNote, Doubles, count_doubles
from takatuf.activities.counting.matrix import matrix_of, who_is_there
from takatuf.activities.counting.reached import CountingRule, counting_rules, reached_of
from takatuf.activities.counting.sector_matching import SectorMatch, match_sectors
from takatuf.activities.counting.sectors import Sector, SectorReading, sector_reading, sectors

__all__ = [
    "ActivityMatch",
    "CountingNote",
    "CountingRule",
    "Doubles",
    "Sector",
    "SectorMatch",
    "SectorReading",
    "count_doubles",
    "counting_rules",
    "match_activities",
    "match_sectors",
    "matrix_of",
    "reached_of",
    "sector_reading",
    "sectors",
    "who_is_there",
]
