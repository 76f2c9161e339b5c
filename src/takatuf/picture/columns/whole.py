"""Reports as wholes: for tables whose rows are reports, not only answers to questions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from takatuf.picture.columns.reading import ColumnPicture, Part
from takatuf.vocabulary.identity import ReportId


@dataclass(frozen=True, slots=True)
class SeenReport:
    """A report as far as its reader may see it."""

    id: ReportId
    received_at: str  # as `instant_text`
    form: dict[str, Any]  # the JSON values of the whole report
    seen: tuple[int, ...]  # places of the claims that the reader sees; the others must not leave
    n_hidden: int  # claims on the same properties that the reader may not see


def seen_reports(picture: ColumnPicture, names: Collection[str]) -> Iterator[SeenReport]:
    """Give every report with a claim on one of these properties, by identity in each segment.

    Args:
        picture: Folded and redacted; a report that its own organisation replaced is not in it.
        names: Of properties; only claims on them count as seen or hidden.
    """
    for part in picture.parts:
        yield from _in_part(part, names)


def _in_part(part: Part, names: Collection[str]) -> Iterator[SeenReport]:
    segment = part.segment
    wanted = np.isin(np.array(segment.properties, dtype=object), list(names))
    of_topic = wanted[segment.topics % len(segment.properties)]
    of_claim = np.repeat(of_topic, np.diff(segment.starts))
    seen, hidden = of_claim & part.is_seen, of_claim & part.is_hidden
    order = np.flatnonzero(seen)
    order = order[np.lexsort((segment.numbers[order], segment.report_rows[order]))]
    rows, firsts = np.unique(segment.report_rows[order], return_index=True)
    ends = [*firsts[1:].tolist(), len(order)]
    n_hidden = np.bincount(segment.report_rows[hidden], minlength=segment.n_reports)
    for row, first, end in zip(rows.tolist(), firsts.tolist(), ends, strict=bool(len(rows))):
        own = order[first:end]
        yield SeenReport(
            id=ReportId(segment.ids[row]),
            received_at=segment.received_at[row],
            form=segment.form_of(row),
            seen=tuple(segment.numbers[own].tolist()),
            n_hidden=int(n_hidden[row]),
        )
