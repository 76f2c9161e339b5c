"""Codes that stand with several names, and names with several codes in one area.

Names that differ only in spelling are one name. The name or code met most may be the wrong
one, so nothing is changed: the rows with the rarer ones are shown, with the counts.
"""

from dataclasses import dataclass, replace

import polars as pl

from takatuf.activities.places.alone.levels import Level
from takatuf.activities.places.checks import Asking, Checked, counted
from takatuf.activities.places.faults import as_faults
from takatuf.activities.places.spelling.codes import as_one_scheme
from takatuf.activities.questions import AS_ENTERED, Answers, Kind, Option, Question
from takatuf.vocabulary.errors import Problem

ONE_PLACE = "one_place"
SEVERAL_PLACES = "several_places"
_LEAST_USUAL = 0.8  # of a code's rows; a name this usual is not shown as a fault
_N_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _What:
    """What stands several times beside one other thing."""

    code: str  # of the fault
    asks: Asking
    one: str
    several: str


_NAMES = _What(
    code="place.one-code-several-names",
    asks=Asking(code="ask.one-code-several-names"),
    one="code",
    several="name",
)
_CODES = _What(
    code="place.one-name-several-codes",
    asks=Asking(code="ask.one-name-several-codes"),
    one="name",
    several="code",
)


@dataclass(frozen=True, slots=True)
class _Group:
    """One code with its names, or one name with its codes."""

    key: str
    called: str  # as it is shown
    met: dict[str, int]  # each of the several, with its rows


def check_namesakes(level: Level, raw: pl.Series, answers: Answers) -> Checked:
    """Return where codes and names of a level contradict each other.

    Args:
        level: One with codes and names.
        raw: The names as they were entered, row by row.
        answers: Given so far; what is one place is no fault any more.
    """
    level = _in_one_scheme(level)
    named = level.places.drop_nulls(["code", "name"]).with_columns(group="code")
    odd = _odd(named, by="plain")
    clean = named.join(odd, on=["code", "plain"], how="anti").with_columns(
        group=pl.concat_str("above", "plain", separator="|")
    )
    odd_codes = _odd(clean, by="code")
    first = _asked(level, named, odd, _NAMES, answers)
    second = _asked(level, clean, odd_codes, _CODES, answers)
    return Checked(
        faults=pl.concat([first.faults, second.faults]),
        questions=(*first.questions, *second.questions),
        notes=_notes(level, raw, odd),
    )


def _in_one_scheme(level: Level) -> Level:
    """Return the level with one code for a place, whatever the letters of its country."""
    one = as_one_scheme(level.places["code"].drop_nulls().unique().sort())
    changed = {code: plain for code, plain in one.items() if code != plain}
    if not changed:
        return level
    code = pl.col("code").replace(changed)
    facts = ["code", "name", "above", "key", "plain"]
    places = level.places.with_columns(code).group_by(facts).agg(pl.col("n_rows").sum())
    return replace(
        level, places=places.sort("code", "name", "above"), cells=level.cells.with_columns(code)
    )


def _odd(places: pl.DataFrame, by: str) -> pl.DataFrame:
    """Return what is met in a group besides the most usual; all where nothing is usual."""
    facts = ["code", "plain"] if by == "code" else ["code"]
    counts = places.group_by("group", by, *(word for word in facts if word != by)).agg(
        pl.col("n_rows").sum()
    )
    most, total = pl.col("n_rows").max().over("group"), pl.col("n_rows").sum().over("group")
    is_usual = (pl.col("n_rows") == most) & (most >= _LEAST_USUAL * total)
    several = counts.filter(pl.col(by).n_unique().over("group") > 1)
    return several.filter(~is_usual)


def _asked(
    level: Level, places: pl.DataFrame, odd: pl.DataFrame, what: _What, answers: Answers
) -> Checked:
    groups = _groups(places.join(odd, on="group", how="semi"), what)
    questions = [_question(level, group, what) for group in groups]
    asked = [
        (group, question)
        for group, question in zip(groups, questions, strict=True)
        if answers.get(question.id, SEVERAL_PLACES) == SEVERAL_PLACES
    ]
    texts = pl.DataFrame(
        {"group": [group.key for group, _ in asked], "hint": [each.text for _, each in asked]},
        schema={"group": pl.String, "hint": pl.String},
    )
    wrong = places.join(odd, on=["group", "code", "plain"], how="semi").join(texts, on="group")
    cells = level.cells.join(
        wrong.select("code", "name", "above", "group", "hint"), on=["code", "name", "above"]
    )
    faults = as_faults(
        cells.with_columns(found=what.several),
        code=what.code,
        column=_letter(level, what),
        expected=f"one {what.several} for one {what.one}",
        hint=pl.col("hint"),
    )
    rows = dict(cells.group_by("group").agg(pl.col("row").sort()).iter_rows())
    held = (
        replace(question, rows=tuple(rows[group.key]))
        for group, question in asked
        if question.id not in answers
    )
    return Checked(faults=faults, questions=tuple(held))


def _groups(places: pl.DataFrame, what: _What) -> list[_Group]:
    shown, called = what.several, what.one
    found: dict[str, _Group] = {}
    for key, text, title, n_rows in places.sort("group", shown, called).select(
        "group", shown, called, "n_rows"
    ).iter_rows():  # fmt: skip
        group = found.setdefault(key, _Group(key, title, {}))
        group.met[text] = group.met.get(text, 0) + n_rows
    return list(found.values())


def _question(level: Level, group: _Group, what: _What) -> Question:
    order = sorted(group.met, key=lambda text: (-group.met[text], text))
    shown = ", ".join(f"“{text}” ({counted(group.met[text], 'row')})" for text in order[:_N_SHOWN])
    stands = f"“{group.called}” stands with {len(order)} {what.several}s"
    return Question(
        kind=Kind.PLACE,
        code=what.asks.code,
        about=f"adm{level.number}|{group.key}|{'|'.join(sorted(group.met))}",
        text=f"{stands}: {shown}. Is it one place?",
        options=(
            Option(ONE_PLACE, f"One place: all {what.several}s mean it"),
            Option(SEVERAL_PLACES, "Several places: the rows will be put right"),
            Option(AS_ENTERED, "Leave it as it was entered"),
        ),
        rows=(),
        where=f"column {_letter(level, what)}",
    )


def _letter(level: Level, what: _What) -> str:
    return level.name if what is _NAMES else level.code


def _notes(level: Level, raw: pl.Series, odd: pl.DataFrame) -> tuple[Problem, ...]:
    pairs = level.cells.select("code", raw=raw).drop_nulls().unique()
    n_codes, n_names = pairs["code"].n_unique(), level.places["plain"].drop_nulls().n_unique()
    several = pairs.filter(pl.col("raw").n_unique().over("code") > 1)["code"].n_unique()
    notes = []
    if several:
        n_other = odd["code"].n_unique()
        found = f"{counted(several, 'code')} with several names, {n_other:,} by more than spelling"
        notes.append(level.note(code=_NAMES.code, found=found, expected="one name for each code"))
    if n_codes > n_names:
        found = f"{counted(n_codes, 'code')}, {counted(n_names, 'name')}"
        expected = "places told apart by their codes"
        notes.append(level.note(code="place.names-repeat", found=found, expected=expected))
    return tuple(notes)
