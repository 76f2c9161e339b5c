"""Decisions about tables in a file of JSON lines, appended to and never rewritten."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from takatuf.activities.memory import Decision
from takatuf.activities.questions import Kind
from takatuf.vocabulary.errors import UnavailableError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.time import instant_text, parse_instant


class DecisionLog:
    """A `Memory` in one file of a workspace."""

    def __init__(self, path: Path) -> None:
        """Keep decisions in this file, which is made with the first of them."""
        self.path = path

    def decisions(self) -> tuple[Decision, ...]:
        """Return all of them, oldest first.

        Raises:
            UnavailableError: A line is damaged; the last one may be, after a power cut.
        """
        if not self.path.exists():
            return ()
        lines = self.path.read_text("utf-8").split("\n")
        return tuple(self._read(line, number) for number, line in enumerate(lines[:-1], 1))

    def remember(self, decisions: Sequence[Decision]) -> None:
        """Keep these too; when it returns they survive a power cut."""
        if not decisions:
            return
        text = "".join(f"{json.dumps(_to_json(one), ensure_ascii=False)}\n" for one in decisions)
        with self.path.open("ab") as file:
            file.truncate(self._whole_bytes())
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())

    def _whole_bytes(self) -> int:
        """Return how much of the file is whole lines; the rest was cut off by a power cut."""
        return self.path.read_bytes().rfind(b"\n") + 1

    def _read(self, line: str, number: int) -> Decision:
        try:
            form = json.loads(line)
            return Decision(
                kind=Kind(form["kind"]),
                code=form["code"],
                about=form["about"],
                answer=form["answer"],
                sender=ThingId(form["sender"]),
                by=form["by"],
                on=parse_instant(form["on"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UnavailableError(f"{self.path.name}, line {number}, is damaged.") from error


def _to_json(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind.value,
        "code": decision.code,
        "about": decision.about,
        "answer": decision.answer,
        "sender": decision.sender,
        "by": decision.by,
        "on": instant_text(decision.on),
    }
