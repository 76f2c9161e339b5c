"""Print why a plan is as it is, for people."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from takatuf.actions.explaining.explain_firmness import StabilityView, SwaysView, SwayView
from takatuf.actions.explaining.explain_task import EffortView, LossView, TaskWhy

MOST_NEIGHBOURHOODS = 3


def print_task(console: Console, why: TaskWhy) -> None:
    """Print why one task stands where it does."""
    console.print(f"[bold]{escape(why.name)}[/]  [dim]{escape(why.key)}[/]")
    _print_table(
        console,
        ("", ""),
        [
            ("who", f"{why.team}, {why.organisation}"),
            ("when", f"day {why.start_day:.1f} to {why.end_day:.1f}, from {why.starts_on}"),
            ("waits for", why.waits_for or "nothing: it starts at once"),
            ("opens", why.opens or "nothing by itself"),
            ("hangs on it", f"{why.people_days:,.0f} weighted person-days of service"),
            ("work", _effort(why.effort)),
            ("if never done", _loss(why.never)),
            ("if a week later", _loss(why.a_week_later)),
        ],
    )
    _print_instead(console, why)
    _print_grounds(console, why)
    if round(why.mismatch_person_days):
        console.print(
            f"[yellow]The simulator repeats the plan with {why.mismatch_person_days:+,.0f} "
            "person-days; differences are between its own runs.[/]"
        )


def print_stability(console: Console, found: StabilityView, n_first: int) -> None:
    """Print how firm the order of tasks is under other weights."""
    console.print(
        f"{found.n_weightings:,} weightings drawn around those of the request, seed {found.seed}; "
        "tasks ranked by the person-days that hang on them, nobody replans"
    )
    rows = [
        (
            str(one.rank),
            f"{one.ranks.low:.0f} to {one.ranks.high:.0f}",
            *(f"{share:.0%}" for share in one.among_first),
            f"{one.person_days:,.0f}",
            one.name,
        )
        for one in found.tasks[:n_first]
    ]
    among = [f"in first {n}" for n in found.first]
    _print_table(console, ("rank", "in 9 of 10", *among, "person-days", "task"), rows)
    tau = found.tau
    console.print(
        f"Order of all tasks, likeness with the request's (Kendall's tau, {found.n_tau:,} "
        f"weightings): {tau.middle:.2f}, in 9 of 10 {tau.low:.2f} to {tau.high:.2f}"
    )
    _print_checks(console, found)


def print_contested(console: Console, found: SwaysView, n_first: int) -> None:
    """Print which disputed beliefs would change the plan, the one most worth checking first."""
    if not found.rows:
        console.print(f"None of the {found.n_beliefs:,} beliefs the plan rests on is disputed.")
        return
    console.print(
        f"What if the other answer were true? {found.evaluations:,} schedules tried for each; "
        f"weighted person-days; search noise up to {found.noise:,.0f}"
    )
    rows = [_sway_row(row) for row in found.rows[:n_first]]
    headings = ("worth knowing", "change", "from day", "what", "acted on", "supposed", "then")
    _print_table(console, headings, rows)
    if len(found.rows) > n_first:
        console.print(f"  and {len(found.rows) - n_first} more; --json gives all")


def _print_instead(console: Console, why: TaskWhy) -> None:
    rows = [
        (
            "next" if other.is_next else "ready",
            f"{other.loss.person_days:+,.0f}",
            f"{other.start_day:.0f}",
            other.name,
        )
        for other in why.instead
    ]
    console.print(f"\nWhat could come first instead ({why.n_ready} tasks were ready for the team)")
    _print_table(console, ("", "costs person-days", "planned on day", "task"), rows)


def _print_grounds(console: Console, why: TaskWhy) -> None:
    rows = [
        (ground.firmness, ground.property, ground.value, ", ".join(ground.said_by))
        for ground in why.rests_on
    ]
    console.print("\nWhat it rests on, the least firm first")
    _print_table(console, ("", "what", "value", "who says so"), rows)


def _print_checks(console: Console, found: StabilityView) -> None:
    new = [check for check in found.checks if check.is_new]
    console.print(
        f"Check: for {len(found.checks)} of the weightings a plan was searched "
        f"({found.check_evaluations:,} schedules each), and for {len(new)} a better one found"
    )
    if not new:
        return
    taus = sorted(check.tau for check in new)
    console.print(
        f"  likeness of their rankings with the one above: tau {taus[len(taus) // 2]:.2f} "
        f"({taus[0]:.2f} to {taus[-1]:.2f})"
    )
    for at, n in enumerate(found.first):
        shares = [check.shared[at] for check in new]
        mean = sum(shares) / len(shares)
        console.print(f"  of the first {n} are first in both: {mean:.0%} ({min(shares):.0%} up)")


def _sway_row(row: SwayView) -> tuple[str, ...]:
    tasks = [f"+{len(row.appears)} tasks"] if row.appears else []
    tasks += [f"-{len(row.disappears)} tasks"] if row.disappears else []
    if row.changes_order_from_day is not None:
        tasks.append(f"another order from day {row.changes_order_from_day:.0f}")
    same = "the plan stays as it is" if row.differs_from_day is None else "the order can stay"
    return (
        f"{row.worth_knowing:,.0f}",
        f"{row.change:+,.0f}",
        "" if row.differs_from_day is None else f"{row.differs_from_day:.0f}",
        f"{_some(row.things)}: {row.property} ({row.status})",
        row.acts_on or "nothing",
        f"{row.supposed} ({', '.join(row.said_by)})" if row.said_by else row.supposed,
        row.note or ", ".join(tasks) or same,
    )


def _some(things: tuple[str, ...]) -> str:
    return things[0] if len(things) == 1 else f"{things[0]} and {len(things) - 1} more"


def _effort(effort: EffortView) -> str:
    most = f"{effort.low:.1f} to {effort.high:.1f}"
    return f"{effort.planned_days:.1f} team-days ({most}), {effort.basis}: {effort.source}"


def _loss(loss: LossView) -> str:
    most = [
        f"{one.neighbourhood} {one.person_days:+,.0f}"
        for one in loss.neighbourhoods[:MOST_NEIGHBOURHOODS]
    ]
    more = len(loss.neighbourhoods) - len(most)
    where = ", ".join(most) + (f" and {more} more neighbourhoods" if more else "")
    return f"{loss.person_days:+,.0f} weighted person-days" + (f": {where}" if most else "")


def _print_table(
    console: Console, headings: Iterable[str], rows: Iterable[tuple[str, ...]]
) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console.print(table)
