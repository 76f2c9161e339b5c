"""Commands of people who judge: checked, grade, records; and diff, what changed meanwhile."""

from typing import Annotated

import typer

from takatuf.cli.printing.judging import print_changes, print_judged, print_records
from takatuf.cli.session import Session
from takatuf.workspace.judging import JudgingDesk

Report = Annotated[str, typer.Argument(help="A report's identity, or its first digits.")]
Claim = Annotated[int, typer.Option("--claim", help="Which claim of the report, from 1.", min=0)]
By = Annotated[str, typer.Option("--by", help="Name and office of the person who answers for it.")]
As = Annotated[str, typer.Option("--as", help="For which organisation that person speaks.")]
Why = Annotated[str, typer.Option("--why", help="What was seen, or the grounds.")]
Known = Annotated[str, typer.Option("--known", help="What had been heard by the end of that day.")]


def register_judging_commands(app: typer.Typer) -> None:
    """Add the commands that judge."""
    app.command("checked")(checked)
    app.command("grade")(grade)
    app.command("records")(records)
    app.command("diff")(diff)


def checked(
    context: typer.Context,
    report: Report,
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome", help="confirmed, partly_confirmed, refuted or could_not_be_checked."
        ),
    ],
    by: By,
    organisation: As = "",
    claim: Claim = 0,
    on: Annotated[str, typer.Option("--on", help="The day they looked; else today.")] = "",
    why: Why = "",
) -> None:
    """Log what somebody independent found who went and looked; it feeds the source's record."""
    session: Session = context.obj
    judged = JudgingDesk(session.open()).checked(
        report,
        outcome,
        by=by,
        organisation=organisation,
        claim=claim or None,
        on=on or None,
        why=why,
    )
    print_judged(session, judged, outcome)


def grade(
    context: typer.Context,
    report: Report,
    by: By = "",
    letter: Annotated[str, typer.Option("--letter", help="Of the source on the topic: A-F.")] = "",
    digit: Annotated[str, typer.Option("--digit", help="Of the statement alone: 1-6.")] = "",
    organisation: As = "",
    claim: Claim = 0,
    why: Why = "",
) -> None:
    """Give a statement its Admiralty grade, both parts; without any, see what is suggested."""
    session: Session = context.obj
    desk = JudgingDesk(session.open())
    if not letter and not digit:
        suggestion = desk.suggestion(report, claim or None)
        if session.is_json:
            session.print_json(suggestion)
        else:
            session.console.print(
                f"The record suggests {suggestion.letter}{suggestion.digit}: {suggestion.because}."
            )
        return
    judged = desk.grade(
        report, letter, digit, by=by, organisation=organisation, claim=claim or None, why=why
    )
    print_judged(session, judged, f"{letter}{digit}".upper())


def records(
    context: typer.Context,
    organisation: Annotated[str, typer.Argument(help="A name or an identity; else all.")] = "",
    known: Known = "",
) -> None:
    """Show how often each source was found right on the ground, by topic, with the interval."""
    session: Session = context.obj
    found = JudgingDesk(session.open()).records(organisation, known=known or None)
    if session.is_json:
        session.print_json(found)
    else:
        print_records(session.console, found)


def diff(
    context: typer.Context,
    known: Annotated[
        list[str], typer.Option("--known", help="Give it twice: the earlier day, and the later.")
    ],
    at: Annotated[str, typer.Option("--at", help="The day it was true.")] = "",
) -> None:
    """Show what changed in the picture between two days of knowing, and by which reports."""
    session: Session = context.obj
    if len(known) not in {1, 2}:
        raise typer.BadParameter("give --known once (until now) or twice", param_hint="--known")
    days = [*known, None] if len(known) == 1 else list(known)
    changes = JudgingDesk(session.open()).diff(days[0], days[1], at=at or None)
    if session.is_json:
        session.print_json(changes)
    else:
        print_changes(session.console, changes)
