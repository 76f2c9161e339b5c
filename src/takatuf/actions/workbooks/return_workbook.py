"""Give a partner's workbook back: what was found in it, for whoever marks it in place."""

from takatuf.actions.workbooks.import_workbook import Preview
from takatuf.formats.writers.corrected import Findings, TableFindings


def findings_of(preview: Preview) -> Findings:
    """Return what the marked file says: faults, questions, what was left out, and the counts."""
    tables = tuple(
        TableFindings(table=one.table, faults=one.faults, questions=one.questions)
        for one in preview.tables
    )
    notes = tuple(note for one in preview.tables for note in one.notes)
    return Findings(
        tables=tables,
        problems=(*preview.book.skipped, *preview.book.notes, *notes),
        receipt=_receipt(preview),
    )


def _receipt(preview: Preview) -> tuple[tuple[str, str], ...]:
    counts = [(fate.value, f"{n:,}") for fate, n in preview.counts.items() if n]
    rows = (("rows of data", f"{len(preview.fates):,}"),)
    return (*rows, *counts, ("questions", f"{len(preview.questions):,}"))
