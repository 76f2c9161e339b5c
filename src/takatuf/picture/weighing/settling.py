"""Settle a question as far as it can be: agreed, one source, one answer prevailing, contested.

Nothing prevails by number. An answer does so only past two bars that were set from data
(`bars.toml`): its chance of being right, reckoned from how often the sources were found right
on the ground, and the number of independent origins behind it. Where nobody was ever checked
on the topic, or where safety is at stake, the belief stays contested.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from takatuf.picture import deciding
from takatuf.picture.bars import deciding_rules
from takatuf.picture.belief import Answer, BeliefStatus, Estimate
from takatuf.picture.middle import middle
from takatuf.picture.picture import Statement
from takatuf.picture.records import Record
from takatuf.picture.weighing.answers import Vote, by_likelihood, in_words, votes_of
from takatuf.picture.weighing.comparing import Nested
from takatuf.picture.weighing.competing import observed
from takatuf.picture.weighing.origins import Origins
from takatuf.picture.weighing.trust import Trust
from takatuf.vocabulary.quantity import Amount, find_unit, in_unit
from takatuf.vocabulary.things import Property
from takatuf.vocabulary.things.schema import Series, ValueType, Weighing
from takatuf.vocabulary.value import Reference, Token, Value

ENOUGH_ORIGINS_TO_AGREE = 2


@dataclass(frozen=True, slots=True)
class Case:
    """One question with all that bears on it."""

    declared: Property
    competing: tuple[Statement, ...]
    answers: tuple[Answer, ...]
    origins: Origins
    trust: Trust
    nested: Nested


@dataclass(frozen=True, slots=True)
class Settled:
    """What came out, and why."""

    status: BeliefStatus
    value: Value | None
    answers: tuple[Answer, ...]
    reason: str
    estimate: Estimate | None = None


UNSETTLED = Settled(BeliefStatus.UNKNOWN, None, (), "Nobody has said anything.")


def undisputed(case: Case, at: date | None) -> Settled:
    """Settle a question on which no two statements contradict each other."""
    value = next((answer.value for answer in case.answers if not answer.is_denial), None)
    said = [s for s in case.competing if not s.is_assumption]
    n_origins, n_independent = case.origins.n_origins(said), case.origins.n_independent(said)
    if _is_stale(case, at):
        return Settled(BeliefStatus.STALE, value, case.answers, _why_stale(case))
    if n_independent >= ENOUGH_ORIGINS_TO_AGREE:
        reason = f"{n_independent} independent origins, and none against."
        return Settled(BeliefStatus.AGREED, value, case.answers, reason)
    return Settled(
        BeliefStatus.SINGLE_SOURCE, value, case.answers, _why_single(len(said), n_origins)
    )


def dispute(case: Case) -> Settled:
    """Settle a question with answers that cannot all be true."""
    if case.declared.type is ValueType.AMOUNT:
        estimate = _estimate(case)
        reason = f"Figures that cannot all be true: {in_words(case.answers)}. None is chosen."
        return Settled(BeliefStatus.CONTESTED, None, case.answers, reason, estimate)
    if case.declared.type not in {ValueType.TOKEN, ValueType.THING}:
        reason = f"Answers that cannot all be true: {in_words(case.answers)}. None is chosen."
        return Settled(BeliefStatus.CONTESTED, None, case.answers, reason)
    return _weighed(case)


def _weighed(case: Case) -> Settled:
    votes = [_as_vote(case, vote) for vote in votes_of(case.answers, case.origins)]
    implied = _implied(case)
    found = deciding.chances(votes, len(case.declared.words) or None, implied)
    decision = deciding.decide(found, votes, implied)
    answers = by_likelihood(
        tuple(
            replace(answer, chance=None if answer.is_denial else found.true.get(str(place), 0.0))
            for place, answer in enumerate(case.answers)
        )
    )
    said = in_words(answers)
    if case.declared.weighing is Weighing.CAUTIOUS:
        reason = f"{said}. Safety is at stake: no number of reports decides, the safe side is kept."
        return Settled(BeliefStatus.CONTESTED, None, answers, reason)
    reason = f"{said}. {_in_words(case, decision, votes)}"
    if decision.answer is None:
        return Settled(BeliefStatus.CONTESTED, None, answers, reason)
    value = case.answers[int(decision.answer)].value
    return Settled(BeliefStatus.PREVAILING, value, answers, reason)


def _in_words(case: Case, decision: deciding.Decision, votes: Collection[deciding.Vote]) -> str:
    bars = deciding_rules().prevailing
    if decision.answer is not None:
        value = case.answers[int(decision.answer)].value
        return f"By the sources' records {value} is right with a chance of {decision.chance:.1%}."
    if all(vote.n_checked < bars.n_checked for vote in votes):
        times = f"{bars.n_checked} times"
        return f"Not decided: none of these sources was checked on this topic {times} or more."
    return (
        f"Not decided: no answer reaches a chance of {bars.chance:.0%} by the sources' records, "
        f"with {bars.n_origins} independent origins."
    )


def _as_vote(case: Case, vote: Vote) -> deciding.Vote:
    record = _record(case, vote)
    return deciding.Vote(
        str(_stated(case, vote.answer)),
        record.accuracy,
        is_denial=case.answers[vote.answer].is_denial,
        n_checked=record.n_checked,
    )


def _stated(case: Case, place: int) -> int:
    """Return the place of the assertion of this value; a denial votes against that one."""
    answer = case.answers[place]
    places = (n for n, other in enumerate(case.answers) if other.value == answer.value)
    return next(places)


def _implied(case: Case) -> dict[str, tuple[str, ...]]:
    """Return for each answer the wider ones that it implies: a quarter implies its city."""
    return {
        str(n): tuple(
            str(m)
            for m, wide in enumerate(case.answers)
            if n != m and _lies_within(case, fine.value, wide.value)
        )
        for n, fine in enumerate(case.answers)
    }


def _lies_within(case: Case, fine: Value, wide: Value) -> bool:
    if isinstance(fine, Reference) and isinstance(wide, Reference):
        return case.nested(fine.thing, wide.thing)
    return (
        isinstance(fine, Token)
        and isinstance(wide, Token)
        and wide.word in case.declared.wider(fine.word)
    )


def _record(case: Case, vote: Vote) -> Record:
    """Return the record that speaks for a vote: of its speakers the one checked most."""
    topic = case.declared.topic
    records = [case.trust.records.of(s.source.organisation, topic) for s in vote.speakers]
    return max(records, key=lambda record: (record.n_checked, -record.accuracy))


def _estimate(case: Case) -> Estimate | None:
    """Return middle and range of figures in the property's unit; each origin counts once."""
    weights = case.trust.weights(case.declared.topic)
    unit = case.declared.unit
    figures: dict[int, list[float]] = defaultdict(list)
    worth: dict[int, float] = {}
    for vote in votes_of(case.answers, case.origins):
        for speaker in vote.speakers:
            number = _in_unit(speaker.claim.value, unit)
            if number is not None:
                figures[vote.bloc].append(number)
                weight = weights.get(speaker.source.organisation, 1.0)
                worth[vote.bloc] = max(weight, worth.get(vote.bloc, 0.0))
    if not figures:
        return None
    found = middle(list(figures.values()), [worth[bloc] for bloc in figures])
    numbers = [number for said in figures.values() for number in said]
    return Estimate(
        middle=found.value,
        low=min(numbers),
        high=max(numbers),
        unit=unit,
        n_origins=found.n_groups,
        is_split=found.is_split,
    )


def _in_unit(value: Value, unit: str) -> float | None:
    if not isinstance(value, Amount):
        return None
    is_comparable = find_unit(value.unit).dimension == find_unit(unit).dimension
    return in_unit(value, unit) if is_comparable else None


def _is_stale(case: Case, at: date | None) -> bool:
    declared = case.declared
    if at is None or declared.fresh_days is None or declared.series is Series.FACT:
        return False
    last = max(observed(statement).latest for statement in case.competing)
    return last < at - timedelta(days=declared.fresh_days)


def _why_stale(case: Case) -> str:
    last = max(observed(statement).latest for statement in case.competing)
    days = case.declared.fresh_days
    return f"Last heard of on {last}; such a value stays current for {days} days."


def _why_single(n_said: int, n_origins: int) -> str:
    if n_said == 0:
        return "An assumption: nobody has reported anything."
    if n_said == 1:
        return "One statement, and none against."
    if n_origins == 1:
        return f"{n_said} statements, all from one origin."
    return f"{n_said} statements from {n_origins} origins of one command line."
