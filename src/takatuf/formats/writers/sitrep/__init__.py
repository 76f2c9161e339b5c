"""The situation report, as a page and as PDF, in English and Arabic."""

from takatuf.formats.writers.sitrep.building import Counted, Further, Head, sitrep_of
from takatuf.formats.writers.sitrep.content import (
    Access,
    Answer,
    Cell,
    Changes,
    Contested,
    Figure,
    HazardCount,
    MissingOrganisation,
    Reporting,
    Section,
    SitrepContent,
    SourceRows,
    Summary,
)
from takatuf.formats.writers.sitrep.footnotes import rows_table
from takatuf.formats.writers.sitrep.mapping import map_places_of
from takatuf.formats.writers.sitrep.page import write_sitrep_page
from takatuf.formats.writers.sitrep.picturing import access_of, contested_of, hazards_of
from takatuf.formats.writers.sitrep.printing import sitrep_pictures, write_sitrep_pdf

__all__ = [
    "Access",
    "Answer",
    "Cell",
    "Changes",
    "Contested",
    "Counted",
    "Figure",
    "Further",
    "HazardCount",
    "Head",
    "MissingOrganisation",
    "Reporting",
    "Section",
    "SitrepContent",
    "SourceRows",
    "Summary",
    "access_of",
    "contested_of",
    "hazards_of",
    "map_places_of",
    "rows_table",
    "sitrep_of",
    "sitrep_pictures",
    "write_sitrep_page",
    "write_sitrep_pdf",
]
