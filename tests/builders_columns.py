"""Rows as a register gives them, for the picture by columns."""

from collections.abc import Iterable

from takatuf.picture.columns import ClaimTable
from takatuf.reports.register import Entry, StoredForm
from takatuf.reports.report import Report, canonical_json
from takatuf.vocabulary.time import instant_text
from tests.builders import entries_of


def forms_of(entries: Iterable[Entry]) -> list[StoredForm]:
    return [
        (e.position, e.report.id, instant_text(e.received_at), canonical_json(e.report).decode())
        for e in entries
    ]


def a_table(*reports: Report) -> ClaimTable:
    return ClaimTable().caught_up(forms_of(entries_of(*reports)))
