"""When reports are due, who is late, and last month's rows for the next."""

from takatuf.activities.due.calendar import (
    EVERYBODY,
    Calendar,
    Every,
    bounds_of,
    period_of,
    usual_calendars,
)
from takatuf.activities.due.lateness import due_of
from takatuf.activities.due.restating import Restated, nothing_changed, prefilled_of

__all__ = [
    "EVERYBODY",
    "Calendar",
    "Every",
    "Restated",
    "bounds_of",
    "due_of",
    "nothing_changed",
    "period_of",
    "prefilled_of",
    "usual_calendars",
]
