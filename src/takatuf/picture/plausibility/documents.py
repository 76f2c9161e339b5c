"""Does one document give two values of one property?

A headline, a highlights box and a body are one voice that speaks once. Estimates are left out
where there is nothing else, because a review may list the lowest and the highest it found.
"""

from collections.abc import Iterator

from takatuf.picture.plausibility.doubt import Doubt, DoubtKind
from takatuf.picture.plausibility.guesses import guess
from takatuf.picture.plausibility.record import Figure, Record, in_order, whose_word
from takatuf.picture.plausibility.variants import document_of
from takatuf.reports.report import Modality, Published
from takatuf.vocabulary.identity import ThingId

_Key = tuple[Published, str, str]  # the document, whose word it is, the day spoken of


def document_doubts(record: Record) -> Iterator[Doubt]:
    """Give a doubt for each document in which one voice gives two values for one day."""
    for (thing, name), figures in record.amount_topics:
        documents: dict[_Key, list[Figure]] = {}
        for figure in figures:
            document = document_of(figure)
            if document is not None:
                key = document, whose_word(figure.statement), str(figure.day)
                documents.setdefault(key, []).append(figure)
        for (document, _, _), given in documents.items():
            if len(given) > 1 and _differ(given, record):
                yield _doubt(record, thing, name, document, given)


def _differ(figures: list[Figure], record: Record) -> bool:
    """Say whether the figures as printed differ, "more than" or not."""
    if all(f.statement.claim.modality is Modality.ESTIMATED for f in figures):
        return False
    low, high = min(f.size for f in figures), max(f.size for f in figures)
    return high - low > record.rules.variants.tolerance * abs(high)


def _doubt(
    record: Record, thing: ThingId, name: str, document: Published, figures: list[Figure]
) -> Doubt:
    low, high = figures[0], figures[-1]  # in order of size: they speak of one day
    guessed = guess(low, high, record.rules.slip)
    values = " and ".join(dict.fromkeys(str(figure.amount) for figure in figures))
    return Doubt(
        kind=DoubtKind.DOCUMENT,
        thing=thing,
        property=name,
        statements=tuple(sorted((f.statement for f in figures), key=in_order)),
        sentence=f"“{document.title}” gives {values}{f' ({guessed})' if guessed else ''}.",
    )
