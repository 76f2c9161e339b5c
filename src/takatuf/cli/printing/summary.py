"""Print what the demonstration found, in a dozen lines."""

from rich.console import Console

from takatuf.cli.printing.beliefs import print_ways
from takatuf.workspace.demonstration import DemoMade


def print_summary(console: Console, made: DemoMade) -> None:
    """Print statements, things, contradictions, people without services, plans, and the report."""
    s = made.summary
    console.print(f"\n[bold]{made.report.name.en}[/], {made.report.at}, from the whole record")
    console.print(
        f"  {s['statements']} statements by {s['organisations']} organisations on "
        f"{s['things']} things; {s['assumptions']} assumptions stand in for what nobody said"
    )
    console.print(
        f"  {s['contested']} contested beliefs in the whole record; "
        f"{s['contested_that_day']} of what was true on that day"
    )
    for service in ("access", "water", "power", "health"):
        people = s[f"people_without_{service}"]
        console.print(f"  {people:>11,.0f} people without {service} that day")
    console.print()
    print_ways(console, made.plan)
    console.print("\nThe report, for any browser, without internet:")
    for path in made.pages:
        console.print(f"  {path}", soft_wrap=True)
