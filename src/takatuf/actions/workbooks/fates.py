"""What becomes of each row of a file: one word for each, so that rows in are rows accounted for."""

from dataclasses import dataclass
from enum import StrEnum

from takatuf.actions.workbooks.row_reports import RowReport
from takatuf.vocabulary.identity import ReportId


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"  # an activity that nobody here has reported so
    CHANGED = "changed"  # replaces what the same body reported of the same activity
    SAME = "same"  # is here already, word for word
    WAITS = "waits"  # for the answer to a question
    COPY = "copy"  # left out: somebody answered that it says another row once more
    CONFLICT = "conflict"  # changed here since the sender's file was made: kept as it is here
    REFUSED = "refused"  # a rule forbids it, or it says nothing; the problem says why

    @property
    def is_stored(self) -> bool:
        """Whether the row enters the register now."""
        return self in {Fate.NEW, Fate.CHANGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFate:
    """One row of the file."""

    sheet: str
    row: int
    fate: Fate
    report: RowReport | None = None  # of a row that could be read as one
    replaces: ReportId | None = None  # of a changed row
    because: str = ""  # of a row that is neither stored nor here: why
