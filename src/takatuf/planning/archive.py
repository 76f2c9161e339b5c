"""Where plans are kept: the protocol that a store must keep."""

from typing import Any, Protocol

PlanDocument = dict[str, Any]  # as `formats.writers.plan_json` writes it


class PlanArchive(Protocol):
    """Keeps every plan that was made; a plan is never changed, only followed by another."""

    def save(self, name: str, document: PlanDocument) -> str:
        """Keep a plan under this name, whole or not at all; return where it can be found."""
        ...

    def find(self, name: str) -> PlanDocument | None:
        """Return the plan of this name, or None."""
        ...

    def latest(self) -> PlanDocument | None:
        """Return the plan that was kept last, or None."""
        ...
