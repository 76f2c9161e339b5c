"""What one part of the fault tests came to: figures that are counted, and every fault by name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Kind(StrEnum):
    """What a fault costs whom."""

    LOST = "lost"  # something acknowledged is not there, or not as it was
    HALF = "half states"  # a part of what belongs together
    START = "failed starts"  # the workspace does not open, or nothing more can be written
    FOUND = "false findings"  # verify says that something is wrong where nothing was changed
    UNSEEN = "unseen"  # something was changed and nobody says so
    UNCLEAR = "unclear errors"  # a traceback, or more than one line, or the wrong exit code


@dataclass(frozen=True, slots=True)
class Fault:
    """One promise that was not kept."""

    kind: Kind
    text: str


@dataclass(slots=True)
class Outcome:
    """What is known of one part by now."""

    part: str
    kinds: tuple[Kind, ...]  # the faults that are looked for
    figures: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    skipped: str = ""  # why it could not be run
    seconds: float = 0.0

    def count(self, what: str, number: int = 1) -> None:
        """Add to a figure."""
        self.figures[what] = self.figures.get(what, 0) + number

    def blame(self, faults: Iterable[Fault], when: str) -> None:
        """Add faults, saying when they came up."""
        self.faults += [Fault(fault.kind, f"{when}: {fault.text}") for fault in faults]

    def number_of(self, kind: Kind) -> int:
        """Return how many faults of this kind there are."""
        return sum(fault.kind is kind for fault in self.faults)


def chance_of(seed: int, part: str = "") -> Random:
    """Return a source of chance that gives the same again for the same seed and part."""
    return Random(f"{seed} {part}")  # noqa: S311 - to be repeated, not to be a secret
