"""The claims of a register in columns, kept up with it as it grows.

A table never changes: catching up gives a new one that shares what it can. It is a few
segments, each much larger than the next; a small one that grew is folded into the one before
it. So catching up costs what is new, and once in a while a new sort, but never a new reading
of what was read before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from takatuf.picture.columns.decoding import Decoded, decode
from takatuf.picture.columns.segment import Flags, Rows, Segment, merged, segment_of
from takatuf.reports.register import StoredForm
from takatuf.vocabulary.identity import Position

GROWTH = 8


@dataclass(frozen=True)
class ClaimTable:
    """All claims of the reports that were read so far, up to `position` in their register."""

    segments: tuple[Segment, ...] = ()
    position: Position | None = None
    growth: int = GROWTH  # a segment has more than so many times the reports of the next one

    @property
    def n_reports(self) -> int:
        """The number of reports."""
        return sum(segment.n_reports for segment in self.segments)

    @property
    def n_claims(self) -> int:
        """The number of claims."""
        return sum(segment.n_claims for segment in self.segments)

    def caught_up(self, rows: Iterable[StoredForm]) -> "ClaimTable":
        """Return the table with further rows of its register; this one stays as it was.

        Args:
            rows: As `Register.forms` gives them. A report that was read before counts once,
                as first received.

        Raises:
            ValueError: A row is no report of ours; the register that gave it is damaged.
        """
        decoded = decode(rows)
        if decoded.position is None:
            return self
        segments, new = _first_receipts(self.segments, decoded)
        if new.reports.height:
            segments = _folded([*segments, segment_of(new)], self.growth)
        position = Position(max(decoded.position, self.position or 0))
        return replace(self, segments=segments, position=position)


def _first_receipts(
    segments: tuple[Segment, ...], decoded: Decoded
) -> tuple[tuple[Segment, ...], Decoded]:
    """Return the segments with the first receipt of each report, and what is new to them."""
    is_new = np.ones(decoded.reports.height, dtype=np.bool_)
    dated: list[Segment] = []
    for segment in segments:
        rows = segment.rows_of(decoded.reports["id"])
        is_here = rows >= 0
        dated.append(_dated(segment, rows[is_here], decoded.reports.filter(is_here)))
        is_new &= ~is_here
    return tuple(dated), decoded if is_new.all() else _only(decoded, is_new)


def _dated(segment: Segment, rows: Rows, again: pl.DataFrame) -> Segment:
    if not len(rows):
        return segment
    first = segment.reports["received_at"].to_list()
    for row, received_at in zip(rows.tolist(), again["received_at"], strict=True):
        first[row] = min(first[row], received_at)
    received = pl.Series("received_at", first, dtype=pl.String)
    return replace(segment, reports=segment.reports.with_columns(received))


def _only(decoded: Decoded, kept: Flags) -> Decoded:
    claims = np.repeat(kept, decoded.reports["n_claims"].to_numpy())
    return Decoded(decoded.reports.filter(kept), decoded.claims.filter(claims), decoded.position)


def _folded(segments: list[Segment], growth: int) -> tuple[Segment, ...]:
    while len(segments) > 1 and segments[-1].n_reports * growth >= segments[-2].n_reports:
        newer, older = segments.pop(), segments.pop()
        segments.append(merged(older, newer))
    return tuple(segments)
