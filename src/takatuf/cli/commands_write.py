"""Commands that write: init and import; and check, which only looks."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from takatuf.actions.import_reports import Replay
from takatuf.cli import exits
from takatuf.cli.printing.beliefs import print_receipt
from takatuf.cli.session import Session, progress
from takatuf.formats.readers.plan_file import is_plan, read_plan
from takatuf.reports.keys import fingerprint
from takatuf.workspace import init as make_workspace
from takatuf.workspace.days import as_day
from takatuf.workspace.key_desk import KeyDesk, PemFile

File = Annotated[Path, typer.Argument(help="A table of reports (CSV).")]
As = Annotated[str, typer.Option("--as", help="Who reports, for rows that do not say.")]
Encoding = Annotated[str, typer.Option("--encoding", help="utf-8, windows-1256, utf-16 ...")]


def register_write_commands(app: typer.Typer) -> None:
    """Add the commands that write."""
    app.command("init")(init)
    app.command("import")(import_file)
    app.command("check")(check)


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="The folder; made if it is not there.")],
    name: Annotated[str, typer.Option(help="What it is called; else the folder's name.")] = "",
    is_replay: Annotated[  # noqa: FBT002 - how the library declares an option
        bool, typer.Option("--replay", help="For a record of the past.")
    ] = False,
) -> None:
    """Make a new workspace."""
    session: Session = context.obj
    workspace = make_workspace(folder, name, is_replay=is_replay)
    session.opened = workspace
    host = workspace.parts.settings.host
    key = fingerprint(host.key) if host else ""
    if session.is_json:
        called = workspace.parts.settings.name
        session.print_json({"workspace": workspace.folder, "name": called, "fingerprint": key})
    else:
        session.console.print(f"A new workspace is in {workspace.folder}.")
        session.console.print(f"Its key, to be compared on the phone: {key}")


def import_file(
    context: typer.Context,
    file: File,
    organisation: As = "",
    encoding: Encoding = "utf-8",
    is_dry_run: Annotated[  # noqa: FBT002
        bool, typer.Option("--dry-run", help="Only check: store nothing.")
    ] = False,
    is_replay: Annotated[  # noqa: FBT002
        bool, typer.Option("--replay", help="Date each report by its publication.")
    ] = False,
    known_from: Annotated[
        str, typer.Option("--known-from", help="In a replay: since when undated rows are known.")
    ] = "",
    key: Annotated[
        Path | None, typer.Option("--key", help="A private key that signs; else one kept here.")
    ] = None,
    passphrase_file: Annotated[
        Path | None, typer.Option("--passphrase-file", help="Its first line opens the key.")
    ] = None,
) -> None:
    """Import a table of reports: good rows are stored, every other is explained."""
    session: Session = context.obj
    since = as_day(known_from or None, "known_from")
    workspace = session.open()
    signer = KeyDesk(workspace).signer(PemFile(key, passphrase_file)) if key else None
    with progress(session) as report:
        receipt = workspace.import_file(
            file,
            organisation=organisation,
            encoding=encoding,
            is_dry_run=is_dry_run,
            replay=Replay(known_from=since) if is_replay else None,
            signer=signer,
            on_progress=partial(report, f"importing {file.name}"),
        )
    if session.is_json:
        session.print_json(receipt)
    else:
        print_receipt(session.console, receipt)
    if receipt.problems:
        raise typer.Exit(exits.FINDINGS)


def check(
    context: typer.Context, file: File, organisation: As = "", encoding: Encoding = "utf-8"
) -> None:
    """Check a table of reports, or a plan, and store nothing."""
    session: Session = context.obj
    workspace = session.open()
    content = file.read_bytes() if file.is_file() else b""
    if is_plan(content):
        problems = workspace.check_plan(read_plan(content, file.name))
        if session.is_json:
            session.print_json({"file": file, "problems": problems})
        else:
            session.console.print(f"{file.name}: {len(problems)} broken rules")
            for problem in problems:
                session.console.print(f"  {problem}", markup=False)
    else:
        receipt = workspace.import_file(
            file, organisation=organisation, encoding=encoding, is_dry_run=True
        )
        problems = receipt.problems
        if session.is_json:
            session.print_json(receipt)
        else:
            print_receipt(session.console, receipt)
    if problems:
        raise typer.Exit(exits.FINDINGS)
