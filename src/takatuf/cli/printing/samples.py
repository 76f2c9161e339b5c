"""Print what a plan could not take in, and what becomes of it over many samples."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from takatuf.actions.plan_samples import SamplesMade, Waiting
from takatuf.planning.ensembles.outlook import Likely
from takatuf.vocabulary.errors import Problem

MAX_NOTES = 20
N_LATEST = 10  # neighbourhoods' services that are printed: those with the widest range


def print_notes(console: Console, notes: Sequence[Problem]) -> None:
    """Print each thing that the plan could not take in, with its reason."""
    for note in notes[:MAX_NOTES]:
        console.print(f"  [yellow]note: {escape(str(note))}[/]", soft_wrap=True)
    if len(notes) > MAX_NOTES:
        console.print(f"  and {len(notes) - MAX_NOTES} more notes; --json gives all of them")


def print_samples(console: Console, made: SamplesMade) -> None:
    """Print the plan's figures beside their distribution, and who may wait how much longer."""
    table = Table(
        title=f"The joint plan over {made.n_samples} samples of how long work takes",
        title_justify="left",
    )
    table.add_column("")
    for heading in ("planned", "1 in 10 below", "half below", "9 in 10 below"):
        table.add_column(heading, justify="right", overflow="fold")
    million = Likely(
        p10=made.person_days.p10 / 1e6,
        p50=made.person_days.p50 / 1e6,
        p90=made.person_days.p90 / 1e6,
    )
    _row(table, "million weighted person-days", made.planned_person_days / 1e6, million, 2)
    _row(table, "day of the last task", made.planned_finish_day, made.finish_day, 0)
    for waiting in _widest(made.waiting):
        cells = (waiting.planned_day, waiting.p10, waiting.p50, waiting.p90)
        name = f"day of {waiting.service} in {waiting.neighbourhood}"
        table.add_row(escape(name), *("never" if day is None else f"{day:,.0f}" for day in cells))
    console.print(table)
    efforts = ", ".join(f"{count} {basis}" for basis, count in sorted(made.efforts.items()))
    console.print(
        f"Everybody keeps to the plan and nobody plans anew; {made.mean_on_time:.0%} of the tasks "
        f"start by their planned day. Seed {made.seed}. Efforts: {efforts}."
    )


def _row(table: Table, name: str, planned: float, likely: Likely, digits: int) -> None:
    figures = (planned, likely.p10, likely.p50, likely.p90)
    table.add_row(name, *(f"{figure:,.{digits}f}" for figure in figures))


def _widest(waiting: Sequence[Waiting]) -> list[Waiting]:
    def width(one: Waiting) -> float:
        if one.p10 is None:
            return 0.0  # never in nine samples of ten: late, but there is no doubt about it
        return float("inf") if one.p90 is None else one.p90 - one.p10

    return sorted(waiting, key=lambda one: -width(one))[:N_LATEST]
