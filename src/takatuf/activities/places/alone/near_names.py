"""Names in one area that are nearly alike, and may be one place spelt in two ways.

Two names so alike can also be two places, so each pair is asked. Names that differ by a number,
a direction or the kind of place are not asked, nor are names with different codes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from takatuf.activities.places.alone.levels import Level
from takatuf.activities.places.alone.namesakes import ONE_PLACE, SEVERAL_PLACES
from takatuf.activities.places.checks import Checked, counted, name_word
from takatuf.activities.places.faults import as_faults
from takatuf.activities.places.spelling.likeness import spelled
from takatuf.activities.places.spelling.names import is_several_areas, is_whole_area
from takatuf.activities.questions import AS_ENTERED, Answers, Kind, Option, Question
from takatuf.picture.sameness.forms import form_of
from takatuf.picture.sameness.likeness import Measure, likeness_of

_LEAST_ALIKE = 83.0
_LEAST_LOOKED_AT = 60.0  # by letters, before the slower comparison
_LEAST_HEARD = 3  # consonants; names of fewer sound alike by chance
_WORTH_OF_SOUND = 85.0
_MOST_NAMES = 1000  # in one area; where there are more, names are of villages, and too many
_LEVELS = (1, 2, 3)
_DIGIT = re.compile(r"\d")  # numbered places are told apart by their numbers


@dataclass(frozen=True, slots=True)
class _Name:
    plain: str
    name: str  # as it is written most
    n_rows: int
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Pair:
    above: str
    usual: _Name
    rarer: _Name
    per_cent: float


def check_near_names(level: Level, answers: Answers) -> Checked:
    """Return the pairs of names of a level that may be one place.

    Args:
        level: One with names.
        answers: Given so far: a pair that is one place is written as the usual name is.
    """
    if level.number not in _LEVELS:
        return Checked()
    asked = [(pair, _question(level, pair)) for pair in _pairs(level)]
    kept = [(pair, question) for pair, question in asked if question.id not in answers]
    one = [pair for pair, question in asked if answers.get(question.id) == ONE_PLACE]
    rarer = pl.DataFrame(
        [(pair.above, pair.rarer.plain, str(number)) for number, (pair, _) in enumerate(kept)],
        schema={"above": pl.String, "plain": pl.String, "number": pl.String},
        orient="row",
    )
    names = level.places.select("name", "above", "plain").unique()
    cells = level.cells.select("row", "name", "above").join(
        names.join(rarer, on=["above", "plain"]), on=["name", "above"]
    )
    rows = dict(cells.group_by("number").agg(pl.col("row").sort()).iter_rows())
    hints = {str(number): question.text for number, (_, question) in enumerate(kept)}
    return Checked(
        faults=as_faults(
            cells.rename({"name": "found"}).unique(["row", "found"], keep="first"),
            code="place.near-spelling",
            column=level.name,
            expected="one spelling for each place",
            hint=pl.col("number").replace_strict(hints, return_dtype=pl.String),
        ),
        questions=tuple(
            replace(question, rows=tuple(rows[str(number)]))
            for number, (_, question) in enumerate(kept)
        ),
        spellings=_taken(level, one),
    )


def _pairs(level: Level) -> list[_Pair]:
    named = level.places.drop_nulls("name").sort("n_rows", "name", descending=[True, False])
    each = named.group_by("above", "plain", maintain_order=True).agg(
        pl.col("name").first(), pl.col("n_rows").sum(), pl.col("code").drop_nulls().unique()
    )
    found: list[_Pair] = []
    for (above,), group in each.group_by("above"):
        names = [
            _Name(plain, name, n_rows, frozenset(codes))
            for _, plain, name, n_rows, codes in group.iter_rows()
            if not (is_whole_area(name) or is_several_areas(name) or _DIGIT.search(name))
        ]
        if len(names) <= _MOST_NAMES:
            found += _alike(str(above), names)
    return sorted(found, key=lambda pair: (-pair.rarer.n_rows, pair.above, pair.rarer.plain))


def _alike(above: str, names: list[_Name]) -> Iterator[_Pair]:
    texts = [spelled(each.name) for each in names]
    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=_LEAST_LOOKED_AT)
    for at, other in np.argwhere(np.triu(scores, k=1)):
        if _are_coded_apart(names[at], names[other]):
            continue
        score = _likeness(names[at].name, names[other].name)
        if score >= _LEAST_ALIKE:
            usual, rarer = sorted((names[at], names[other]), key=lambda n: (-n.n_rows, n.name))
            yield _Pair(above, usual, rarer, score)


def _likeness(one: str, other: str) -> float:
    """Return how alike two names are; names that sound the same are alike in any spelling."""
    forms = form_of(one), form_of(other)
    heard = {form.heard_as_one for form in forms}
    is_one_sound = len(heard) == 1 and len(forms[0].heard_as_one) >= _LEAST_HEARD
    is_told_apart = forms[0].telling != forms[1].telling
    least = _WORTH_OF_SOUND if is_one_sound and not is_told_apart else 0.0
    return max(least, likeness_of(*forms, Measure()).score)


def _are_coded_apart(one: _Name, other: _Name) -> bool:
    return bool(one.codes and other.codes and not one.codes & other.codes)


def _question(level: Level, pair: _Pair) -> Question:
    one, other = pair.usual, pair.rarer
    where = f" in {pair.above}" if pair.above else ""
    return Question(
        kind=Kind.PLACE,
        code="ask.near-place-names",
        about=f"adm{level.number}|{pair.above}|{'|'.join(sorted((one.plain, other.plain)))}",
        text=(
            f"“{one.name}” ({counted(one.n_rows, 'row')}) and “{other.name}” "
            f"({counted(other.n_rows, 'row')}){where} are alike ({pair.per_cent:.0f} %). "
            "Are they one place?"
        ),
        options=(
            Option(ONE_PLACE, f"One place: write “{other.name}” as “{one.name}”"),
            Option(SEVERAL_PLACES, "Two places"),
            Option(AS_ENTERED, "Leave both as they were entered"),
        ),
        rows=(),
        where=f"column {level.name}",
    )


def _taken(level: Level, pairs: list[_Pair]) -> dict[str, dict[str, str]]:
    """Return the spellings that people said are one place, and the usual one of each.

    A name that stands in other areas too is left: there it may be another place's.
    """
    usual = {(pair.above, pair.rarer.plain): pair.usual.name for pair in pairs}
    named = level.places.drop_nulls("name")
    own = named.filter(pl.col("above").n_unique().over("name") == 1)
    names = own.select("name", "above", "plain").iter_rows()
    taken = {name: usual[above, plain] for name, above, plain in names if (above, plain) in usual}
    return {name_word(level.number): taken} if taken else {}
