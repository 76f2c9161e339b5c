"""What a reader should know beside a belief: since when, and what is odd about it."""

from takatuf.picture.picture import Statement
from takatuf.picture.weighing.comparing import is_fall, number_of, values_agree
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.things import Property
from takatuf.vocabulary.things.schema import Series
from takatuf.vocabulary.time import PartialDate
from takatuf.vocabulary.value import Value


def since_of(value: Value | None, said: tuple[Statement, ...]) -> PartialDate | None:
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


def notes_on(
    said: tuple[Statement, ...], competing: tuple[Statement, ...], declared: Property
) -> tuple[str, ...]:
    """Return the notes on a belief, in a fixed order."""
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
