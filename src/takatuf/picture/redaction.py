"""Redact a picture for its reader: what is above the reader's clearance is only counted.

Nothing else tells a reader's picture from the whole one; every page, export and bundle is
made from a redacted picture and so inherits the rules.
"""

from takatuf.picture.fold import FoldedPicture
from takatuf.picture.picture import Picture, Statement, Topic
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, may
from takatuf.vocabulary.sensitivity import DEFAULT_WHERE_UNKNOWN, Sensitivity
from takatuf.vocabulary.things import Vocabulary


def redact(picture: Picture, actor: Actor, vocabulary: Vocabulary) -> Picture:
    """Return the picture as this actor may see it; the given one stays as it was."""
    kept: dict[Topic, tuple[Statement, ...]] = {}
    withheld = dict(picture.withheld)
    for topic, statements in picture.statements.items():
        seen = tuple(s for s in statements if _may_see(s, actor, vocabulary))
        if seen:
            kept[topic] = seen
        if len(seen) < len(statements):
            withheld[topic] = withheld.get(topic, 0) + len(statements) - len(seen)
    return FoldedPicture(kept, withheld)


def sensitivity_of(statement: Statement, vocabulary: Vocabulary) -> Sensitivity:
    """Return the class of a statement: its property's own, or higher where its sender says so."""
    declared = vocabulary.properties.get(statement.claim.property)
    own = DEFAULT_WHERE_UNKNOWN if declared is None else declared.sensitivity
    return max(own, statement.claim.sensitivity or Sensitivity.PUBLIC)


def _may_see(statement: Statement, actor: Actor, vocabulary: Vocabulary) -> bool:
    target = Object(sensitivity=sensitivity_of(statement, vocabulary))
    return may(actor, Action.READ, target).is_allowed
