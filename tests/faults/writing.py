"""A writer that goes on until it is stopped, and says after each step what was acknowledged.

``python -m tests.faults.writing FOLDER NAME --steps N`` writes into the workspace
FOLDER/NAME, one line of JSON for each step on standard output; FOLDER is as `material` makes it.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from random import Random

from takatuf.workspace import Workspace, open_workspace
from takatuf.workspace.exchange import Exchange
from tests.faults.checking import Acknowledged
from tests.faults.material import Material, a_table
from tests.faults.outcome import chance_of

MERGES = 0.2  # the share of steps that merge a bundle
CLOSES = 0.2  # the share of steps after which the workspace is closed in good order
Tell = Callable[[dict[str, object]], None]


@dataclass(slots=True)
class Writer:
    """Somebody who imports tables, merges bundles, and closes the workspace now and then."""

    material: Material
    folder: Path
    name: str  # no other writer of this workspace has it
    chance: Random
    tell: Tell
    bundles: Iterator[Path] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the first bundle."""
        self.bundles = iter(self.material.bundles)

    def write(self, n_steps: int | None = None) -> None:
        """Take so many steps; without end if none are given."""
        workspace = self._open()
        for number in islice(count(), n_steps):
            bundle = next(self.bundles, None) if self.chance.random() < MERGES else None
            if bundle:
                self._merge(workspace, bundle)
            else:
                self._import(workspace, f"{self.name}-{number}")
            if self.chance.random() < CLOSES:
                self.tell({"doing": "close"})
                workspace.close()
                workspace = self._open()
        workspace.close()

    def _open(self) -> Workspace:
        self.tell({"doing": "open"})
        return open_workspace(self.folder)

    def _import(self, workspace: Workspace, name: str) -> None:
        self.tell({"doing": "import"})
        receipt = workspace.import_table(a_table(name))
        reports = [stored.report for stored in receipt.stored]
        self.tell({"head": receipt.head, "reports": reports, "n_new": receipt.n_new,
                   "n_submissions": int(receipt.submission is not None)})  # fmt: skip

    def _merge(self, workspace: Workspace, bundle: Path) -> None:
        self.tell({"doing": "merge"})
        receipt = Exchange(workspace).merge(bundle)
        self.tell({"head": receipt.head, "reports": [], "n_new": receipt.n_new,
                   "n_submissions": receipt.n_new_submissions})  # fmt: skip


def acknowledged_in(lines: list[dict[str, object]]) -> tuple[Acknowledged, ...]:
    """Return what a writer was told is kept, from the lines that it wrote."""
    return tuple(
        Acknowledged(str(line["head"]), tuple(_texts(line["reports"])))
        for line in lines
        if "head" in line
    )


def _texts(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


def main() -> None:
    """Write as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("name")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    writer = Writer(
        material=Material(options.folder),
        folder=options.folder / options.name,
        name=f"w{options.seed}",
        chance=chance_of(options.seed, "writing"),
        tell=lambda line: _ignore(os.write(sys.stdout.fileno(), to_line(line))),
    )
    writer.write(options.steps)


def to_line(line: dict[str, object]) -> bytes:
    """Return one line of JSON."""
    return json.dumps(line).encode() + b"\n"


def _ignore(_: object) -> None:
    return


if __name__ == "__main__":
    main()
