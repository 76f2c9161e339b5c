"""What people answered about organisations, as what follows from it for each name."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from takatuf.activities.organisations.asking import NEW, SEVERAL
from takatuf.activities.organisations.mentions import Met
from takatuf.activities.organisations.spelling import (
    acronym_key,
    name_words,
    organisation_key,
    tidy,
)
from takatuf.activities.questions import AS_ENTERED, Answers, Question

_LISTING = (",", "+")


@dataclass(frozen=True, slots=True)
class Answered:
    """What follows from the answers, by the keys of names."""

    ids: dict[str, str] = field(default_factory=dict)  # organisations of the register
    same: dict[str, str] = field(default_factory=dict)  # the key that stands for this one
    shown: dict[str, str] = field(default_factory=dict)  # the spelling that is shown
    acronyms: dict[str, str] = field(default_factory=dict)
    several: dict[str, tuple[str, ...]] = field(default_factory=dict)  # names in one cell
    fresh: set[str] = field(default_factory=set)  # none of the register, whatever the name is

    def kept(self, key: str) -> str:
        """Return the key that stands for this one after all answers."""
        passed: set[str] = set()
        while key in self.same and key not in passed:
            passed.add(key)
            key = self.same[key]
        return key


def answered(
    told: Iterable[tuple[Question, Sequence[str]]],
    answers: Answers,
    parts: Mapping[str, tuple[str, ...]],
) -> Answered:
    """Return what follows from the answers to these questions, each with the keys it is about."""
    found = Answered()
    for question, keys in told:
        word = answers.get(question.id, AS_ENTERED)
        if word != AS_ENTERED:
            _follow(found, question.code, keys, word, parts)
    return found


def parts_of(met: Met, names: Collection[str], acronyms: Collection[str]) -> tuple[str, ...]:
    """Return the organisations that a cell may name, or nothing where it names one.

    A semicolon or a new line always separates, and so may "/"; a comma and "+" where one part is
    a name or an acronym of its own; "and" only where all are, for names contain it too.

    Args:
        met: The organisation as it was met.
        names: Keys of all names, of the file and of the register.
        acronyms: Keys of their acronyms.
    """
    words = name_words()
    for name in sorted(met.names):
        sure = _split(name, words.between)
        if len(sure) > 1:
            return sure
        for separator in words.perhaps_between:
            parts = _split(name, (separator,))
            if len(parts) == 1:
                continue
            known = [_is_known(part, names, acronyms) for part in parts]
            if parts and (separator == "/" or all(known) or _is_list(separator, known)):
                return parts
    return ()


def _follow(
    found: Answered,
    code: str,
    keys: Sequence[str],
    word: str,
    parts: Mapping[str, tuple[str, ...]],
) -> None:
    key = keys[0]
    if word.startswith("organisation/"):
        found.ids[key] = word
    elif word == NEW:
        found.fresh.add(key)
    elif word == SEVERAL:
        found.several[key] = parts[key]
    elif code == "ask.organisation-spelling":
        found.shown[key] = word
    elif code == "ask.one-name-two-acronyms":
        found.acronyms[key] = word
    elif word in keys:
        found.same.update({other: word for other in keys if other != word})


def _split(name: str, separators: Sequence[str]) -> tuple[str, ...]:
    if not any(separator in name for separator in separators):
        return (name,)
    first, *others = separators
    for separator in others:
        name = name.replace(separator, first)
    legal = name_words().legal  # "Systems, Inc." names one organisation
    parts = map(tidy, name.split(first))
    return tuple(p for p in parts if organisation_key(p) and acronym_key(p) not in legal)


def _is_list(separator: str, known: Sequence[bool]) -> bool:
    return separator.strip() in _LISTING and any(known)


def _is_known(part: str, names: Collection[str], acronyms: Collection[str]) -> bool:
    return organisation_key(part) in names or acronym_key(part) in acronyms
