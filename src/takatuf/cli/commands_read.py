"""Commands that read: show, history, contested, export."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from takatuf.actions.export_data import Audience, Export, Format, What
from takatuf.cli.printing.beliefs import print_history, print_questions, print_thing
from takatuf.cli.session import Session
from takatuf.workspace.days import as_day

At = Annotated[str, typer.Option("--at", help="The day it was true, such as 2017-06-14.")]
Known = Annotated[str, typer.Option("--known", help="What had been heard by the end of that day.")]
Thing = Annotated[str, typer.Argument(help="A name in any script, or an identity.")]


def register_read_commands(app: typer.Typer) -> None:
    """Add the commands that read."""
    app.command("show")(show)
    app.command("history")(history)
    app.command("contested")(contested)
    app.command("export")(export)


def show(context: typer.Context, thing: Thing, at: At = "", known: Known = "") -> None:
    """Show a thing: every property with its status, its sources, and who disagrees."""
    session: Session = context.obj
    view = session.open().show(thing, at=at or None, known=known or None)
    if session.is_json:
        session.print_json(view)
    else:
        print_thing(session.console, view)


def history(context: typer.Context, thing: Thing, at: At = "", known: Known = "") -> None:
    """Show everything that was ever said of a thing, by property and date."""
    session: Session = context.obj
    rows = session.open().history(thing, at=at or None, known=known or None)
    if session.is_json:
        session.print_json([{"belief": belief, "statements": said} for belief, said in rows])
    else:
        print_history(session.console, rows)


def contested(context: typer.Context, at: At = "", known: Known = "") -> None:
    """List contradictions: contested answers, and questions that only look the same."""
    session: Session = context.obj
    questions = session.open().contested(at=at or None, known=known or None)
    if session.is_json:
        session.print_json(questions)
    else:
        print_questions(session.console, questions)


def export(
    context: typer.Context,
    what: Annotated[What, typer.Argument(help="What to write.")],
    form: Annotated[Format, typer.Option("--format", help="In which form.")] = Format.CSV,
    out: Annotated[str, typer.Option("--out", help="A file; - for standard output.")] = "-",
    audience: Annotated[
        Audience, typer.Option("--audience", help="Who will read it; the rest is withheld.")
    ] = Audience.PUBLIC,
    at: At = "",
    known: Known = "",
) -> None:
    """Write statements, the picture, places or the latest plan, redacted for their readers."""
    session: Session = context.obj
    wanted = Export(
        what=what,
        format=form,
        audience=audience,
        at=as_day(at or None, "at"),
        known=as_day(known or None, "known"),
    )
    content = session.open().export(wanted)
    if out == "-":
        sys.stdout.buffer.write(content)
    else:
        Path(out).write_bytes(content)
