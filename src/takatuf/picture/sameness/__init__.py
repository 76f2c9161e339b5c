"""Whether two things are one: what may be, what people judged, and what follows from it."""

from takatuf.picture.sameness.judgements import (
    Judged,
    Judgement,
    Pair,
    Sameness,
    identities_of,
    pair_of,
    sameness_in,
    sameness_of,
)

__all__ = [
    "Judged",
    "Judgement",
    "Pair",
    "Sameness",
    "identities_of",
    "pair_of",
    "sameness_in",
    "sameness_of",
]
