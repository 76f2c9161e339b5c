"""The command that asks: doubts."""

from collections.abc import Iterable
from itertools import groupby
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from takatuf.actions.showing.list_doubts import DoubtView, SaidView
from takatuf.cli.commands_read import At, Known
from takatuf.cli.printing.beliefs import voice_text
from takatuf.cli.session import Session
from takatuf.workspace.doubts import DoubtDesk

MAX_STATEMENTS = 12


def register_doubts_commands(app: typer.Typer) -> None:
    """Add the command that asks."""
    app.command("doubts")(doubts)


def doubts(
    context: typer.Context,
    thing: Annotated[
        str, typer.Argument(help="Only of this thing: a name in any script, or an identity.")
    ] = "",
    at: At = "",
    known: Known = "",
) -> None:
    """Ask what the record itself calls into question: questions with figures, never verdicts."""
    session: Session = context.obj
    found = DoubtDesk(session.open()).doubts(thing, at=at or None, known=known or None)
    if session.is_json:
        session.print_json(found)
    else:
        print_doubts(session.console, found)


def print_doubts(console: Console, found: Iterable[DoubtView]) -> None:
    """Print doubts by kind: what is seen, who says what, and what would settle it."""
    is_empty = True
    for title, members in groupby(found, key=lambda doubt: doubt.title):
        is_empty = False
        doubts_of_kind = list(members)
        console.print(f"\n[bold underline]{escape(title)}[/]  [dim]{doubts_of_kind[0].code}[/]")
        for doubt in doubts_of_kind:
            _print_doubt(console, doubt)
        console.print(Padding(f"[yellow]Ask:[/] {escape(doubts_of_kind[0].ask)}", (0, 0, 0, 2)))
    if is_empty:
        console.print("Nothing in the record calls for a question by these rules.")


def _print_doubt(console: Console, doubt: DoubtView) -> None:
    arabic = f" {doubt.name.ar}" if doubt.name.ar else ""
    console.print(
        Padding(
            f"[bold]{escape(doubt.name.en + arabic)}[/]: {escape(doubt.label.en)}", (0, 0, 0, 2)
        )
    )
    console.print(Padding(escape(doubt.sentence), (0, 0, 0, 4)))
    for said in doubt.statements[:MAX_STATEMENTS]:
        console.print(Padding(f"[dim]·[/] {escape(_said_text(said, doubt))}", (0, 0, 0, 6)))
    more = len(doubt.statements) - MAX_STATEMENTS
    if more > 0:
        console.print(Padding(f"and {more} statements more; --json gives all", (0, 0, 0, 6)))


def _said_text(said: SaidView, doubt: DoubtView) -> str:
    other = "" if said.label == doubt.label else f"{said.label.en}: "
    return f"{other}{said.voice.said}: {voice_text(said.voice)}"
