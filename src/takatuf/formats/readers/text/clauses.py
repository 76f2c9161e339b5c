"""What a clause states: cues with their values, the way they are said, and when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from takatuf.formats.readers.text.cues import Found, cue_book, cues_in
from takatuf.formats.readers.text.language.days import FoundDay
from takatuf.formats.readers.text.language.numbers import FoundAmount
from takatuf.formats.readers.text.language.phrases import Finds
from takatuf.formats.readers.text.language.words import Word
from takatuf.vocabulary.quantity import find_unit
from takatuf.vocabulary.things import Property, Vocabulary
from takatuf.vocabulary.things.schema import ValueType

_STOP = re.compile(r"[,;:،؛()\"“”«»]|\s[-–—]\s|[–—]")
_JOINT = frozenset({"but", "while", "whereas", "although", "لكن", "بينما", "فيما"})
_OPENERS = _JOINT | {"and", "that", "غير", "ان"}
_FAR = 9  # words between a cue and its amount
_NEAR = 3  # the same, where the text names no unit
_BEFORE = 4  # words before a cue that may still turn it
_LONGEST_TEXT = 200  # characters of a value in words
_COUNTS = {"people", "families"}
_TRIMMED = ' ,;:،؛."“”«»()-–—'


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a saying, with the amounts and dates in them."""

    text: str
    words: Sequence[Word]
    finds: Finds
    amounts: tuple[FoundAmount, ...]
    days: tuple[FoundDay, ...]

    def segment(self, first: int, past: int) -> tuple[int, int]:
        """Return the words between the stops around a stretch of words."""
        while first > 0 and not self._parts(first):
            first -= 1
        while past < len(self.words) and not self._parts(past):
            past += 1
        return first, past

    def opens(self, place: int) -> bool:
        """Say whether this word only opens what is said: but, that."""
        return bool(_OPENERS.intersection(self.words[place].forms))

    def _parts(self, place: int) -> bool:
        gap = self.text[self.words[place - 1].end : self.words[place].begin]
        return bool(_STOP.search(gap)) or bool(_JOINT.intersection(self.words[place].forms))


@dataclass(frozen=True, slots=True)
class Statement:
    """What a clause states by one cue."""

    found: Found
    declared: Property
    value: str
    unit: str
    first: int  # its words, with those of its amount
    past: int
    amount: FoundAmount | None = None
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Chosen:
    statements: list[Statement] = field(default_factory=list)
    amounts: set[int] = field(default_factory=set)


def statements_in(clause: Clause, context: Finds, vocabulary: Vocabulary) -> tuple[Statement, ...]:
    """Return what a clause states, in the order of its words; each amount counts once."""
    chosen = _Chosen()
    offered = (
        statement
        for found in cues_in(clause.finds, context, clause.segment)
        for statement in _statements(found, clause, vocabulary)
    )
    for statement in sorted(offered, key=_rank):
        if _is_new(statement, chosen):
            chosen.statements.append(statement)
            if statement.amount is not None:
                chosen.amounts.add(statement.amount.first)
    return tuple(sorted(chosen.statements, key=lambda one: (one.first, one.past)))


def _rank(statement: Statement) -> tuple[int, int, int, int, str]:
    cue = statement.found.cue
    stretch = statement.past - statement.first
    return -cue.rank, -len(cue.groups), stretch, statement.first, cue.property


def _is_new(statement: Statement, chosen: _Chosen) -> bool:
    """Say whether nothing better was said of the same amount, or of the same question here."""
    if statement.amount is not None:
        is_used = any(other.found is statement.found for other in chosen.statements)
        return not is_used and statement.amount.first not in chosen.amounts
    return all(
        other.declared is not statement.declared
        or (
            other.value != statement.value
            and (statement.past <= other.first or statement.first >= other.past)
        )
        for other in chosen.statements
    )


def _statements(found: Found, clause: Clause, vocabulary: Vocabulary) -> Iterator[Statement]:
    declared = vocabulary.properties[found.cue.property]
    if found.cue.take == "amount":
        yield from _with_amounts(found, declared, clause)
    elif found.cue.take == "date":
        yield from _with_day(found, declared, clause)
    else:
        value = found.cue.value or _words_taken(found, clause)
        unit = declared.unit if declared.type is ValueType.AMOUNT else ""
        if value:
            yield Statement(found, declared, value, unit, found.first, found.past)


