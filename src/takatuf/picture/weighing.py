"""Weigh the statements on one question: what can be believed, and who disagrees.

The rules are public, the same for every party, and data as far as they differ between
properties. There is no silent winner: where comparable answers cannot all be true, the
belief is contested and has no value. Safety is asymmetrical: a cautious property names the
answer to act on, the one that errs to safety, however many say otherwise.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from takatuf.picture.belief import Answer, Belief, BeliefStatus
from takatuf.picture.comparing import (
    in_conflict,
    is_fall,
    number_of,
    values_agree,
)
from takatuf.picture.gathering import Gatherer
from takatuf.picture.picture import Picture, Statement
from takatuf.reports.report import Modality
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.quantity import Amount, in_first_unit
from takatuf.vocabulary.things import Property, Vocabulary
from takatuf.vocabulary.things.schema import Series, ValueType, Weighing
from takatuf.vocabulary.time import PartialDate, day
from takatuf.vocabulary.value import Token, Value, value_to_json

ENOUGH_ORIGINS_TO_AGREE = 2


class Weigher:
    """Answers questions about one picture; keeps what it has gathered, never what it weighed."""

    def __init__(self, picture: Picture, vocabulary: Vocabulary) -> None:
        """Weigh this picture by the rules of this vocabulary."""
        self.picture = picture
        self.vocabulary = vocabulary
        self.gatherer = Gatherer(picture, vocabulary)

    def belief(self, thing: ThingId, name: str, at: date | None = None) -> Belief:
        """Return what can be believed of one property of one thing.

        Args:
            thing: The thing asked about; one that nobody spoke of is unknown, not an error.
            name: A property of the vocabulary.
            at: The day it was true. None looks at the whole record: every contradiction
                between statements of one time counts, and nothing is stale.

        Raises:
            KeyError: The vocabulary has no such property.
        """
        declared = self.vocabulary.properties[name]
        gathered = self.gatherer.gather(thing, declared)
        n_withheld = self.gatherer.n_withheld(thing, declared)
        return weigh(thing, declared, gathered, at, n_withheld)


def weigh(
    thing: ThingId,
    declared: Property,
    statements: tuple[Statement, ...],
    at: date | None = None,
    n_withheld: int = 0,
) -> Belief:
    """Return the belief that these statements make; the order they come in does not matter."""
    said = tuple(sorted((s for s in statements if _is_of_by(s, at)), key=Statement.time_key))
    competing = _competing(said, declared, at)
    now = {statement.sort_key() for statement in competing}
    earlier = tuple(statement for statement in said if statement.sort_key() not in now)
    is_all = declared.weighing is Weighing.ALL
    is_contested = not is_all and bool(in_conflict(competing, declared))
    answers = _answers(competing)
    status = _status(competing, declared, at, is_contested=is_contested, n_withheld=n_withheld)
    value = _value(answers, status)
    return Belief(
        thing=thing,
        property=declared.name,
        status=status,
        value=value,
        act_on=_act_on(answers, declared, value),
        values=tuple(answer.value for answer in answers if not answer.is_denial),
        since=_since(value, said),
        answers=answers,
        earlier=earlier,
        notes=_notes(said, competing, declared),
        is_assumption=bool(competing) and all(s.is_assumption for s in competing),
        n_withheld=n_withheld,
        because_of=_reports(answers, lambda answer: answer.value == value and not answer.is_denial),
        disputed_by=_reports(answers, lambda _: is_contested),
    )


def _reports(
    answers: tuple[Answer, ...], is_meant: Callable[[Answer], bool]
) -> tuple[ReportId, ...]:
    found = {s.report for answer in answers if is_meant(answer) for s in answer.statements}
    return tuple(sorted(found))


def _is_of_by(statement: Statement, at: date | None) -> bool:
    observed = statement.claim.observed_at
    return at is None or observed is None or observed.earliest <= at


def _competing(
    said: tuple[Statement, ...], declared: Property, at: date | None
) -> tuple[Statement, ...]:
    """Return the statements that answer the question now; assumptions only where no one else."""
    now = tuple(s for s in said if not s.is_promise)
    pool = tuple(s for s in now if not s.is_assumption) or now or said
    if declared.weighing is Weighing.ALL:
        return tuple(s for s in said if not s.is_promise)
    if declared.series is Series.FACT:
        return pool
    if at is None:
        opposed = in_conflict(pool, declared)
        if opposed:
            return opposed
    return _newest_window(pool, declared)


def _newest_window(pool: tuple[Statement, ...], declared: Property) -> tuple[Statement, ...]:
    dated = tuple(s for s in pool if s.claim.observed_at is not None)
    if not dated:
        return pool
    newest = max(dated, key=lambda s: (_observed(s).latest, s.sort_key()))
    near = tuple(s for s in dated if s is newest or _is_of_one_time(s, newest, declared))
    last_word: dict[tuple[str, str], Statement] = {}
    for statement in sorted(near, key=Statement.time_key):
        last_word[statement.source.organisation, statement.claim.thing] = statement
    return tuple(s for s in near if not _is_updated(s, last_word))


def _is_of_one_time(statement: Statement, newest: Statement, declared: Property) -> bool:
    if declared.series is Series.COUNTER and is_fall(statement, newest):
        return True
    if declared.series in {Series.PERIOD, Series.COUNTER}:
        return _observed(statement).overlaps(_observed(newest))
    return _observed(statement).gap_days(_observed(newest)) <= declared.window_days


def _is_updated(statement: Statement, last_word: Mapping[tuple[str, str], Statement]) -> bool:
    """Say whether the same organisation's last word on the same thing is of a later day.

    A later figure does not take back a higher one of a counter: that is the contradiction.
    """
    last = last_word[statement.source.organisation, statement.claim.thing]
    is_later = _observed(last).earliest > _observed(statement).latest
    return is_later and not is_fall(statement, last)


def _observed(statement: Statement) -> PartialDate:
    return statement.claim.observed_at or day(date.min)


def _answers(competing: tuple[Statement, ...]) -> tuple[Answer, ...]:
    groups: dict[tuple[str, bool], list[Statement]] = {}
    for statement in competing:
        is_denial = statement.claim.modality is Modality.DENIED
        groups.setdefault((repr(value_to_json(statement.claim.value)), is_denial), []).append(
            statement
        )
    answers = [
        Answer(value=group[0].claim.value, is_denial=is_denial, statements=tuple(group))
        for (_, is_denial), group in groups.items()
    ]
    return tuple(sorted(answers, key=_rank))


def _rank(answer: Answer) -> tuple[int, int, str, bool]:
    newest = max(_observed(statement).latest for statement in answer.statements)
    form = repr(value_to_json(answer.value))
    return -answer.n_origins, -newest.toordinal(), form, answer.is_denial


def _status(
    competing: tuple[Statement, ...],
    declared: Property,
    at: date | None,
    *,
    is_contested: bool,
    n_withheld: int,
) -> BeliefStatus:
    if not competing:
        return BeliefStatus.WITHHELD if n_withheld else BeliefStatus.UNKNOWN
    if is_contested:
        return BeliefStatus.CONTESTED
    if _is_stale(competing, declared, at):
        return BeliefStatus.STALE
    n_origins = len({s.origin_group for s in competing if not s.is_assumption})
    is_agreed = n_origins >= ENOUGH_ORIGINS_TO_AGREE
    return BeliefStatus.AGREED if is_agreed else BeliefStatus.SINGLE_SOURCE


def _is_stale(competing: tuple[Statement, ...], declared: Property, at: date | None) -> bool:
    if at is None or declared.fresh_days is None or declared.series is Series.FACT:
        return False
    last = max(_observed(statement).latest for statement in competing)
    return last < at - timedelta(days=declared.fresh_days)


def _value(answers: tuple[Answer, ...], status: BeliefStatus) -> Value | None:
    if status in {BeliefStatus.CONTESTED, BeliefStatus.UNKNOWN, BeliefStatus.WITHHELD}:
        return None
    return next((answer.value for answer in answers if not answer.is_denial), None)


def _act_on(answers: tuple[Answer, ...], declared: Property, value: Value | None) -> Value | None:
    if declared.weighing is not Weighing.CAUTIOUS:
        return value
    if declared.type is ValueType.AMOUNT:  # the most people in need, the most work to do
        stated = [answer.value for answer in answers if not answer.is_denial]
        amounts = [amount for amount in stated if isinstance(amount, Amount)]
        return max(amounts, key=lambda amount: in_first_unit(amount) or 0.0, default=None)
    said = {a.value.word for a in answers if isinstance(a.value, Token) and not a.is_denial}
    return next((Token(word) for word in declared.words if word in said), value)


def _since(value: Value | None, said: tuple[Statement, ...]) -> PartialDate | None:
    """Return the first date of the unbroken run of statements that give the value."""
    if value is None:
        return None
    since: PartialDate | None = None
    for statement in said:
        if statement.claim.observed_at is None or statement.is_promise:
            continue
        if not values_agree(statement.claim.value, value):
            since = None
        elif since is None:
            since = statement.claim.observed_at
    return since


def _notes(
    said: tuple[Statement, ...], competing: tuple[Statement, ...], declared: Property
) -> tuple[str, ...]:
    notes: list[str] = []
    if declared.series is Series.COUNTER:
        notes += _falls(said)
    if any(statement.is_implied for statement in competing):
        notes.append("implied: an answer follows from claims on another property")
    has_undated = any(statement.claim.observed_at is None for statement in competing)
    if has_undated and declared.series is not Series.FACT:
        notes.append("undated: a statement gives no date")
    return tuple(notes)


def _falls(said: tuple[Statement, ...]) -> list[str]:
    """Return a note for each height that a later reading fell below, with the last such reading.

    Who only retells a counter has not read it, and is passed over here.
    """
    highest: Statement | None = None
    last_below: dict[str, str] = {}
    for statement in said:
        if statement.claim.observed_at is None or statement.is_promise or statement.origin:
            continue
        if highest is not None and _reads_lower(highest, statement):
            height = f"{highest.claim.value} on {highest.claim.observed_at}"
            last_below[height] = f"{statement.claim.value} on {statement.claim.observed_at}"
        if highest is None or number_of(statement) > number_of(highest):
            highest = statement
    return [f"falling series: {height}, then {below}" for height, below in last_below.items()]


def _reads_lower(highest: Statement, statement: Statement) -> bool:
    """Say whether a counter fell, or is now said to be only more than a lower figure."""
    value = statement.claim.value
    has_lower_floor = isinstance(value, Amount) and value.high is None
    lower = number_of(statement) < number_of(highest)
    return is_fall(highest, statement) or (has_lower_floor and lower)
