"""An open workspace: its parts, who works in it, and the clock; what every desk stands on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from takatuf.actions.import_reports import Intake
from takatuf.actions.read_picture import Reading, read_picture
from takatuf.reports.keys import Signer
from takatuf.safeguards.actor import Actor
from takatuf.vocabulary.time import end_of_day
from takatuf.wiring import Parts
from takatuf.workspace.days import Day, as_day

Clock = Callable[[], datetime]


def read_clock() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder that somebody works in, as one actor."""

    parts: Parts
    actor: Actor
    clock: Clock = field(default=read_clock)

    @property
    def folder(self) -> Path:
        """The folder."""
        return self.parts.settings.folder

    def close(self) -> None:
        """Let go of the files; what was stored is safe without it."""
        self.parts.register.close()

    def intake(self, signer: Signer | None = None) -> Intake:
        """Return where this actor hands in, at this moment; for actions that add to the register.

        Args:
            signer: Whose key signs; None for one that is kept here.
        """
        return Intake(
            register=self.parts.register,
            vocabulary=self.parts.vocabulary,
            actor=self.actor,
            now=self.clock(),
            signer=signer,
            host=self.parts.host,
            claims=self.parts.claims,
        )

    def reading(self, known: Day = None) -> Reading:
        """Return the picture as this actor may see it, to be asked further."""
        day = as_day(known, "known")
        heard_by = end_of_day(day) if day else None
        parts = self.parts
        return read_picture(parts.register, parts.vocabulary, self.actor, heard_by, parts.claims)
