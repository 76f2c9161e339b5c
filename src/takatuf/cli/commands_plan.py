"""Commands that plan: plan and demo."""

from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from takatuf.actions.make_plan import MoreEffort, PlanMade
from takatuf.actions.plan_samples import SamplesMade
from takatuf.cli.printing.beliefs import print_plan
from takatuf.cli.printing.samples import print_notes, print_samples
from takatuf.cli.printing.summary import print_summary
from takatuf.cli.session import Session, progress
from takatuf.planning.ensembles.cluster import Cluster
from takatuf.planning.ensembles.local import LocalProcesses
from takatuf.planning.request import PlanRequest
from takatuf.vocabulary.time import end_of_day
from takatuf.workspace import demo as run_demo
from takatuf.workspace.days import read_day
from takatuf.workspace.samples import SampleDesk

Seed = Annotated[int, typer.Option(help="Decides all that is random.")]
Evaluations = Annotated[int, typer.Option(help="Schedules tried by each way of planning.", min=1)]
DEFAULT_FOLDER = Path("demo/aleppo-2017")


def register_plan_commands(app: typer.Typer) -> None:
    """Add the commands that plan."""
    app.command("plan")(plan)
    app.command("demo")(demo)


def plan(
    context: typer.Context,
    at: Annotated[str, typer.Option("--at", help="The day the plan starts.")],
    known: Annotated[str, typer.Option("--known", help="What had been heard by then.")] = "",
    seed: Seed = 1,
    evaluations: Annotated[
        int, typer.Option(help="Schedules tried by each way of planning.")
    ] = 20_000,
    horizon_days: Annotated[float, typer.Option(help="How far the plan looks.")] = 365.0,
    n_first: Annotated[int, typer.Option("--first", help="How many tasks to print.")] = 15,
    n_samples: Annotated[
        int, typer.Option("--samples", help="Samples of how long work takes; 0: none.", min=0)
    ] = 0,
    n_workers: Annotated[
        int, typer.Option("--workers", help="Processes that run the samples.", min=1)
    ] = 2,
    seconds: Annotated[
        float, typer.Option(help="Go on with the joint plan for so long, on two threads.", min=0)
    ] = 0.0,
    gap_percent: Annotated[
        float, typer.Option("--gap", help="End earlier if the proven gap is this small.", min=0)
    ] = 0.0,
    windows: Annotated[
        int, typer.Option(help="Windows of the plan that are solved exactly at the end.", min=0)
    ] = 0,
    bound_seconds: Annotated[
        float, typer.Option(help="Look for a higher proven minimum for so long.", min=0)
    ] = 0.0,
    dask: Annotated[
        str, typer.Option(help="Run the samples on this scheduler, such as tcp://host:8786.")
    ] = "",
) -> None:
    """Make the joint plan, and compare it with each acting alone and with shared plans."""
    session: Session = context.obj
    heard = read_day(known, "known") if known else None
    request = PlanRequest(
        at=read_day(at, "at"),
        known=end_of_day(heard) if heard else None,
        seed=seed,
        evaluations=evaluations,
        horizon_days=horizon_days,
    )
    more = MoreEffort(
        clock=monotonic,
        seconds=seconds,
        gap_share=gap_percent / 100,
        windows=windows,
        bound_seconds=bound_seconds,
    )
    workspace = session.open()
    with progress(session) as report:
        made = workspace.plan(
            request, lambda done, total, _: report("planning: three ways", done, total), more
        )
        samples = None
        if n_samples:
            runner = Cluster(dask) if dask else LocalProcesses(n_workers)
            samples = SampleDesk(workspace).samples(
                made, n_samples, runner, lambda done, total: report("samples", done, total)
            )
    _show(session, made, samples, n_first)


def _show(session: Session, made: PlanMade, samples: SamplesMade | None, n_first: int) -> None:
    if session.is_json:
        document = {
            "kept_in": made.kept_in,
            "unmet": made.unmet,
            "notes": made.notes,
            "tasks": made.tasks(),
        }
        session.print_json(document | ({"samples": samples} if samples else {}))
        return
    print_plan(session.console, made, n_first)
    print_notes(session.console, made.notes)
    if samples:
        print_samples(session.console, samples)


def demo(
    context: typer.Context,
    into: Annotated[Path, typer.Option(help="The folder; an earlier one there is replaced.")] = (
        DEFAULT_FOLDER
    ),
    seed: Seed = 1,
    evaluations: Evaluations = 20_000,
) -> None:
    """Run the main job on Aleppo, 14 June 2017: from reports to a joint plan and its report."""
    session: Session = context.obj
    with progress(session) as report:
        made = run_demo(into, seed=seed, evaluations=evaluations, on_progress=report)
    if session.is_json:
        session.print_json(made.summary)
    else:
        print_summary(session.console, made)
