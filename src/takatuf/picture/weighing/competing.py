"""Which statements answer the question now: those of its time, and each speaker's last word."""

from collections.abc import Mapping
from datetime import date

from takatuf.picture.picture import Statement
from takatuf.picture.weighing.comparing import Nested, in_conflict, is_fall, never_nested
from takatuf.vocabulary.things import Property
from takatuf.vocabulary.things.schema import Series, Weighing
from takatuf.vocabulary.time import PartialDate, day


def competing(
    said: tuple[Statement, ...],
    declared: Property,
    at: date | None,
    nested: Nested = never_nested,
) -> tuple[Statement, ...]:
    """Return the statements that answer the question now; assumptions only where no one else."""
    now = tuple(s for s in said if not s.is_promise)
    pool = tuple(s for s in now if not s.is_assumption) or now or said
    if declared.weighing is Weighing.ALL:
        return now
    if declared.series is Series.FACT:
        return pool
    if at is None:
        opposed = in_conflict(pool, declared, nested)
        if opposed:
            return opposed
    return _newest_window(pool, declared)


def observed(statement: Statement) -> PartialDate:
    """Return when it was true; what gives no date comes before everything."""
    return statement.claim.observed_at or day(date.min)


def _newest_window(pool: tuple[Statement, ...], declared: Property) -> tuple[Statement, ...]:
    dated = tuple(s for s in pool if s.claim.observed_at is not None)
    if not dated:
        return pool
    newest = max(dated, key=lambda s: (observed(s).latest, s.time_key()))
    near = tuple(s for s in dated if s is newest or _is_of_one_time(s, newest, declared))
    last_word: dict[tuple[str, str], Statement] = {}
    for statement in sorted(near, key=Statement.time_key):
        last_word[statement.source.organisation, statement.claim.thing] = statement
    return tuple(s for s in near if not _is_updated(s, last_word))


def _is_of_one_time(statement: Statement, newest: Statement, declared: Property) -> bool:
    if declared.series is Series.COUNTER and is_fall(statement, newest):
        return True
    if declared.series in {Series.PERIOD, Series.COUNTER}:
        return observed(statement).overlaps(observed(newest))
    return observed(statement).gap_days(observed(newest)) <= declared.window_days


def _is_updated(statement: Statement, last_word: Mapping[tuple[str, str], Statement]) -> bool:
    """Say whether the same organisation's last word on the same thing is of a later day.

    A later figure does not take back a higher one of a counter: that is the contradiction.
    """
    last = last_word[statement.source.organisation, statement.claim.thing]
    is_later = observed(last).earliest > observed(statement).latest
    return is_later and not is_fall(statement, last)
