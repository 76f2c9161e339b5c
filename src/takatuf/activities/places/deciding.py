"""Which place one entry of one level means: decided by its text and the place above it.

In this order: the exact code, the code after repair, the exact name below the place above, what
was learnt before. Whatever is left is asked. A name is never looked up without the place above,
and no place is taken that does not lie in it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from takatuf.activities.places.checks import Asking
from takatuf.activities.places.gazetteers.index import COUNTRY, PlaceIndex
from takatuf.activities.places.spelling.codes import code_key, country_in
from takatuf.activities.places.spelling.countries import country_of
from takatuf.activities.places.spelling.likeness import alike, suggestions_for
from takatuf.activities.places.spelling.names import is_several_areas, is_whole_area, place_key
from takatuf.activities.questions import AS_ENTERED, Answers, Kind, Question, QuestionId

_BETWEEN_NAMES = re.compile(r"[,;/&+،؛\n]|\b(?:and|et|y|e|та|и)\b|\sو(?=\S)|\sو\s")
_LEAST_SPELLING = 70.0  # a name less like its code's place than this may mean another
_LEAST_SURE = 92.0  # and one this like it means no other
_LEAST_OTHER = 85.0  # and does, where another place is this much like it
AliasKey = tuple[int, str, str]  # level, code of the place above or "", `place_key` of the name
Aliases = Mapping[AliasKey, str]


class How(StrEnum):
    """By what an entry became a place, or why it did not."""

    CODE = "code"
    REPAIRED = "repaired code"
    NAME = "name"
    SPELLING = "code, name spelt otherwise"
    ALIAS = "learnt before"
    ANSWER = "answered"
    BLANK = "blank"
    WHOLE_AREA = "whole area"
    SEVERAL = "several areas"
    AS_ENTERED = "left as entered"
    OTHER_COUNTRY = "another country"
    NOT_COVERED = "no list of this level"
    WAITS = "the place above is asked first"
    ASKED = "asked"


UNKNOWN = Asking(code="ask.unknown-place")
OUTSIDE = Asking(code="ask.place-outside-parent")
DIFFER = Asking(code="ask.code-and-name")
WHICH = Asking(code="ask.which-place")
NO_PARENT = Asking(code="ask.names-without-parent")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says of one level; "" is blank."""

    level: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Above:
    """What is known of the levels above."""

    code: str = COUNTRY  # of the nearest place that is decided
    is_open: bool = False  # a nearer one was stated, and is not decided


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about an entry, to be put together with its rows."""

    asking: Asking
    about: str
    entry: Entry
    parent: str
    offered: tuple[str, ...] = ()  # codes, before those that are found by likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with an entry."""

    code: str
    expected: str
    hint: str = ""
    in_name: bool = False  # in the cell of the name, not of the code


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of an entry."""

    code: str | None
    how: How
    fault: Fault | None = None
    asked: Asked | None = None


class Decider:
    """Decides entries against one gazetteer; the same entry always the same way."""

    def __init__(
        self,
        index: PlaceIndex,
        older: Sequence[PlaceIndex] = (),
        aliases: Aliases | None = None,
        answers: Answers | None = None,
    ) -> None:
        """Keep what is known; `older` versions only explain codes that no longer hold."""
        self._index = index
        self._older = older
        self._aliases = aliases or {}
        self._answers = answers or {}
        areas = [level for level in index.levels if level]
        self._top = min(areas, default=1)

    def decide_country(self, code: str, name: str) -> Decision:
        """Return the country that a row states: none where it says none that is known."""
        land = country_of(code) or country_of(name)
        if land is None:
            return Decision(None, How.BLANK)
        if self._index.countries and land.alpha_2 not in self._index.countries:
            return Decision(None, How.OTHER_COUNTRY)
        own = [code for code in self._index.of_level.get(0, []) if country_of(code) == land]
        return Decision(own[0], How.CODE) if own else Decision(None, How.BLANK)

    def decide(self, entry: Entry, above: Above) -> Decision:
        """Return the place that an entry means below the place above it, or why none."""
        if not entry.code and not entry.name:
            return Decision(None, How.BLANK)
        if is_whole_area(entry.name) or (entry.code and is_whole_area(entry.code)):
            return Decision(None, How.WHOLE_AREA)
        if entry.level not in self._index.levels:
            return Decision(None, How.NOT_COVERED)
        if not entry.code:
            return self._by_name(entry, above)
        return self._by_code(entry, above)

    def _by_code(self, entry: Entry, above: Above) -> Decision:
        known = self._index.places.get(entry.code)
        if known is not None and known.level == entry.level:
            return self._with_code(entry, above, (entry.code,), How.CODE)
        read = self._index.reader(entry.level).read(entry.code)
        if read:
            return self._with_code(entry, above, read, How.REPAIRED)
        fault = self._unknown_code(entry)
        by_name = self._by_name(entry, above)
        if by_name.asked is not None and fault.code == "place.code-of-other-country":
            return Decision(None, How.OTHER_COUNTRY, fault)
        return replace(by_name, fault=fault)

    def _with_code(self, entry: Entry, above: Above, codes: Sequence[str], how: How) -> Decision:
        inside = [code for code in codes if self._index.is_below(code, above.code)]
        if not inside:
            return self._outside(entry, above, codes)
        if len(inside) > 1:
            inside = [code for code in inside if self._index.has_name(code, entry.name)] or inside
        if len(inside) > 1:
            return self._ask(WHICH, entry, above, inside)
        return self._with_name(entry, above, inside[0], how)

    def _outside(self, entry: Entry, above: Above, codes: Sequence[str]) -> Decision:
        parent = self._index.label(above.code)
        lies_in = self._index.label(self._index.places[codes[0]].parent or codes[0])
        fault = Fault(
            code="place.outside-parent",
            expected=f"a place in {parent} ({above.code})",
            hint=f"{codes[0]} lies in {lies_in}.",
        )
        if above.is_open:
            return Decision(None, How.WAITS, fault)
        namesakes = self._index.named(entry.level, above.code, entry.name) if entry.name else []
        offered = (*codes, *namesakes)
        return replace(self._ask(OUTSIDE, entry, above, offered), fault=fault)

    def _with_name(self, entry: Entry, above: Above, code: str, how: How) -> Decision:
        """Return the code where the name beside it may be this place's name."""
        is_named = self._index.places[code].names and not _says_nothing(entry.name)
        if not is_named or self._index.has_name(code, entry.name):
            return Decision(code, how)
        if self._aliases.get((entry.level, above.code, place_key(entry.name))) == code:
            return Decision(code, how)
        likeness = alike(entry.name, self._index.places[code].names)
        others = self._others(entry, code, likeness)
        if not others and likeness >= _LEAST_SPELLING:
            return Decision(code, How.SPELLING if how is How.CODE else how)
        fault = Fault(
            code="place.code-and-name-differ",
            expected=f"the name of {code}: {self._index.places[code].name}",
            hint=f"{others[0]} is {self._index.label(others[0])}." if others else "",
            in_name=True,
        )
        return replace(self._ask(DIFFER, entry, above, (code, *others)), fault=fault)

    def _others(self, entry: Entry, code: str, likeness: float) -> list[str]:
        """Return the other places beside this one that the name means, or is more like."""
        parent = self._index.places[code].parent
        named = self._index.named(entry.level, parent, entry.name)
        if named or likeness >= _LEAST_SURE:
            return [each for each in named if each != code]
        beside = [each for each in self._index.below(entry.level, parent) if each != code]
        known = [(each, name) for each in beside for name in self._index.places[each].names]
        near = suggestions_for([entry.name], known)[0]
        least = max(_LEAST_OTHER, likeness + 1)
        return [each.code for each in near[:1] if each.per_cent >= least]

    def _by_name(self, entry: Entry, above: Above) -> Decision:
        if not entry.name:
            return self._ask(UNKNOWN, entry, above, ())
        if is_several_areas(entry.name):
            expected = "the name of one place"
            fault = Fault(code="place.several-areas", expected=expected, in_name=True)
            return Decision(None, How.SEVERAL, fault)
        return Decision(None, How.WAITS) if above.is_open else self._by_full_name(entry, above)

    def _by_full_name(self, entry: Entry, above: Above) -> Decision:
        found = self._index.named(entry.level, above.code, entry.name)
        if not found:
            return self._learnt(entry, above)
        if len(found) > 1:
            return self._ask(WHICH, entry, above, found)
        if above.code == COUNTRY and not self._is_top(entry.level):
            return self._without_parent(entry, above, found[0])
        return Decision(found[0], How.NAME)

    def _is_top(self, level: int) -> bool:
        return level == 0 or (level == self._top and len(self._index.countries) <= 1)

    def _without_parent(self, entry: Entry, above: Above, code: str) -> Decision:
        # asked once for all such names of a level, as each of them occurs once
        about = f"adm{entry.level}|names without parent"
        asked = Asked(NO_PARENT, about, entry, above.code)
        answer = self._answers.get(_id_of(asked))
        if answer is None:
            return Decision(None, How.ASKED, asked=asked)
        return Decision(code, How.NAME) if answer == "take" else Decision(None, How.AS_ENTERED)

    def _learnt(self, entry: Entry, above: Above) -> Decision:
        code = self._aliases.get((entry.level, above.code, place_key(entry.name)), "")
        place = self._index.places.get(code)
        is_right = place is not None and place.level == entry.level
        if is_right and self._index.is_below(code, above.code):
            return Decision(code, How.ALIAS)
        listed = self._listed(entry, above)
        if listed:
            fault = Fault(
                code="place.several-in-a-cell",
                expected="one place in each row",
                hint=f"The cell lists {' and '.join(listed)}: enter a row for each.",
                in_name=True,
            )
            return Decision(None, How.SEVERAL, fault)
        expected = _expected_name(self._index, entry, above)
        fault = Fault(code="place.unknown-name", expected=expected, in_name=True)
        offered = self._once_called(entry, above)
        return replace(self._ask(UNKNOWN, entry, above, offered), fault=fault)

    def _listed(self, entry: Entry, above: Above) -> list[str]:
        """Return the places that a cell lists, each by its full name; none where one is not."""
        parts = [part for part in _BETWEEN_NAMES.split(entry.name) if place_key(part)]
        found = [self._index.named(entry.level, above.code, part) for part in parts]
        if len(parts) < 2 or not all(found):  # noqa: PLR2004 - one name is no list
            return []
        return [f"{self._index.places[codes[0]].name} ({codes[0]})" for codes in found]

    def _once_called(self, entry: Entry, above: Above) -> list[str]:
        """Return the places that now have the name which the code, or the name, once meant."""
        names = [
            name
            for index in self._older
            for code in (entry.code, *index.named(entry.level, COUNTRY, entry.name))
            if code in index.places
            for name in index.places[code].names
        ]
        found = [self._index.named(entry.level, above.code, name) for name in names]
        return list(dict.fromkeys(code for codes in found for code in codes))

    def _unknown_code(self, entry: Entry) -> Fault:
        known = self._index.places.get(entry.code)
        if known is not None:
            hint = f"It is the code of {known.name}, of level {known.level}."
            expected = f"a code of level {entry.level}"
            return Fault(code="place.code-of-other-level", expected=expected, hint=hint)
        lands = self._index.countries
        country = country_in(entry.code)
        if country and lands and country not in lands:
            expected = f"a code of {' or '.join(sorted(lands))}"
            hint = f"It starts as one of {country}."
            return Fault(code="place.code-of-other-country", expected=expected, hint=hint)
        example = self._index.of_level[entry.level][0]
        expected = f"a code of level {entry.level}, such as {example}"
        return Fault(code="place.unknown-code", expected=expected)

    def _ask(self, asking: Asking, entry: Entry, above: Above, offered: Sequence[str]) -> Decision:
        key = place_key(entry.name)
        about = f"adm{entry.level}|{above.code}|{code_key(entry.code)}|{key}"
        asked = Asked(asking, about, entry, above.code, tuple(dict.fromkeys(offered)))
        answer = self._answers.get(_id_of(asked))
        if answer == AS_ENTERED:
            return Decision(None, How.AS_ENTERED)
        code = self._answered(answer, entry, above) if answer is not None else None
        if code is not None:
            return Decision(code, How.ANSWER)
        return Decision(None, How.ASKED, asked=asked)

    def _answered(self, answer: str, entry: Entry, above: Above) -> str | None:
        place = self._index.places.get(answer)
        if place is not None:
            return answer if place.level == entry.level else None
        named = self._index.named(entry.level, above.code, answer)
        return named[0] if len(named) == 1 else None


def _id_of(asked: Asked) -> QuestionId:
    return Question(
        kind=Kind.PLACE,
        code=asked.asking.code,
        about=asked.about,
        text="",
        options=(),
        rows=(),
        where="",
    ).id


def _says_nothing(name: str) -> bool:
    return not place_key(name) or is_several_areas(name)


def _expected_name(index: PlaceIndex, entry: Entry, above: Above) -> str:
    where = f" in {index.label(above.code)} ({above.code})" if above.code else ""
    return f"the name of a place of level {entry.level}{where}"
