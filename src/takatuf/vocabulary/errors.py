"""Errors by who can put them right, and the one shape of a problem.

No exit code and no HTTP status stands here: the command line and the web map the
families below to their own. A `Problem` is the same object in a receipt, in JSON,
in a table row and on the command line.
"""

from collections.abc import Iterable
from dataclasses import dataclass

FOUND_MAX_CHARACTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing wrong with one value, in words its sender can act on."""

    code: str  # stable and documented: "claim.unknown-unit"
    where: str  # where the sender finds it: "statements.csv, row 14, observed_at"
    found: str  # as it was sent, cut to 80 characters
    expected: str  # what would have been accepted, with units or format
    hint: str = ""  # the likeliest cause, or "" where none is known

    def __str__(self) -> str:
        """Say what, where and what instead; one line a person can read out."""
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.where}: found {self.found}, expected {self.expected}.{hint} [{self.code}]"


def cut(text: str) -> str:
    """Return the text as it is shown in a problem: at most 80 characters, cut visibly."""
    if len(text) <= FOUND_MAX_CHARACTERS:
        return text
    return text[: FOUND_MAX_CHARACTERS - 1] + "…"


class TakatufError(Exception):
    """Whatever we raise on purpose; each family below says who can help."""


class InputError(TakatufError):
    """The sender can help: what was sent cannot be used, for the problems listed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep all problems, so that all are shown at once."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotAllowedError(TakatufError):
    """An administrator can help: the rules forbid this to this actor."""


class NotFoundError(TakatufError):
    """The caller can help: what was named is not here."""


class StaleError(TakatufError):
    """The caller can help by reading again: what this rests on has changed."""


class UnavailableError(TakatufError):
    """The operator can help, or time: a part that is needed does not answer."""
