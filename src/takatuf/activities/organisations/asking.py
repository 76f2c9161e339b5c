"""The questions about organisations: one for each name, acronym or pair, never for each row.

The options of a pair are not in the order of their counts: the spelling of most rows can be
the wrong one.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from takatuf.activities.organisations.finding import Suggestion
from takatuf.activities.organisations.likeness import Alike, alike_in
from takatuf.activities.organisations.mentions import Met
from takatuf.activities.organisations.organisations import Organisations
from takatuf.activities.organisations.sheet import Sheet
from takatuf.activities.organisations.spelling import acronym_key
from takatuf.activities.questions import AS_ENTERED, Kind, Option, Question
from takatuf.vocabulary.errors import cut

NEW = "new"  # an organisation of its own
TWO = "two"  # two organisations
ONE = "one"  # one organisation whose name has a separator in it
SEVERAL = "several"  # organisations in one cell

Pairs = tuple[tuple[Question, tuple[str, ...]], ...]  # a question with the keys that it is about


def known_question(
    met: Met, suggested: Sequence[Suggestion], known: Organisations, sheet: Sheet
) -> Question:
    """Ask whether a name stands for an organisation of the register."""
    options = [
        Option(suggestion.id, known.by_id[suggestion.id].label, suggestion.because)
        for suggestion in suggested
    ]
    return Question(
        kind=Kind.ORGANISATION,
        code="ask.organisation-known",
        about=f"{met.key}|{acronym_key(met.acronym)}",
        text=f"Which organisation is {_shown(met)} ({_rows(met.rows)})?",
        options=(*options, Option(NEW, "an organisation that is not in the register")),
        rows=_in_order(met.rows),
        where=_where(met, sheet),
    )


def acronym_questions(met: Iterable[Met], sheet: Sheet) -> Pairs:
    """Ask where one acronym stands for several names."""
    bearers: dict[str, list[Met]] = {}
    for one in met:
        for key in sorted({acronym_key(text) for text in one.acronyms}):
            bearers.setdefault(key, []).append(one)
    return tuple(
        (_acronym_question(key, ones, sheet), tuple(one.key for one in ones))
        for key, ones in bearers.items()
        if len(ones) > 1
    )


def alike_questions(met: Sequence[Met], asked: Iterable[Sequence[str]], sheet: Sheet) -> Pairs:
    """Ask about names of one file that may be two spellings, but for pairs that were asked."""
    done = {frozenset(pair) for keys in asked for pair in combinations(keys, 2)}
    names = [one.name for one in met]
    found: list[tuple[Question, tuple[str, ...]]] = []
    for pair in alike_in(names, names):
        one, other = met[pair.left], met[pair.right]
        if pair.left < pair.right and frozenset((one.key, other.key)) not in done:
            found.append((_alike_question(one, other, pair, sheet), (one.key, other.key)))
    return tuple(found)


def acronyms_question(met: Met, sheet: Sheet) -> Question:
    """Ask which acronym belongs to a name that stands beside several."""
    return Question(
        kind=Kind.ORGANISATION,
        code="ask.one-name-two-acronyms",
        about=f"{met.key}|{'|'.join(sorted(met.acronyms))}",
        text=f"{met.name} stands beside {len(met.acronyms)} acronyms: {_counts(met.acronyms)}. "
        "Which is it?",
        options=_spellings(met.acronyms),
        rows=_in_order(met.rows),
        where=_where(met, sheet),
        takes_text=True,
    )


def spelling_question(met: Met, sheet: Sheet) -> Question:
    """Ask which spelling of a name is shown; that they are one organisation is certain."""
    return Question(
        kind=Kind.ORGANISATION,
        code="ask.organisation-spelling",
        about=f"{met.key}|{'|'.join(sorted(met.names))}",
        text=f"One organisation is spelled in {len(met.names)} ways: {_counts(met.names)}. "
        "Which is shown?",
        options=_spellings(met.names),
        rows=_in_order(met.rows),
        where=_where(met, sheet),
        takes_text=True,
    )


def several_question(met: Met, parts: Sequence[str], sheet: Sheet) -> Question:
    """Ask whether a cell names several organisations."""
    return Question(
        kind=Kind.ORGANISATION,
        code="ask.several-organisations",
        about=met.key,
        text=f"Does “{cut(met.name)}” name several organisations ({_rows(met.rows)})?",
        options=(
            Option(SEVERAL, f"{len(parts)} organisations: {cut('; '.join(parts))}"),
            Option(ONE, "one organisation with this name"),
        ),
        rows=_in_order(met.rows),
        where=_where(met, sheet),
    )


def _acronym_question(acronym: str, ones: Sequence[Met], sheet: Sheet) -> Question:
    rows = set().union(*(one.rows for one in ones))
    said = ", ".join(f"“{cut(one.name)}” ({_rows(one.rows)})" for one in _by_name(ones))
    texts = {text for one in ones for text in one.acronyms if acronym_key(text) == acronym}
    written = " / ".join(sorted(texts))
    two = Option(TWO, f"{len(ones)} organisations", _because_written(texts))
    kept = tuple(_kept(one) for one in _by_name(ones))
    return Question(
        kind=Kind.ORGANISATION,
        code="ask.one-acronym-two-names",
        about=f"{acronym}|{'|'.join(sorted(one.key for one in ones))}",
        text=f"The acronym {written} stands for {len(ones)} names: {said}. Is it one organisation?",
        options=(two, *kept) if two.because else (*kept, two),
        rows=_in_order(rows),
        where=sheet.where("reporting_acronym"),
    )


def _because_written(acronyms: set[str]) -> str:
    differ = len({text.casefold() for text in acronyms}) > 1
    return f"the acronyms are written differently: {', '.join(sorted(acronyms))}" if differ else ""


def _alike_question(one: Met, other: Met, pair: Alike, sheet: Sheet) -> Question:
    two = Option(TWO, "two organisations", _because_two(one, other, pair))
    kept = tuple(_kept(each, f"{pair.percent} % alike") for each in _by_name((one, other)))
    shown = " and ".join(f"{_shown(each)} ({_rows(each.rows)})" for each in _by_name((one, other)))
    return Question(
        kind=Kind.ORGANISATION,
        code="ask.organisations-alike",
        about="|".join(sorted((one.key, other.key))),
        text=f"Are {shown} one organisation?",
        options=(two, *kept) if two.because else (*kept, two),
        rows=_in_order(one.rows | other.rows),
        where=_where(one, sheet),
    )


def _because_two(one: Met, other: Met, pair: Alike) -> str:
    reasons = []
    if pair.is_reordered:
        reasons.append("the words stand in another order")
    if one.acronym and other.acronym and acronym_key(one.acronym) != acronym_key(other.acronym):
        reasons.append(f"the acronyms differ: {', '.join(sorted((one.acronym, other.acronym)))}")
    return "; ".join(reasons)


def _spellings(spellings: dict[str, set[int]]) -> tuple[Option, ...]:
    return (
        *(Option(spelling, spelling, _rows(spellings[spelling])) for spelling in sorted(spellings)),
        Option(AS_ENTERED, "leave each as it was entered"),
    )


def _kept(met: Met, because: str = "") -> Option:
    reasons = "; ".join(filter(None, (_rows(met.rows), because)))
    return Option(met.key, f"one organisation, by the name “{cut(met.name)}”", reasons)


def _shown(met: Met) -> str:
    return f"“{cut(met.name)}” ({cut(met.acronym)})" if met.acronym else f"“{cut(met.name)}”"


def _by_name(met: Iterable[Met]) -> list[Met]:
    return sorted(met, key=lambda one: one.name)


def _counts(spellings: dict[str, set[int]]) -> str:
    return ", ".join(f"“{cut(text)}” ({_rows(spellings[text])})" for text in sorted(spellings))


def _rows(rows: set[int]) -> str:
    return f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"


def _in_order(rows: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(rows))


def _where(met: Met, sheet: Sheet) -> str:
    return sheet.where(min(met.roles))
