"""Who was due to report and has not, from the table of what was due."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from takatuf.activities.due.lateness import NOT_YET_DUE, NOTHING_CHANGED, REPORTED
from takatuf.formats.writers.sitrep.content import MissingOrganisation, Reporting

_IDENTITY = "organisation/"


def reporting_of(due: pl.DataFrame, period: str, names: Mapping[str, str]) -> Reporting | None:
    """Return who reported for a period and who is missing, the latest first.

    Args:
        due: Of `due_of`: organisation, period, due_on, state, days_late.
        period: That of the report, or a day in it; where nothing was due for it, the latest
            period for which something was.
        names: Of organisations, by their identity.

    Returns:
        None where nothing was due yet.
    """
    asked = due.filter(pl.col("state") != NOT_YET_DUE)
    if not asked.height:
        return None
    wanted = asked.filter(pl.lit(period).str.starts_with(pl.col("period")))
    latest = str((wanted if wanted.height else asked)["period"].max())
    of_period = asked.filter(pl.col("period") == latest)
    is_there = pl.col("state").is_in([REPORTED, NOTHING_CHANGED])
    heard = set(asked.filter(is_there)["organisation"])
    missing = [
        _missing(row, names, is_silent=row["organisation"] not in heard)
        for row in of_period.filter(~is_there).iter_rows(named=True)
    ]
    n_due = of_period["organisation"].n_unique()
    return Reporting(
        n_due=n_due,
        n_reported=n_due - len({one.name for one in missing}),
        missing=tuple(sorted(missing, key=lambda one: (-(one.n_days_late or 0), one.name))),
    )


def _missing(
    row: Mapping[str, object], names: Mapping[str, str], *, is_silent: bool
) -> MissingOrganisation:
    identity, due_on, late = str(row["organisation"]), row["due_on"], row.get("days_late")
    return MissingOrganisation(
        name=names.get(identity) or identity.removeprefix(_IDENTITY).replace("-", " "),
        period=str(row["period"]),
        due_on=due_on.isoformat() if isinstance(due_on, date) else "",
        n_days_late=late if isinstance(late, int) else None,
        is_silent=is_silent,
    )
