"""Which tasks the picture asks for: hazards, debris, networks, clinics, homes, risk education."""

from takatuf.planning.tasks.generating import works_by
from takatuf.planning.tasks.work import (
    KIND_OF_FACILITY,
    SHORTEST_TASK_DAYS,
    SKILLS,
    Work,
    clear_id,
    debris_id,
    educate_id,
    repair_id,
)

__all__ = [
    "KIND_OF_FACILITY",
    "SHORTEST_TASK_DAYS",
    "SKILLS",
    "Work",
    "clear_id",
    "debris_id",
    "educate_id",
    "repair_id",
    "works_by",
]
