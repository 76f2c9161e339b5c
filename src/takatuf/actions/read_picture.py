"""Read the picture: folded at a date, redacted for its reader, ready to be asked."""

from dataclasses import dataclass
from datetime import datetime

from takatuf.actions.claims import Claims
from takatuf.picture.columns import fold_columns, redact_columns
from takatuf.picture.names import Names, names_of
from takatuf.picture.weighing import Weigher
from takatuf.reports.register import Register
from takatuf.reports.standing import Standing, standing_in
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.things import Vocabulary


@dataclass(frozen=True, slots=True)
class Reading:
    """A picture as one reader sees it, with the names of its things.

    Names are taken from the whole record, so that a thing can be asked for by its name at
    any date; what is said of it is only what had been heard by then. Reports that no key in
    force stands behind are in neither; `standing` says which and why.
    """

    weigher: Weigher
    names: Names
    known: datetime | None
    standing: Standing  # as it was at `known`


def read_picture(
    register: Register,
    vocabulary: Vocabulary,
    actor: Actor,
    known: datetime | None = None,
    claims: Claims | None = None,
) -> Reading:
    """Return the picture as this actor may see it.

    Args:
        register: What was reported.
        vocabulary: The rules.
        actor: The reader.
        known: What had been heard by this instant; None for everything.
        claims: What was read of this register before, to be kept up; None reads it anew.

    Raises:
        NotAllowedError: The actor may not read here.
    """
    require(actor, Action.READ, Object())
    table = (claims or Claims(register)).table()
    now = standing_in(register)
    then = now if known is None else standing_in(register, known)
    picture = fold_columns(table, known, then.quarantined)
    # things are called by all their names, and are one or two as they were judged by then
    whole = (
        picture
        if known is None
        else fold_columns(table, quarantined=now.quarantined, identities=picture.identities)
    )
    seen = redact_columns(picture, actor, vocabulary)
    named = seen if known is None else redact_columns(whole, actor, vocabulary)
    names = names_of(named, picture.identities)
    return Reading(Weigher(seen, vocabulary), names, known, then)
