"""Gather the statements that answer one question, in the light of parts and wholes.

A status that is said of a whole holds for each of its parts, so "the city is safe" and
"mines in the eastern quarters" answer the same question; a count does not. A denial ("no aid
by anybody") is answered by any claim of such aid, as the vocabulary declares.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from takatuf.picture.picture import Picture, Statement
from takatuf.picture.places import Places, places_of
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.things import Property, Vocabulary
from takatuf.vocabulary.value import Token


@dataclass(frozen=True)
class Gatherer:
    """A picture with the vocabulary that says how its statements belong together."""

    picture: Picture
    vocabulary: Vocabulary

    @cached_property
    def places(self) -> Places:
        """Which place lies in which."""
        return places_of(self.picture)

    def gather(self, thing: ThingId, declared: Property) -> tuple[Statement, ...]:
        """Return every statement that answers this question, each once, in a fixed order."""
        found = {
            statement.sort_key(): statement
            for place in self._places_that_answer(thing, declared)
            for statement in self._said_of(place, declared)
        }
        return tuple(found[key] for key in sorted(found))

    def n_withheld(self, thing: ThingId, declared: Property) -> int:
        """Return how many statements on this question the reader may not see."""
        return sum(
            self.picture.withheld.get((place, declared.name), 0)
            for place in self._places_that_answer(thing, declared)
        )

    def _places_that_answer(self, thing: ThingId, declared: Property) -> Iterator[ThingId]:
        yield thing
        if declared.holds_for_parts:
            yield from self.places.wholes_of(thing)
            yield from self.places.parts_of(thing)

    def _said_of(self, thing: ThingId, declared: Property) -> Iterator[Statement]:
        yield from self.picture.about(thing, declared.name)
        for name in declared.implied_by:
            for statement in self.picture.about(thing, name):
                if _says_there_is_some(statement):
                    yield _implied(statement, declared)


def _says_there_is_some(statement: Statement) -> bool:
    value = statement.claim.value
    return isinstance(value, Amount) and (value.number or 0) > 0 and not statement.is_promise


def _implied(statement: Statement, declared: Property) -> Statement:
    said = f"{declared_text(statement)}: {statement.claim.value}"
    claim = replace(
        statement.claim,
        property=declared.name,
        value=Token(declared.words[-1]),
        wording=statement.claim.wording or said,
    )
    return replace(statement, claim=claim, is_implied=True)


def declared_text(statement: Statement) -> str:
    """Return the name of the statement's own property, as it reads."""
    return statement.claim.property.replace("_", " ")
