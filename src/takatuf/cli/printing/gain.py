"""Print what acting together is worth, for people; every figure with its spread over seeds."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from takatuf.actions.weigh_together import (
    DelayView,
    GainMade,
    PriceView,
    RefusalView,
    ShareView,
)
from takatuf.planning.comparing import Range

MOST_WAITS = 15
THOUSAND = 1000.0
PERSON_DAYS = "thousand weighted person-days"
WORDS = {
    "alone": "each alone, naive",
    "observant": "each alone, observant",
    "shared": "one after another, plans shared",
    "together": "together",
}


def print_gain(console: Console, made: GainMade) -> None:
    """Print the ways and gains, then the answer to what was asked besides."""
    _print_ways(console, made)
    if made.delays:
        _print_delays(console, made.delays)
    if made.shares:
        _print_shares(console, made.shares)
    if made.prices:
        _print_prices(console, made.prices)
    if made.refusal:
        _print_refusal(console, made.refusal)


def _print_ways(console: Console, made: GainMade) -> None:
    rows = [
        (
            WORDS[way.name],
            _thousands(way.person_days),
            _spread(way.mean_days, 1),
            _spread(way.worst_decile_days, 1),
            _spread(way.gini, 3),
        )
        for way in made.ways
    ]
    console.print(
        f"{len(made.seeds)} seeds, {made.evaluations:,} schedules tried by each way with each; "
        "middle (lowest to highest)"
    )
    _print_table(
        console,
        ("way", PERSON_DAYS, "mean wait, days", "worst tenth, days", "Gini"),
        rows,
    )
    gains = [
        (WORDS[gain.over], f"{gain.percent.middle:.1f} %", _ends(gain.percent, 1))
        for gain in made.gains
    ]
    console.print()
    _print_table(console, ("acting together saves, over", "", "of person-days"), gains)


def _print_delays(console: Console, delays: Iterable[DelayView]) -> None:
    rows = [
        (
            WORDS[delay.over],
            delay.meanwhile.value,
            ", ".join("never" if days is None else str(days) for days in delay.days_by_seed),
        )
        for delay in delays
    ]
    console.print("\nHow many days late the joint plan may begin before the gain is gone")
    _print_table(console, ("over", "until then", "days, by seed"), rows)


def _print_shares(console: Console, shares: Iterable[ShareView]) -> None:
    rows = [
        (
            ", ".join(share.organisations),
            _thousands(share.person_days),
            _spread(share.percent, 1),
            f"{share.standard_error / THOUSAND:,.0f}" if share.standard_error else "all orders",
        )
        for share in shares
    ]
    console.print("\nWho brings how much of the gain over each alone (Shapley)")
    _print_table(console, ("bloc", PERSON_DAYS, "percent", "standard error"), rows)


def _print_prices(console: Console, prices: Iterable[PriceView]) -> None:
    rows = [
        (price.organisation, price.name, _thousands(price.person_days), _clear(price))
        for price in prices
    ]
    console.print("\nWhat each restriction and delay costs")
    _print_table(console, ("organisation", "which", PERSON_DAYS, "noise"), rows)


def _print_refusal(console: Console, refusal: RefusalView) -> None:
    price = refusal.price
    console.print(
        f"\nIf {escape(price.organisation)} declines: {_thousands(price.person_days)} thousand "
        f"weighted person-days more; noise {_clear(price)}"
    )
    console.print(f"{len(refusal.undone)} tasks that nobody can do then")
    for task in refusal.undone:
        console.print(f"  {escape(task)}")
    rows = [
        (wait.neighbourhood, _spread(wait.days, 1), _thousands(wait.person_days))
        for wait in refusal.waits[:MOST_WAITS]
    ]
    _print_table(console, ("waits longer", "days", PERSON_DAYS), rows)
    if len(refusal.waits) > MOST_WAITS:
        console.print(f"  and {len(refusal.waits) - MOST_WAITS} more neighbourhoods")


def _print_table(
    console: Console, headings: Iterable[str], rows: Iterable[tuple[str, ...]]
) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console.print(table)


def _spread(values: Range, digits: int) -> str:
    return f"{values.middle:,.{digits}f} ({_ends(values, digits)})"


def _thousands(values: Range) -> str:
    ends = f"{values.low / THOUSAND:,.0f} to {values.high / THOUSAND:,.0f}"
    return f"{values.middle / THOUSAND:,.0f} ({ends})"


def _ends(values: Range, digits: int) -> str:
    return f"{values.low:,.{digits}f} to {values.high:,.{digits}f}"


def _clear(price: PriceView) -> str:
    verdict = "above the noise" if price.is_clear else "not told from noise"
    if price.person_days.high <= 0:
        verdict = "no price found"
    return f"{price.noise / THOUSAND:,.0f}: {verdict}"
