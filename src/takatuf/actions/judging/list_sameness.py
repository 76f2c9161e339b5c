"""List pairs of things that may be one, and what was judged of pairs already."""

from dataclasses import dataclass

from takatuf.actions.read_picture import Reading
from takatuf.actions.views import name_of
from takatuf.formats.city_report import Name
from takatuf.picture.names import Names
from takatuf.picture.sameness import Judged, Judgement, sameness_in
from takatuf.picture.sameness.candidates import candidates
from takatuf.vocabulary.errors import NotFoundError
from takatuf.vocabulary.identity import ThingId, name_key
from takatuf.vocabulary.spelling import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    """Two things that may be one, as people judge them."""

    one: ThingId
    one_name: Name
    other: ThingId
    other_name: Name
    score: int  # 0 to 100: it sorts, and decides nothing
    reasons: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedView:
    """A judgement that stands."""

    one: ThingId
    other: ThingId
    judgement: Judgement
    organisation: str
    by: str
    why: str
    on: str
    is_joined: bool  # the two are read as one
    note: str  # why a "same" does not join, or ""


def list_candidates(
    reading: Reading, thing: str = "", of_type: str = "", limit: int | None = None
) -> tuple[CandidateView, ...]:
    """Return pairs that may be one and that nobody judged yet, best first.

    Args:
        reading: The picture as its reader may see it.
        thing: A name or identity: only pairs with it, or with each thing of this name; "" for
            all.
        of_type: A type of things; "" for all.
        limit: At most so many; None for all.

    Raises:
        NotFoundError: There is no such thing, or no such type.
    """
    vocabulary = reading.weigher.vocabulary
    if of_type and of_type not in vocabulary.types:
        hint = nearest(of_type, vocabulary.types)
        raise NotFoundError(f"There is no type of things called {of_type}. {hint}".strip())
    found = [
        candidate
        for near in _meant(thing, reading.names)
        for candidate in candidates(reading.weigher.picture, vocabulary, of_type, near)
    ]
    best_first = sorted(dict.fromkeys(found), key=lambda c: (-c.score, c.one, c.other))
    return tuple(
        CandidateView(
            one=candidate.one,
            one_name=name_of(candidate.one, reading),
            other=candidate.other,
            other_name=name_of(candidate.other, reading),
            score=candidate.score,
            reasons=candidate.reasons,
            against=candidate.against,
        )
        for candidate in best_first[:limit]
    )


def list_judged(reading: Reading, thing: str = "") -> tuple[JudgedView, ...]:
    """Return every judgement that stands, by pair.

    Args:
        reading: The picture as its reader may see it.
        thing: A name or identity: only pairs with what is read as one with it; "" for all.

    Raises:
        NotFoundError: There is no such thing.
    """
    sameness = sameness_in(reading.weigher.picture)
    near = reading.names.find(thing) if thing else None
    views: list[JudgedView] = []
    for judged in sameness.judged:
        one, other = (sameness.read_as(each) for each in judged.pair)
        if near in (None, one, other):
            note = ""
            if judged.pair in sameness.contested:
                note = "contested: one says same, another different"
            elif judged.pair in sameness.left_out:
                note = "left out: it would join, through others, what somebody says is different"
            views.append(_view(judged, reading, note, is_joined=one == other))
    return tuple(views)


def _meant(text: str, names: Names) -> tuple[ThingId | None, ...]:
    """Return the thing that is named, or all things of one name; only None for all there are."""
    if not text:
        return (None,)
    of_one_name = names.things.get(name_key(text), ())
    return of_one_name or (names.find(text),)


def _view(judged: Judged, reading: Reading, note: str, *, is_joined: bool) -> JudgedView:
    statement = judged.statement
    return JudgedView(
        one=judged.pair[0],
        other=judged.pair[1],
        judgement=judged.judgement,
        organisation=reading.names.of(statement.source.organisation),
        by=statement.source.role,
        why=statement.claim.wording,
        on=str(statement.claim.observed_at or ""),
        is_joined=is_joined,
        note=note,
    )
