"""What acting together is worth, as a workspace asks for it."""

from dataclasses import dataclass

from takatuf.actions.weigh_together import GainMade, GainRequest, OnProgress, weigh_together
from takatuf.workspace.opened import Opened


@dataclass(frozen=True, slots=True)
class GainDesk:
    """Weighs acting together against acting alone; nothing is kept."""

    workspace: Opened

    def gain(self, request: GainRequest, on_progress: OnProgress | None = None) -> GainMade:
        """Return what acting together is worth; see `actions.weigh_together`.

        Raises:
            InputError: The picture cannot be planned for.
            NotAllowedError: The actor may not plan.
            NotFoundError: No organisation of this name has a team here.
        """
        workspace = self.workspace
        return weigh_together(workspace.parts.register, workspace.actor, request, on_progress)
