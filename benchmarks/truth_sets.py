"""Read sets of conflicting claims with known truth, told apart by their columns, not their names.

A folder is a set if one of its files holds claims and another the truth:

- answers: columns for fact, source and answer; the truth in columns for fact and answer, where
  the answer may be a path, most specific level first, and `id, name, parentID` may give the
  hierarchy;
- numbers: rows of fact, source, number and more, without a header; the truth in rows such as
  `a, b, year, number`, which answers the fact `a, b_year`.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

CLOSED_MOST = 20  # a set with at most so many different answers is one of a closed list
MEANINGS = {
    "fact": {"obj", "object", "fact", "question", "item", "task", "entity"},
    "source": {"src", "source", "worker", "user", "annotator", "website"},
    "answer": {"value", "answer", "label", "claim", "truth", "gold", "groundtruth"},
}
HIERARCHY = {"id", "name", "parentid"}
NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+(e[-+]?\d+)?", re.IGNORECASE)
NO_PARENT = frozenset({"", "-1"})
EXACT_DIGITS = 15  # of a float

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Claims of which each is one of several answers."""

    name: str
    said: Mapping[str, Mapping[str, str]]  # fact -> source -> answer
    path: Mapping[str, tuple[str, ...]]  # fact -> the true levels, most specific first
    implies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    n_alternatives: int | None = None  # None: any answer is possible

    @property
    def facts(self) -> list[str]:
        """Return the facts that have a truth and a claim."""
        return [fact for fact in self.path if fact in self.said]

    def right_answer(self, fact: str) -> str | None:
        """Return the most specific true level that any source claimed, if one did."""
        claimed = set(self.said[fact].values())
        return next((level for level in self.path[fact] if level in claimed), None)

    def is_true(self, fact: str, answer: str) -> bool:
        """Say whether the answer is a true level, however general."""
        return answer in self.path[fact]


@dataclass(frozen=True, slots=True)
class NumberSet:
    """Claims that are numbers."""

    name: str
    claims: Mapping[str, list[tuple[str, float]]]
    truth: Mapping[str, float]  # only facts that have a claim

    def as_answers(self, tolerance: float = 0.01) -> AnswerSet:
        """Return the same as answers: each number one, those near the truth all true."""
        said = {f: {s: _text(n) for s, n in claims} for f, claims in self.claims.items()}
        path = {
            fact: tuple(
                sorted({_text(n) for _, n in self.claims[fact] if is_near(n, truth, tolerance)})
            )
            for fact, truth in self.truth.items()
        }
        return AnswerSet(f"{self.name}, as answers", said, path)


def is_near(number: float, truth: float, tolerance: float) -> bool:
    """Say whether a number is within this share of the truth."""
    return abs(number - truth) <= tolerance * abs(truth)


def set_folders(folder: Path) -> list[Path]:
    """Return this folder and those in it, by name, as far as they hold tables."""
    inside = sorted(path for path in folder.iterdir() if path.is_dir())
    return [path for path in (folder, *inside) if any(_tables(path))]


def read_set(folder: Path) -> AnswerSet | NumberSet:
    """Return the set in a folder.

    Raises:
        ValueError: Its tables are not claims and truth of a kind named above.
    """
    tables = [rows for rows in map(_rows, _tables(folder)) if rows]
    return _set_of(folder.name, tables)


def _tables(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in {".csv", ".tsv"})


def _rows(path: Path) -> Rows:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    # Only a line feed ends a line: some names hold other line separators, double-encoded.
    lines = [line.rstrip("\r") for line in text.split("\n") if line.strip()]
    is_tabbed = bool(lines) and "\t" in lines[0]
    if is_tabbed:
        return [[cell.strip() for cell in line.split("\t")] for line in lines]
    return [[c.strip() for c in row] for row in csv.reader(lines, skipinitialspace=True) if row]


