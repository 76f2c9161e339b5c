"""A partner's own workbook back: faults marked in place, questions to answer, all else kept."""

from takatuf.formats.writers.corrected.answers import read_answers
from takatuf.formats.writers.corrected.findings import (
    SHEET_NAME,
    Corrected,
    Findings,
    Limits,
    TableFindings,
    no_faults,
)
from takatuf.formats.writers.corrected.writing import write_corrected

__all__ = [
    "SHEET_NAME",
    "Corrected",
    "Findings",
    "Limits",
    "TableFindings",
    "no_faults",
    "read_answers",
    "write_corrected",
]
