"""Was a place said to be safe, and a casualty or a danger reported of it soon after?

A later report does not say that the earlier word was wrong: another part may be meant, or
something may have come since. But nobody should rely on the word of safety before it is asked.
A status holds for the parts of a place and speaks of its wholes; an event counts only where it
happened in the place or in a part of it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from takatuf.picture.picture import Statement
from takatuf.picture.plausibility.doubt import Doubt, DoubtKind
from takatuf.picture.plausibility.record import Record, in_order, when
from takatuf.picture.plausibility.rules import SafetyRule
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.time import PartialDate
from takatuf.vocabulary.value import Reference, Text, Token

_Danger = tuple[date, Statement]  # the first day that it may speak of
_MAX_LATER_IN_A_SENTENCE = 3


def safety_doubts(record: Record) -> Iterator[Doubt]:
    """Give a doubt for each thing whose word of safety was followed by a danger."""
    dangers = _Dangers(record)
    for (thing, name), statements in record.topics(sorted(record.rules.safety.safe)):
        safe = _with_words(statements, record.rules.safety.safe[name])
        called, later = _followed(safe, dangers.of(thing), record.rules.safety.window_days)
        if called:
            yield _doubt(record, thing, name, called, later)


@dataclass(frozen=True)
class _Dangers:
    """Everything that says of a thing that it is dangerous."""

    record: Record

    def of(self, thing: ThingId) -> Iterator[list[_Danger]]:
        """Give, by place, what was said of the thing, its parts and (a status) its wholes."""
        places = self.record.places
        inside = [thing, *sorted(places.parts_of(thing))]
        around = [*inside, *sorted(places.wholes_of(thing))]
        yield from (self._statuses[place] for place in around if place in self._statuses)
        yield from (self._casualties[place] for place in inside if place in self._casualties)

    @cached_property
    def _statuses(self) -> Mapping[ThingId, list[_Danger]]:
        found: dict[ThingId, list[_Danger]] = {}
        for name, words in sorted(self.record.rules.safety.dangerous.items()):
            for (thing, _), statements in self.record.topics([name]):
                found.setdefault(thing, []).extend(_dated(_with_words(statements, words)))
        return _in_time(found)

    @cached_property
    def _casualties(self) -> Mapping[ThingId, list[_Danger]]:
        """Casualties by the places where the event was."""
        rule = self.record.rules.safety
        found: dict[ThingId, list[_Danger]] = {}
        for (event, _), statements in self.record.topics(rule.casualties):
            named = _name_texts(self.record, event)
            explosive = [
                figure.statement
                for figure in self.record.figures(statements)
                if figure.size > 0
                and _names_explosive(rule, (figure.statement.claim.wording, *named))
            ]
            for place in _places_of_event(self.record, event):
                found.setdefault(place, []).extend(_dated(explosive))
        return _in_time(found)


def _dated(statements: Iterable[Statement]) -> Iterator[_Danger]:
    return ((day.earliest, s) for s in statements if (day := s.claim.observed_at))


def _in_time(found: Mapping[ThingId, list[_Danger]]) -> Mapping[ThingId, list[_Danger]]:
    return {
        place: sorted(said, key=lambda danger: in_order(danger[1])) for place, said in found.items()
    }


def _name_texts(record: Record, event: ThingId) -> tuple[str, ...]:
    values = [s.claim.value for name in ("name", "name_ar") for s in record.said(event, name)]
    return tuple(value.text for value in values if isinstance(value, Text))


def _names_explosive(rule: SafetyRule, texts: Iterable[str]) -> bool:
    said = " ".join(texts).casefold()
    return any(re.search(rf"\b{re.escape(word)}\b", said) for word in rule.words)


def _places_of_event(record: Record, event: ThingId) -> list[ThingId]:
    values = [
        s.claim.value for name in record.rules.safety.places for s in record.said(event, name)
    ]
    return sorted({value.thing for value in values if isinstance(value, Reference)})


def _with_words(statements: Iterable[Statement], words: tuple[str, ...]) -> tuple[Statement, ...]:
    return tuple(
        s for s in statements if isinstance(s.claim.value, Token) and s.claim.value.word in words
    )


def _followed(
    safe: tuple[Statement, ...], dangers: Iterable[list[_Danger]], window_days: int
) -> tuple[list[Statement], list[Statement]]:
    """Return the words of safety that a danger followed within the window, and those dangers.

    The words come in order of time, so each danger is looked at once, however many there are.
    """
    called: dict[int, Statement] = {}
    later: dict[tuple[str, int], Statement] = {}
    for said in dangers:
        days = [day for day, _ in said]
        done = 0
        for place, statement in enumerate(safe):
            day = statement.claim.observed_at
            first, last = _within(days, day, window_days) if day else (0, 0)
            if first < last:
                called[place] = statement
            later |= {s.sort_key(): s for _, s in said[max(first, done) : last]}
            done = max(done, last)
    return [called[n] for n in sorted(called)], sorted(later.values(), key=in_order)


def _within(days: list[date], day: PartialDate, window_days: int) -> tuple[int, int]:
    last = day.latest + timedelta(days=window_days)
    return bisect_right(days, day.latest), bisect_right(days, last)


def _doubt(
    record: Record, thing: ThingId, name: str, safe: list[Statement], later: list[Statement]
) -> Doubt:
    said = dict.fromkeys(f"{s.claim.value} on {when(s)}" for s in safe)
    reported = [_reported(record, s) for s in later[:_MAX_LATER_IN_A_SENTENCE]]
    more = len(later) - _MAX_LATER_IN_A_SENTENCE
    and_more = f"; and {more} reports more" if more > 0 else ""
    return Doubt(
        kind=DoubtKind.SAFETY,
        thing=thing,
        property=name,
        statements=tuple(sorted((*safe, *later), key=in_order)),
        sentence=f"Said: {'; '.join(said)}. Afterwards: {'; '.join(reported)}{and_more}.",
    )


def _reported(record: Record, statement: Statement) -> str:
    label = record.declared(statement.claim.property).label.en
    return f"{label}: {statement.claim.value} on {when(statement)}"
