"""Build statements from the stored text of their report, by the same code as the plain fold."""

from collections.abc import Mapping

from takatuf.picture.columns.segment import Segment
from takatuf.picture.identities import apply_identities
from takatuf.picture.picture import Statement
from takatuf.reports.report import report_from_json
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.time import parse_instant


def statement_at(segment: Segment, row: int, identities: Mapping[ThingId, ThingId]) -> Statement:
    """Return the statement that one claim of a segment makes.

    Args:
        segment: Where the claim is.
        row: The claim's row there.
        identities: See `apply_identities`.
    """
    place, number = int(segment.report_rows[row]), int(segment.numbers[row])
    form = segment.form_of(place)
    only_this = {**form, "claims": [form["claims"][number]]}
    report = report_from_json(only_this, ReportId(segment.ids[place]))
    statement = Statement(
        report=report.id,
        number=number,
        received_at=parse_instant(segment.received_at[place]),
        source=report.source,
        published=report.published,
        origin=report.origin,
        claim=report.claims[0],
    )
    return apply_identities(statement, identities) if identities else statement
