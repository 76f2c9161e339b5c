"""What every command shares: where the workspace is, how to print, and how to show progress."""

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from takatuf.workspace import Workspace, open_workspace

Report = Callable[[str, int, int], None]  # what is done, how far, of how much


@dataclass(slots=True)
class Session:
    """One call of the command line."""

    folder: Path
    is_json: bool
    opened: Workspace | None = None

    def open(self) -> Workspace:
        """Return the workspace."""
        self.opened = open_workspace(self.folder)
        return self.opened

    def close(self) -> None:
        """Let go of the workspace, if it was opened."""
        if self.opened:
            self.opened.close()

    @property
    def console(self) -> Console:
        """Where people read: standard output, as wide as their terminal."""
        return Console(soft_wrap=False, highlight=False)

    def print_json(self, value: object) -> None:
        """Write one JSON document to standard output, and nothing else."""
        sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=1) + "\n")


def plain(value: Any) -> Any:  # noqa: ANN401 - any of our views comes in, plain JSON values go out
    """Return our dataclasses as JSON values: names as they are in the code."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path | date):
        return str(value)
    return value


@contextmanager
def progress(session: Session) -> Iterator[Report]:
    """Show how far long work is, on standard error, so that output can be piped."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=session.is_json,
    )
    with bar:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield report
