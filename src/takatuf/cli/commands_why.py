"""The command that explains: why."""

from typing import Annotated

import typer

from takatuf.actions.explaining.explain_firmness import StabilityView, SwaysView
from takatuf.actions.explaining.explain_task import TaskWhy
from takatuf.cli.printing.why import print_contested, print_stability, print_task
from takatuf.cli.session import Session, progress
from takatuf.workspace.why import WhyDesk


def register_why_commands(app: typer.Typer) -> None:
    """Add the command that explains."""
    app.command("why")(why)


def why(
    context: typer.Context,
    task: Annotated[
        str, typer.Argument(help="Why this task: its key or name, as the plan prints them.")
    ] = "",
    at: Annotated[
        str, typer.Option("--at", help="The day the plan starts; else the plan kept last.")
    ] = "",
    stability: Annotated[  # noqa: FBT002 - how the library declares an option
        bool, typer.Option("--stability", help="How firm the order is under other weights.")
    ] = False,
    contested: Annotated[  # noqa: FBT002
        bool, typer.Option("--contested", help="Which disputed beliefs would change the plan.")
    ] = False,
    evaluations: Annotated[
        int, typer.Option(help="Schedules tried for each answer, with --contested.", min=1)
    ] = 1_000,
    n_first: Annotated[int, typer.Option("--first", help="How many rows to print.")] = 20,
) -> None:
    """Explain the plan: one task, or how firm all of it is."""
    session: Session = context.obj
    if bool(task) + stability + contested != 1:
        raise typer.BadParameter("give a task, or --stability, or --contested")
    desk, day = WhyDesk(session.open()), at or None
    with progress(session) as report:
        if task:
            _show(session, desk.task(task, at=day, on_progress=report), n_first)
        elif stability:
            _show(session, desk.stability(at=day, on_progress=report), n_first)
        else:
            found = desk.contested(at=day, evaluations=evaluations, on_progress=report)
            _show(session, found, n_first)


def _show(session: Session, found: TaskWhy | StabilityView | SwaysView, n_first: int) -> None:
    if session.is_json:
        session.print_json(found)
    elif isinstance(found, TaskWhy):
        print_task(session.console, found)
    elif isinstance(found, StabilityView):
        print_stability(session.console, found, n_first)
    else:
        print_contested(session.console, found, n_first)
