"""What was checked on the ground, by whom, and what it says of who had said it.

Only somebody independent feeds a record: not the organisation itself, nobody of its command
line, and not whom it had retold. The record belongs to a source and a topic, never to a side.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from takatuf.picture.picture import Picture, Statement
from takatuf.picture.records import Outcome, Prior, Record, record_of, topic_prior
from takatuf.picture.weighing.lines import Lines
from takatuf.vocabulary.identity import ReportId, ThingId, statement_of
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.value import Token

RIGHT_BY_OUTCOME = {"confirmed": 1.0, "partly_confirmed": 0.5, "refuted": 0.0}


@dataclass(frozen=True, slots=True)
class Check:
    """A statement, and what somebody independent found."""

    checked: Statement
    checker: ThingId
    right: float  # 0 to 1
    on: date | None


@dataclass(frozen=True, slots=True)
class Records:
    """The track records of all sources that were ever checked, by source and topic."""

    by_source: Mapping[tuple[ThingId, str], Record]
    by_topic: Mapping[str, Record]  # of a source on the topic that was never checked itself
    default: Record

    def of(self, organisation: ThingId, topic: str) -> Record:
        """Return the record of a source on a topic; the topic's mean where it has none."""
        fallback = self.by_topic.get(topic, self.default)
        return self.by_source.get((organisation, topic), fallback)


NO_RECORDS = Records({}, {}, record_of((), topic_prior({})))


def checks_in(picture: Picture, lines: Lines) -> tuple[Check, ...]:
    """Return every check that counts, in an order that never changes."""
    found = tuple(_found(picture))
    said = picture.said_in({report for report, _, _ in found})
    by_key = {statement.sort_key(): statement for statement in said}
    pairs = ((by_key.get((report, number)), check) for report, number, check in found)
    return tuple(
        _check(checked, check)
        for checked, check in pairs
        if checked is not None and _is_independent(check, checked, lines)
    )


def records_of(checks: tuple[Check, ...], vocabulary: Vocabulary) -> Records:
    """Return the records that these checks make; an old check counts less than a new one."""
    newest = max((check.on for check in checks if check.on), default=None)
    of_topic: dict[str, dict[str, list[Outcome]]] = {}
    for together in _by_statement(checks).values():
        checked = together[0].checked
        declared = vocabulary.properties.get(checked.claim.property)
        if declared is not None:
            sources = of_topic.setdefault(declared.topic, {})
            outcome = _outcome(together, newest)
            sources.setdefault(checked.source.organisation, []).append(outcome)
    priors: dict[str, Prior] = {topic: topic_prior(found) for topic, found in of_topic.items()}
    by_source = {
        (ThingId(source), topic): record_of(outcomes, priors[topic])
        for topic, sources in of_topic.items()
        for source, outcomes in sources.items()
    }
    by_topic = {topic: record_of((), prior) for topic, prior in priors.items()}
    return Records(by_source, by_topic, NO_RECORDS.default)


def _found(picture: Picture) -> Iterator[tuple[ReportId, int, Statement]]:
    for (thing, _), statements in picture.of_properties(["check_outcome"]):
        meant = statement_of(thing)
        if meant is not None:
            yield from ((*meant, statement) for statement in statements)


def _is_independent(check: Statement, checked: Statement, lines: Lines) -> bool:
    checker = check.source.organisation
    speakers = {checked.source.organisation, ThingId(checked.origin or checker + "/nobody")}
    is_judged = isinstance(check.claim.value, Token) and check.claim.value.word in RIGHT_BY_OUTCOME
    return is_judged and all(lines.are_independent(checker, speaker) for speaker in speakers)


def _check(checked: Statement, check: Statement) -> Check:
    on = check.claim.observed_at or check.published.on
    right = RIGHT_BY_OUTCOME[str(check.claim.value).replace(" ", "_")]
    return Check(checked, check.source.organisation, right, on.latest if on else None)


def _by_statement(checks: tuple[Check, ...]) -> Mapping[tuple[str, int], list[Check]]:
    found: dict[tuple[str, int], list[Check]] = defaultdict(list)
    for check in checks:
        found[check.checked.sort_key()].append(check)
    return found


def _outcome(together: list[Check], newest: date | None) -> Outcome:
    """Return one outcome for one statement: checkers who differ count by halves."""
    ages = [(newest - check.on).days for check in together if newest and check.on]
    right = sum(check.right for check in together) / len(together)
    return Outcome(right, float(min(ages, default=0)))
