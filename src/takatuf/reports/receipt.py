"""A receipt: what became of a batch that was sent in, row by row."""

from dataclasses import dataclass

from takatuf.reports.register import Stored
from takatuf.reports.submission import SubmissionId
from takatuf.vocabulary.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was stored, what was here already, and what needs attention."""

    name: str  # what the sender calls the batch
    n_rows: int  # rows that say something; a blank row says nothing
    stored: tuple[Stored, ...]  # in the order of the rows; empty for a check without storing
    problems: tuple[Problem, ...]
    is_stored: bool  # False: only checked
    submission: SubmissionId | None = None  # what was signed; None where nothing was new
    head: str = ""  # the register's head after it: who keeps it can find out later changes

    @property
    def n_new(self) -> int:
        """The number of reports that were not here before."""
        return sum(stored.is_new for stored in self.stored)

    @property
    def n_known(self) -> int:
        """The number of reports that were here already; sending twice is harmless."""
        return len(self.stored) - self.n_new
