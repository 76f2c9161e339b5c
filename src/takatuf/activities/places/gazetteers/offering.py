"""Lists of places in a partner's own workbook, offered as a gazetteer and never taken unasked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from takatuf.activities.places.gazetteers.building import gazetteer_of
from takatuf.activities.places.gazetteers.gazetteer import Gazetteer
from takatuf.activities.places.gazetteers.headers import headings_of
from takatuf.activities.places.spelling.codes import scheme_of
from takatuf.activities.questions import AS_ENTERED, Answers, Kind, Option, Question
from takatuf.activities.tables import SheetTable, Visibility

_LEAST_PLACES = 5
_N_SHEETS = 3  # that are named
_LEAST_UNDERSTOOD = 0.5  # of a table's columns: a list of places has little else
_MOST_ROWS_FOR_A_PLACE = 1.2  # a list has each place once, a table of activities many times


@dataclass(frozen=True, slots=True)
class Offer:
    """Lists of places that follow one scheme of codes."""

    word: str  # the answer that takes them
    sheets: tuple[str, ...]
    gazetteer: Gazetteer
    is_hidden: bool  # all of these sheets are


@dataclass(frozen=True, slots=True)
class Offered:
    """What a workbook offers, and what was taken."""

    offers: tuple[Offer, ...]  # the largest first
    question: Question | None  # None where there is no list, or it was answered
    taken: Gazetteer | None


def offer_gazetteer(tables: Sequence[SheetTable], answers: Answers | None = None) -> Offered:
    """Return the lists of places among the tables of a workbook.

    Args:
        tables: All that were found, those of hidden sheets too.
        answers: Given so far: only by one is a list taken.
    """
    offers = _offers(tables)
    if not offers:
        return Offered((), None, None)
    question = _question(offers)
    answer = (answers or {}).get(question.id)
    by_word = {offer.word: offer.gazetteer for offer in offers}
    return Offered(offers, question if answer is None else None, by_word.get(answer or ""))


def _offers(tables: Sequence[SheetTable]) -> tuple[Offer, ...]:
    by_scheme: dict[str, list[SheetTable]] = defaultdict(list)
    for table in tables:
        scheme = _scheme_of_list(table)
        if scheme:
            by_scheme[scheme].append(table)
    found = [_offer(scheme, lists) for scheme, lists in sorted(by_scheme.items())]
    return tuple(sorted(found, key=lambda offer: (-offer.gazetteer.places.height, offer.word)))


def _scheme_of_list(table: SheetTable) -> str:
    """Return how the codes of a list of places begin ("ISO3"); "" for any other table."""
    understood = len(headings_of(table.columns))
    if understood < _LEAST_UNDERSTOOD * len(table.columns):
        return ""
    places = gazetteer_of([table]).places
    if places.height < _LEAST_PLACES or table.cells.height > _MOST_ROWS_FOR_A_PLACE * places.height:
        return ""
    return scheme_of(places.sort("level", "code")["code"][0]).split(" + ")[0]


def _offer(scheme: str, lists: Sequence[SheetTable]) -> Offer:
    sheets = tuple(dict.fromkeys(table.sheet for table in lists))
    more = f" and {len(sheets) - _N_SHEETS} more" if len(sheets) > _N_SHEETS else ""
    word = f"{', '.join(sheets[:_N_SHEETS])}{more} ({scheme})"
    is_hidden = all(table.visibility is Visibility.HIDDEN for table in lists)
    return Offer(word, sheets, gazetteer_of(lists, word), is_hidden)


def _question(offers: Sequence[Offer]) -> Question:
    shown = "; ".join(map(_described, offers))
    return Question(
        kind=Kind.PLACE,
        code="ask.gazetteer-in-workbook",
        about=f"gazetteer|{'|'.join(sorted(offer.word for offer in offers))}",
        text=f"The workbook has lists of places: {shown}. Match the rows against one of them?",
        options=(
            *(Option(offer.word, f"Match against {_described(offer)}") for offer in offers),
            Option(AS_ENTERED, "Match against none of them"),
        ),
        rows=(),
        where=f"sheet {offers[0].sheets[0]}",
    )


def _described(offer: Offer) -> str:
    counts = offer.gazetteer.places.group_by("level").len().sort("level")
    levels = ", ".join(f"{n_places:,} of admin {level}" for level, n_places in counts.iter_rows())
    return f"{offer.word}{', hidden' if offer.is_hidden else ''}: {levels}"
