"""Try every part of a row, so that all its problems are named at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from takatuf.vocabulary.errors import InputError, Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attempt(Generic[T]):
    """A part that was read, or the problems that kept it from being read."""

    found: T | None
    problems: tuple[Problem, ...]

    @property
    def value(self) -> T:
        """What was read; only of an attempt without problems."""
        return cast("T", self.found)


def attempt(read: Callable[[], T]) -> Attempt[T]:
    """Read a part, and keep its problems for later."""
    try:
        return Attempt(read(), ())
    except InputError as error:
        return Attempt(None, error.problems)


def raise_all(*attempts: Attempt[Any]) -> None:
    """Return if every part was read.

    Raises:
        InputError: Some were not; it has the problems of all of them.
    """
    problems = problems_of_all(*attempts)
    if problems:
        raise InputError(problems)


def problems_of_all(*attempts: Attempt[Any]) -> tuple[Problem, ...]:
    """Return the problems of all parts, in their order."""
    return tuple(problem for part in attempts for problem in part.problems)
