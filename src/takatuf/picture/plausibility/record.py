"""The record as the rules of plausibility look at it: what was asserted, by a day.

Assumptions, denials and (unless a rule asks for them) promises take no part: nobody claims
that they happened. Statements come in an order that depends on what was said and when, and on
who said it only between sayings that are the same.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from takatuf.picture.picture import Picture, Statement, Topic
from takatuf.picture.places import Places, places_of
from takatuf.picture.plausibility.rules import Rules
from takatuf.reports.report import Modality
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import Amount, find_unit, in_first_unit
from takatuf.vocabulary.things import Property, Vocabulary
from takatuf.vocabulary.things.schema import ValueType
from takatuf.vocabulary.time import PartialDate
from takatuf.vocabulary.value import Value

_Order = tuple[date, date, float, tuple[str, ...], tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A statement that gives an amount."""

    statement: Statement
    amount: Amount
    size: float  # in the first unit of its dimension, to be compared

    @property
    def day(self) -> PartialDate | None:
        """The day that it speaks of."""
        return self.statement.claim.observed_at


@dataclass(frozen=True)
class Record:
    """A reader's picture, with the rules and the day that is asked about."""

    picture: Picture
    vocabulary: Vocabulary
    rules: Rules
    at: date | None = None  # leave out what is said of later days; None: nothing

    @cached_property
    def places(self) -> Places:
        """Which place lies in which."""
        return places_of(self.picture)

    @cached_property
    def amount_topics(self) -> tuple[tuple[Topic, tuple[Figure, ...]], ...]:
        """Every topic with figures; three rules pass over them, so they are kept."""
        topics = ((topic, self.figures(said)) for topic, said in self.topics(self._amounts))
        return tuple((topic, figures) for topic, figures in topics if figures)

    def declared(self, name: str) -> Property:
        """Return what the vocabulary says of a property."""
        return self.vocabulary.properties[name]

    def topics(
        self, names: Collection[str], *, with_promises: bool = False
    ) -> Iterator[tuple[Topic, tuple[Statement, ...]]]:
        """Give the topics of these properties on which anything counts, in a fixed order."""
        for topic, statements in self.picture.of_properties(names):
            counted = self._counted(statements, with_promises=with_promises)
            if counted:
                yield topic, counted

    def said(self, thing: ThingId, name: str) -> tuple[Statement, ...]:
        """Return what counts of one topic."""
        return self._counted(self.picture.about(thing, name), with_promises=False)

    def figures(self, statements: Iterable[Statement]) -> tuple[Figure, ...]:
        """Return the figures that statements give in a unit of their property, in their order."""
        return tuple(figure for s in statements if (figure := self._figure(s)) is not None)

    @cached_property
    def _amounts(self) -> tuple[str, ...]:
        declared = self.vocabulary.properties.values()
        return tuple(p.name for p in declared if p.type is ValueType.AMOUNT)

    def _figure(self, statement: Statement) -> Figure | None:
        value, size = statement.claim.value, _size_of(statement.claim.value)
        if not isinstance(value, Amount) or size is None:
            return None
        unit = self.declared(statement.claim.property).unit
        is_of_it = find_unit(value.unit).dimension == find_unit(unit).dimension
        return Figure(statement, value, size) if is_of_it else None

    def _counted(
        self, statements: tuple[Statement, ...], *, with_promises: bool
    ) -> tuple[Statement, ...]:
        left_out = {Modality.DENIED} | (set() if with_promises else {Modality.PROMISED})
        counted = tuple(
            s
            for s in statements
            if not s.is_assumption and s.claim.modality not in left_out and self._is_of_by(s)
        )
        return tuple(sorted(counted, key=in_order)) if len(counted) > 1 else counted

    def _is_of_by(self, statement: Statement) -> bool:
        observed = statement.claim.observed_at
        return self.at is None or observed is None or observed.earliest <= self.at


def in_order(statement: Statement) -> _Order:
    """Return what orders statements: the day, the value, the words, and only then who says it."""
    claim, published = statement.claim, statement.published
    observed = claim.observed_at
    return (
        observed.earliest if observed else date.min,
        observed.latest if observed else date.min,
        _size_of(claim.value) or 0.0,
        (
            str(claim.value),
            claim.modality.value,
            claim.wording,
            published.title,
            published.publisher,
            published.address,
            str(published.on or ""),
        ),
        statement.sort_key(),
    )


def first_hand(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Return the figures without retellings of somebody who speaks here in person."""
    if len(figures) == 1:
        return figures
    speakers = {f.statement.source.organisation for f in figures if not f.statement.origin}
    return tuple(f for f in figures if f.statement.origin not in speakers)


def whose_word(statement: Statement) -> str:
    """Return whose word it is: whom it retells, else the organisation itself."""
    return statement.origin or statement.source.organisation


def when(statement: Statement) -> str:
    """Return the day that is spoken of, as it reads in a sentence."""
    observed = statement.claim.observed_at
    return str(observed) if observed else "an unnamed day"


def _size_of(value: Value) -> float | None:
    return in_first_unit(value) if isinstance(value, Amount) else None
