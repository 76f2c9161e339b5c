"""Commands that exchange: bundle, merge; and verify, which only looks."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from takatuf.cli import exits
from takatuf.cli.printing.exchange import print_bundle, print_merge, print_verification
from takatuf.cli.session import Session, progress
from takatuf.workspace.exchange import Exchange

Bundle = Annotated[Path, typer.Argument(help="A bundle of another host.")]


def register_exchange_commands(app: typer.Typer) -> None:
    """Add the commands that exchange."""
    app.command("bundle")(bundle)
    app.command("merge")(merge)
    app.command("verify")(verify)


def bundle(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="The file that is made.")],
    since: Annotated[str, typer.Option("--since", help="Only what came from that day on.")] = "",
    made_for: Annotated[
        str, typer.Option("--for", help="The organisation that will read it.")
    ] = "",
    clearance: Annotated[
        str, typer.Option("--clearance", help="Up to public, restricted, confidential or severe.")
    ] = "",
) -> None:
    """Write the register, or the part that somebody may have, to one signed file."""
    session: Session = context.obj
    with progress(session) as report:
        made = Exchange(session.open()).bundle(
            out,
            since=since or None,
            made_for=made_for,
            clearance=clearance,
            on_progress=partial(report, f"writing {out.name}"),
        )
    if session.is_json:
        session.print_json(made)
    else:
        print_bundle(session.console, out, made)


def merge(context: typer.Context, file: Bundle) -> None:
    """Take in a bundle of another host: all of it or nothing, and nothing twice."""
    _merge(context.obj, file, is_dry_run=False)


def verify(
    context: typer.Context,
    head: Annotated[
        str, typer.Option("--head", help="One that was written down earlier, to be found again.")
    ] = "",
    file: Annotated[
        Path | None, typer.Option("--bundle", help="Check this bundle, and take nothing in.")
    ] = None,
) -> None:
    """Check every hash, signature and link of the register, or of a bundle."""
    session: Session = context.obj
    if file is not None:
        _merge(session, file, is_dry_run=True)
        return
    with progress(session) as report:
        verified = Exchange(session.open()).verify(
            head or None, on_progress=partial(report, "verifying")
        )
    if session.is_json:
        session.print_json(verified)
    else:
        print_verification(session.console, verified)
    if not verified.is_clean:
        raise typer.Exit(exits.FINDINGS)


def _merge(session: Session, file: Path, *, is_dry_run: bool) -> None:
    with progress(session) as report:
        receipt = Exchange(session.open()).merge(
            file, is_dry_run=is_dry_run, on_progress=partial(report, f"reading {file.name}")
        )
    if session.is_json:
        session.print_json(receipt)
    else:
        print_merge(session.console, receipt)
    if receipt.problems or receipt.quarantined:
        raise typer.Exit(exits.FINDINGS)
