"""The doubts of a workspace: questions that its own record raises."""

from dataclasses import dataclass

from takatuf.actions.showing.list_doubts import DoubtView, list_doubts
from takatuf.workspace.days import Day, as_day
from takatuf.workspace.opened import Opened


@dataclass(frozen=True, slots=True)
class DoubtDesk:
    """Asks a workspace what in its record should be asked again."""

    workspace: Opened

    def doubts(
        self, thing: str = "", *, at: Day = None, known: Day = None
    ) -> tuple[DoubtView, ...]:
        """Return every doubt, or those about a thing, its parts and what belongs to them.

        Args:
            thing: A name in any script, or an identity; "" takes all.
            at: Leave out what is said of later days.
            known: Leave out what was heard after that day.

        Raises:
            InputError: A day is none.
            NotFoundError: Nothing, or more than one thing, has this name.
        """
        return list_doubts(self.workspace.reading(known), as_day(at, "at"), thing)