def _with_amounts(found: Found, declared: Property, clause: Clause) -> Iterator[Statement]:
    """Give the amounts near a cue, nearest first: the first that nothing better takes counts."""
    first, past = clause.segment(found.first, found.past)
    near = sorted(
        (not first <= amount.first < past, _gap(amount, found), number)
        for number, amount in enumerate(clause.amounts)
        if _fits(amount, declared, _gap(amount, found))
    )
    near = [entry for entry in near if not _is_part_of_another(clause, entry[2], near)]
    for _, _, number in near:
        amount = clause.amounts[number]
        doubts: tuple[str, ...] = () if amount.unit else ("the text names no unit",)
        if amount.amount is None and amount.unit:
            doubts = (f"{amount.figure} has more than one reading",)
        elif amount.unit and find_unit(amount.unit) != find_unit(declared.unit):
            doubts = _of_another_unit(amount.unit, declared.unit)
        yield Statement(
            found=found,
            declared=declared,
            value=amount.figure,
            unit=_unit(amount.unit, declared.unit),
            first=min(found.first, amount.first),
            past=max(found.past, amount.past),
            amount=amount,
            doubts=doubts,
        )


def _is_part_of_another(clause: Clause, number: int, near: Sequence[tuple[bool, int, int]]) -> bool:
    """Say whether an amount is a part of one that fits as well."""
    is_part = clause.amounts[number].is_part
    return is_part and any(other < number for _, _, other in near)


def _unit(said: str, wanted: str) -> str:
    return wanted if "people/day" in {said, wanted} else said or wanted


def _of_another_unit(said: str, wanted: str) -> tuple[str, ...]:
    return (f"said in {said}, taken in {wanted}",) if "people/day" in {said, wanted} else ()


def _gap(amount: FoundAmount, found: Found) -> int:
    return max(amount.first - found.past, found.first - amount.past, 0)


def _fits(amount: FoundAmount, declared: Property, gap: int) -> bool:
    wanted = find_unit(declared.unit)
    if amount.unit:
        return gap <= _FAR and _dimension(amount.unit) == _dimension(declared.unit)
    is_count = wanted.dimension == wanted.name or wanted.dimension in _COUNTS
    return is_count and gap <= _NEAR


def _dimension(unit: str) -> str:
    """Return what a unit measures; people a day are people, to be checked by a person."""
    counted = unit.removesuffix("/day") if unit == "people/day" else unit
    return find_unit(counted).dimension


def _with_day(found: Found, declared: Property, clause: Clause) -> Iterator[Statement]:
    known = [one for one in clause.days if one.on is not None]
    if known:
        begin = clause.words[found.first].begin
        nearest = min(known, key=lambda one: (abs(one.begin - begin), one.begin))
        yield Statement(found, declared, str(nearest.on), "", found.first, found.past)


def _words_taken(found: Found, clause: Clause) -> str:
    """Return the words before or after the cue's first group, to the end of their segment."""
    trigger = found.hits[0]
    _, past = clause.segment(found.first, found.past)
    if found.cue.take == "before":
        opener = max((n for n in range(trigger.first) if clause.opens(n)), default=-1)
        begin, end = clause.words[opener + 1].begin, clause.words[trigger.first].begin
    elif trigger.past >= len(clause.words):
        return ""
    else:
        begin, end = clause.words[trigger.past].begin, clause.words[past - 1].end
    return " ".join(clause.text[begin:end].strip(_TRIMMED).split())[:_LONGEST_TEXT]


def modality_of(statement: Statement, clause: Clause, said: str) -> tuple[str, tuple[str, ...]]:
    """Return in which way a statement is said, and what must be checked.

    Args:
        statement: The statement.
        clause: Where it stands.
        said: What the verb of saying tells: asserted, denied, promised, estimated.
    """
    negated = not statement.found.cue.is_negative and _is_turned("negation", statement, clause)
    if negated and said == "denied":
        return "asserted", ("denied and negated: is the statement itself made?",)
    if negated or said == "denied":
        return "denied", ()
    if said == "promised" or statement.found.is_future or _is_turned("promise", statement, clause):
        return "promised", ()
    is_about = statement.amount is not None and (
        statement.amount.amount is not None and statement.amount.amount.is_about
    )
    if said == "estimated" or is_about or _is_turned("estimate", statement, clause):
        return "estimated", ()
    return "asserted", ()


def _is_turned(how: str, statement: Statement, clause: Clause) -> bool:
    turning = cue_book().turning
    first, _ = clause.segment(statement.first, statement.past)
    first = max(first, statement.first - _BEFORE)
    spared = clause.finds.of(turning["no_negation"]) if how == "negation" else []
    return any(
        first <= hit.first < statement.past
        and not any(other.first <= hit.first < other.past for other in spared)
        for hit in clause.finds.of(turning[how])
    )


def wording_of(statement: Statement, clause: Clause) -> tuple[int, int]:
    """Return the place of the exact words that state it, in the text."""
    first, past = clause.segment(statement.first, statement.past)
    while first < statement.first and _OPENERS.intersection(clause.words[first].forms):
        first += 1
    return clause.words[first].begin, clause.words[past - 1].end
