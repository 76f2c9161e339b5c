"""Fold columns into a picture, and redact it, by the rules of the plain fold.

`picture/fold.py` and `picture/redaction.py` are the oracle: whatever the register, what comes
out here is equal to what comes out there, and a property test holds the two together.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

import numpy as np
import polars as pl

from takatuf.picture.columns.reading import ColumnPicture, Part
from takatuf.picture.columns.segment import Flags, Segment
from takatuf.picture.columns.table import ClaimTable
from takatuf.picture.sameness.judgements import identities_of
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, may
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.sensitivity import DEFAULT_WHERE_UNKNOWN, Sensitivity
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.time import instant_text


def fold_columns(
    table: ClaimTable,
    known: datetime | None = None,
    quarantined: Collection[ReportId] = (),
    identities: Mapping[ThingId, ThingId] | None = None,
) -> ColumnPicture:
    """Return the picture of these claims; see `fold`, which gives the same from entries.

    Args:
        table: The claims of a register.
        known: Leave out what was received after this instant; None takes everything.
        quarantined: Reports that no signature in force stands behind; left out.
        identities: Under which identity a thing is read; None as the judgements in these very
            claims say, an empty mapping to read every thing under its own.
    """
    heard = [_heard(segment, known, quarantined) for segment in table.segments]
    superseding = _superseding(table.segments, heard)
    parts = tuple(
        _part(segment, is_heard & ~_superseded(segment, superseding))
        for segment, is_heard in zip(table.segments, heard, strict=True)
    )
    if identities is None:
        identities = identities_of(ColumnPicture(parts))
    return ColumnPicture(parts, identities)


def _heard(segment: Segment, known: datetime | None, quarantined: Collection[ReportId]) -> Flags:
    heard = np.ones(segment.n_reports, dtype=np.bool_)
    if known is not None:
        heard &= (segment.received_at <= instant_text(known)).to_numpy()
    if quarantined:
        rows = segment.rows_of(pl.Series(list(quarantined), dtype=pl.String))
        heard[rows[rows >= 0]] = False
    return heard


def _superseding(segments: Collection[Segment], heard: Collection[Flags]) -> list[pl.DataFrame]:
    return [
        segment.superseding.filter(is_heard[segment.superseding["row"].to_numpy()])
        for segment, is_heard in zip(segments, heard, strict=True)
    ]


def _superseded(segment: Segment, superseding: Collection[pl.DataFrame]) -> Flags:
    """Return which reports their own organisation replaced; nobody replaces another's."""
    replaced = np.zeros(segment.n_reports, dtype=np.bool_)
    for newer in superseding:
        rows = segment.rows_of(newer["supersedes"])
        is_here = rows >= 0
        rows, by = rows[is_here], newer["organisation"].filter(is_here)
        replaced[rows[(segment.reports["organisation"].gather(rows) == by).to_numpy()]] = True
    return replaced


def _part(segment: Segment, is_said: Flags) -> Part:
    return Part(segment, is_said[segment.report_rows], np.zeros(segment.n_claims, dtype=np.bool_))


def redact_columns(picture: ColumnPicture, actor: Actor, vocabulary: Vocabulary) -> ColumnPicture:
    """Return the picture as this actor may see it, as `redact` does for any picture."""
    may_see = np.array(
        [may(actor, Action.READ, Object(sensitivity=one)).is_allowed for one in Sensitivity]
    )
    return ColumnPicture(
        tuple(_redacted(part, may_see, vocabulary) for part in picture.parts), picture.identities
    )


def _redacted(part: Part, may_see: Flags, vocabulary: Vocabulary) -> Part:
    segment = part.segment
    own = np.array([_class_of(name, vocabulary) for name in segment.properties], dtype=np.uint8)
    of_topic = own[segment.topics % max(len(own), 1)]
    declared = np.repeat(of_topic, np.diff(segment.starts))
    is_allowed = may_see[np.maximum(declared, segment.claims["sensitivity"].to_numpy())]
    return Part(segment, part.is_seen & is_allowed, part.is_hidden | (part.is_seen & ~is_allowed))


def _class_of(name: str, vocabulary: Vocabulary) -> Sensitivity:
    declared = vocabulary.properties.get(name)
    return DEFAULT_WHERE_UNKNOWN if declared is None else declared.sensitivity
