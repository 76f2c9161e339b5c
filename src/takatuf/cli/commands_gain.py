"""The command that weighs acting together: gain."""

from typing import Annotated

import typer

from takatuf.actions.weigh_together import GainRequest, Question
from takatuf.cli.printing.gain import print_gain
from takatuf.cli.session import Session, progress
from takatuf.planning.request import PlanRequest
from takatuf.vocabulary.time import end_of_day
from takatuf.workspace.days import read_day
from takatuf.workspace.gain import GainDesk


def register_gain_commands(app: typer.Typer) -> None:
    """Add the command that weighs acting together."""
    app.command("gain")(gain)


def gain(
    context: typer.Context,
    at: Annotated[str, typer.Option("--at", help="The day the plans start.")],
    known: Annotated[str, typer.Option("--known", help="What had been heard by then.")] = "",
    what: Annotated[
        str, typer.Option(help="ways, delay, shapley, prices, or decline:ORGANISATION.")
    ] = "ways",
    seeds: Annotated[int, typer.Option(help="How many seeds each way is tried with.", min=1)] = 5,
    evaluations: Annotated[
        int, typer.Option(help="Schedules tried by each way with each seed.", min=1)
    ] = 10_000,
    horizon_days: Annotated[float, typer.Option(help="How far the plans look.", min=1)] = 365.0,
    late_days: Annotated[float, typer.Option(help="For the price of coming late.", min=1)] = 30.0,
) -> None:
    """Weigh acting together against acting alone, each figure with its spread over seeds."""
    session: Session = context.obj
    word, _, organisation = what.partition(":")
    if word not in set(Question) or (word == Question.DECLINE) != bool(organisation):
        raise typer.BadParameter(
            "give ways, delay, shapley, prices, or decline:ORGANISATION", param_hint="--what"
        )
    heard = read_day(known, "known") if known else None
    request = GainRequest(
        plan=PlanRequest(
            at=read_day(at, "at"),
            known=end_of_day(heard) if heard else None,
            evaluations=evaluations,
            horizon_days=horizon_days,
        ),
        question=Question(word),
        n_seeds=seeds,
        late_days=late_days,
        organisation=organisation,
    )
    desk = GainDesk(session.open())
    with progress(session) as report:
        made = desk.gain(request, report)
    if session.is_json:
        session.print_json(made)
    else:
        print_gain(session.console, made)
