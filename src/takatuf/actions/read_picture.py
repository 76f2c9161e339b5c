"""Read the picture: folded at a date, redacted for its reader, ready to be asked."""

from dataclasses import dataclass
from datetime import datetime

from takatuf.picture.fold import fold
from takatuf.picture.names import Names, names_of
from takatuf.picture.redaction import redact
from takatuf.picture.weighing import Weigher
from takatuf.reports.register import Register
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.things import Vocabulary


@dataclass(frozen=True, slots=True)
class Reading:
    """A picture as one reader sees it, with the names of its things.

    Names are taken from the whole record, so that a thing can be asked for by its name at
    any date; what is said of it is only what had been heard by then.
    """

    weigher: Weigher
    names: Names
    known: datetime | None


def read_picture(
    register: Register, vocabulary: Vocabulary, actor: Actor, known: datetime | None = None
) -> Reading:
    """Return the picture as this actor may see it.

    Args:
        register: What was reported.
        vocabulary: The rules.
        actor: The reader.
        known: What had been heard by this instant; None for everything.

    Raises:
        NotAllowedError: The actor may not read here.
    """
    require(actor, Action.READ, Object())
    entries = tuple(register.entries())
    whole = redact(fold(entries), actor, vocabulary)
    picture = whole if known is None else redact(fold(entries, known), actor, vocabulary)
    return Reading(Weigher(picture, vocabulary), names_of(whole), known)
