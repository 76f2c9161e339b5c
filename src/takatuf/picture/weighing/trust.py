"""What a picture says of its own sources: who acts under whom, who was found right, how often."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from takatuf.picture.middle import crh_weights
from takatuf.picture.picture import Picture
from takatuf.picture.weighing.checks import NO_RECORDS, Records, checks_in, records_of
from takatuf.picture.weighing.lines import Lines, lines_of
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import Amount, find_unit, in_first_unit
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.things.schema import ValueType

WeightsOf = Callable[[str], Mapping[ThingId, float]]  # by topic: how near a source comes to others
_Fact = tuple[ThingId, str, str, str]  # thing, property, date, dimension
MAX_FIGURES = 2_000  # of a topic, from which the weights are learnt; more would teach no better


def _no_weights(topic: str) -> Mapping[ThingId, float]:
    del topic
    return {}


@dataclass(frozen=True, slots=True)
class Trust:
    """By which lights statements are read; from statements only, and the same for everybody."""

    lines: Lines = field(default_factory=Lines)
    records: Records = NO_RECORDS
    weights: WeightsOf = _no_weights


NO_TRUST = Trust()


def trust_in(picture: Picture, vocabulary: Vocabulary) -> Trust:
    """Return what a picture says of its sources; weights are learnt when a topic is asked."""
    lines = lines_of(picture)

    @cache
    def weights(topic: str) -> Mapping[ThingId, float]:
        return _weights(picture, vocabulary, topic)

    return Trust(lines, records_of(checks_in(picture, lines), vocabulary), weights)


def _weights(picture: Picture, vocabulary: Vocabulary, topic: str) -> Mapping[ThingId, float]:
    names = {
        declared.name
        for declared in vocabulary.properties.values()
        if declared.topic == topic and declared.type is ValueType.AMOUNT
    }
    facts: dict[_Fact, list[tuple[ThingId, float]]] = {}
    for fact, organisation, number in islice(_figures(picture, names), MAX_FIGURES):
        facts.setdefault(fact, []).append((organisation, number))
    compared = {fact: said for fact, said in facts.items() if len(said) > 1}
    return crh_weights(compared) if compared else {}


def _figures(picture: Picture, names: Collection[str]) -> Iterator[tuple[_Fact, ThingId, float]]:
    for (thing, name), statements in picture.of_properties(names):
        for statement in statements:
            value, observed = statement.claim.value, statement.claim.observed_at
            number = in_first_unit(value) if isinstance(value, Amount) else None
            if isinstance(value, Amount) and number is not None and not statement.is_assumption:
                fact = (thing, name, str(observed), find_unit(value.unit).dimension)
                yield fact, statement.source.organisation, number
