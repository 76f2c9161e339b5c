"""Raise every doubt that a picture holds, by rules that know no party.

What comes out is a function of the picture, the vocabulary, the rules and the day; the order in
which reports came does not matter, and each rule passes over the picture once.
"""

from datetime import date

from takatuf.picture.picture import Picture
from takatuf.picture.plausibility.documents import document_doubts
from takatuf.picture.plausibility.doubt import Doubt
from takatuf.picture.plausibility.falls import fall_doubts
from takatuf.picture.plausibility.rates import rate_doubts
from takatuf.picture.plausibility.record import Record
from takatuf.picture.plausibility.rules import Rules, load_rules
from takatuf.picture.plausibility.safety import safety_doubts
from takatuf.picture.plausibility.slips import slip_doubts
from takatuf.picture.plausibility.totals import total_doubts
from takatuf.picture.plausibility.variants import variant_doubts
from takatuf.vocabulary.things import Vocabulary

_RULES = (
    rate_doubts,
    fall_doubts,
    variant_doubts,
    document_doubts,
    safety_doubts,
    slip_doubts,
    total_doubts,
)


def doubts_of(
    picture: Picture, vocabulary: Vocabulary, at: date | None = None, rules: Rules | None = None
) -> tuple[Doubt, ...]:
    """Return every doubt, by kind and then by thing.

    Args:
        picture: As its reader may see it; a doubt never rests on what is withheld.
        vocabulary: What the properties are.
        at: Leave out what is said of later days; None takes the whole record.
        rules: The rules; those that the package ships, where none are given.
    """
    record = Record(picture, vocabulary, rules or load_rules(), at)
    found = (doubt for rule in _RULES for doubt in rule(record))
    return tuple(sorted(found, key=Doubt.sort_key))
