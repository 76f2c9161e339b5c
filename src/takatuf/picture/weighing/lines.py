"""Command lines: which bodies act under one, and so are not independent of each other.

Who acts under whom is a statement like any other (`acts_under`). It counts unless somebody
denies it: with a doubt about independence the picture counts fewer origins, never more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from takatuf.picture.picture import Picture
from takatuf.picture.weighing.joining import Joining
from takatuf.reports.report import Modality
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.value import Reference


@dataclass(frozen=True, slots=True)
class Lines:
    """The bodies that act under one another, at any remove, as one group."""

    bodies: Mapping[ThingId, frozenset[ThingId]] = field(default_factory=dict)

    def line_of(self, organisation: ThingId) -> frozenset[ThingId]:
        """Return every body of the same command line, the organisation itself among them."""
        return self.bodies.get(organisation, frozenset({organisation}))

    def are_independent(self, one: ThingId, other: ThingId) -> bool:
        """Say whether two bodies are of no common command line."""
        return other not in self.line_of(one)


def lines_of(picture: Picture) -> Lines:
    """Return the command lines that the picture's `acts_under` statements make."""
    joining: Joining[ThingId] = Joining()
    for (organisation, _), statements in picture.of_properties(["acts_under"]):
        said = [(s.claim.value.thing, s.claim.modality) for s in statements
                if isinstance(s.claim.value, Reference)]  # fmt: skip
        for above in _undenied(said):
            joining.join(organisation, above)
    return Lines({body: group for group in joining.groups() for body in group})


def _undenied(said: Iterable[tuple[ThingId, Modality]]) -> set[ThingId]:
    named = {above for above, modality in said if modality is not Modality.DENIED}
    denied = {above for above, modality in said if modality is Modality.DENIED}
    return named - denied
