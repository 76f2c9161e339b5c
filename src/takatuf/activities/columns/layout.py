"""Layouts: what was settled about the columns of one partner's tables, learnt once.

The next table with the same headers and tags is read without a question. In a changed table
only what changed is asked.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from takatuf.activities.columns.asking import about_column, occurrences
from takatuf.activities.columns.matched import Matched, MatchedColumn
from takatuf.activities.columns.meanings import meanings
from takatuf.activities.tables import Column
from takatuf.vocabulary.errors import InputError, Problem

ASKED = "asked"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class LearntColumn:
    """One column of a layout."""

    about: str  # its header and tag, as they are compared
    header: str
    tag: str
    word: str  # "" where it stays as it was entered
    how: str  # as it was settled; `ASKED` where it is not yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the columns of one partner's tables mean."""

    sheet: str
    columns: tuple[LearntColumn, ...]
    date_orders: Mapping[str, str] = field(default_factory=dict)  # by word: "dmy" or "mdy"

    @property
    def fingerprint(self) -> str:
        """The same for all tables with these headers and tags: 16 hexadecimal digits."""
        return _digest(column.about for column in self.columns)

    @property
    def period_columns(self) -> tuple[str, ...]:
        """The words from which the reporting period is read."""
        return tuple(c.word for c in self.columns if c.word.startswith("period"))


def layout_of(matched: Matched, date_orders: Mapping[str, str] | None = None) -> Layout:
    """Return what was settled about a table, to be learnt.

    A column that is still asked about is learnt as such, so that the same is asked again.
    """
    n_before = occurrences([found.column for found in matched.columns])
    learnt = tuple(
        LearntColumn(
            about=about_column(found.column, n_before[found.column.letter]),
            header=found.column.header,
            tag=found.column.tag,
            word=found.word,
            how=_how(found),
        )
        for found in matched.columns
    )
    return Layout(sheet=matched.sheet, columns=learnt, date_orders=dict(date_orders or {}))


def fingerprint_of(columns: Sequence[Column]) -> str:
    """Return the fingerprint of a table's columns, as `Layout.fingerprint`."""
    n_before = occurrences(columns)
    return _digest(about_column(column, n_before[column.letter]) for column in columns)


def layout_to_json(layout: Layout) -> str:
    """Return a layout as JSON text, keys sorted."""
    content = {
        "version": _VERSION,
        "fingerprint": layout.fingerprint,
        "sheet": layout.sheet,
        "columns": [
            {"about": c.about, "header": c.header, "tag": c.tag, "word": c.word, "how": c.how}
            for c in layout.columns
        ],
        "period_columns": list(layout.period_columns),
        "date_orders": dict(layout.date_orders),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)


def layout_from_json(text: str) -> Layout:
    """Return the layout in a text that `layout_to_json` wrote.

    Raises:
        InputError: It is no such text, or names a meaning that is not known.
    """
    try:
        content = json.loads(text)
        columns = tuple(LearntColumn(**column) for column in content["columns"])
        orders = {str(word): str(order) for word, order in content["date_orders"].items()}
        sheet = str(content["sheet"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError([_unreadable(type(error).__name__)]) from error
    unknown = sorted({c.word for c in columns if c.word and c.word not in meanings()})
    if unknown:
        raise InputError([_unreadable(", ".join(unknown))])
    return Layout(sheet=sheet, columns=columns, date_orders=orders)


def _how(found: MatchedColumn) -> str:
    if found.rivals and not found.word:
        return ASKED
    return found.how.value if found.how else ""


def _digest(abouts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(abouts).encode()).hexdigest()[:16]


def _unreadable(found: str) -> Problem:
    return Problem(
        code="column.layout-unreadable",
        where="layout",
        found=found,
        expected="a layout as it was saved, with words of columns.toml",
    )