def _set_of(name: str, tables: list[Rows]) -> AnswerSet | NumberSet:
    roles = [_roles(rows[0]) for rows in tables]
    claims = [_columns(t, r) for t, r in zip(tables, roles, strict=True) if len(r) == len(MEANINGS)]
    truths = [_columns(t, r) for t, r in zip(tables, roles, strict=True) if set(r) == TRUTH]
    if claims and truths:
        parents = [rows for rows in tables if {c.lower() for c in rows[0]} >= HIERARCHY]
        return _answer_set(name, claims[0], truths[0], parents)
    bare = [rows for rows, role in zip(tables, roles, strict=True) if not role]
    either = [_number_set(name, claims=a, truths=b) for a, b in permutations(bare, 2)]
    best = max(either, key=lambda data: len(data.truth), default=None)
    if best is not None and best.truth:
        return best
    raise ValueError(f"{name}: no table of claims and one of truths, by columns, is in the folder")


TRUTH = {"fact", "answer"}


def _roles(header: list[str]) -> dict[str, int]:
    """Return the column of each meaning; none where the first row is no header."""
    names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in header]
    found = {
        meaning: next((names.index(word) for word in names if word in words), None)
        for meaning, words in MEANINGS.items()
    }
    return {meaning: column for meaning, column in found.items() if column is not None}


def _columns(rows: Rows, roles: Mapping[str, int]) -> list[dict[str, str]]:
    widest = max(roles.values())
    return [
        {meaning: row[column] for meaning, column in roles.items()}
        for row in rows[1:]
        if len(row) > widest and all(row[column] for column in roles.values())
    ]


def _answer_set(
    name: str, claims: list[dict[str, str]], truths: list[dict[str, str]], parents: list[Rows]
) -> AnswerSet:
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for claim in claims:
        said[claim["fact"]][claim["source"]] = _plain(claim["answer"])
    path = {
        truth["fact"]: _levels(truth["answer"], set(said.get(truth["fact"], {}).values()))
        for truth in truths
    }
    implies = _implied(parents[0]) if parents else {}
    answers = {answer for by in said.values() for answer in by.values()}
    answers |= {level for levels in path.values() for level in levels}
    n_alternatives = len(answers) if len(answers) <= CLOSED_MOST and not implies else None
    return AnswerSet(name, dict(said), path, implies, n_alternatives)


def _plain(answer: str) -> str:
    """Return the answer with numbers in one form, so that 1, 1.0 and "01" are the same."""
    is_number = NUMBER.fullmatch(answer) and len(answer) <= EXACT_DIGITS
    return _text(float(answer.replace(",", ""))) if is_number else answer


def _text(number: float) -> str:
    return f"{number:.{EXACT_DIGITS}g}"


def _levels(truth: str, claimed: set[str]) -> tuple[str, ...]:
    """Return the levels of a path; a number, or a text that somebody claimed, is one level."""
    if NUMBER.fullmatch(truth) or truth in claimed:
        return (_plain(truth),)
    return tuple(_split(truth))


def _split(path: str) -> list[str]:
    return [_plain(level.strip()) for level in path.split(",") if level.strip()]


def _implied(rows: Rows) -> dict[str, frozenset[str]]:
    """Return all that each name implies; a name shared by several nodes implies what any does."""
    column = {name.lower(): place for place, name in enumerate(rows[0])}
    nodes = {
        row[column["id"]]: (_plain(row[column["name"]]), row[column["parentid"]])
        for row in rows[1:]
        if len(row) >= len(HIERARCHY)
    }
    tops = [node for node, (_, parent) in nodes.items() if parent in NO_PARENT]
    says_nothing = set(tops) if len(tops) == 1 else set()  # one root over all
    implied: dict[str, set[str]] = defaultdict(set)
    for name, parent in nodes.values():
        above = parent
        for _ in nodes:  # a circle of parents ends here
            if above not in nodes or above in says_nothing:
                break
            implied[name].add(nodes[above][0])
            above = nodes[above][1]
    return {name: frozenset(general) for name, general in implied.items()}


def _number_set(name: str, claims: Rows, truths: Rows) -> NumberSet:
    stated: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for fact, source, number, *_ in (row for row in claims if len(row) > 2):  # noqa: PLR2004
        if NUMBER.fullmatch(number):
            stated[fact].append((source, float(number.replace(",", ""))))
    truth = {
        f"{', '.join(place)}_{year}": float(number)
        for *place, year, number in (row for row in truths if len(row) > 2)  # noqa: PLR2004
        if NUMBER.fullmatch(number)
    }
    met = {fact: number for fact, number in truth.items() if fact in stated}
    return NumberSet(name, dict(stated), met)
