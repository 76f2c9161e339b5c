"""Commands that write: init and import; and check, which only looks."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from takatuf.actions.import_reports import Replay
from takatuf.cli import exits
from takatuf.cli.commands_workbooks import WorkbookOptions, give_back, take_in
from takatuf.cli.printing.beliefs import print_receipt
from takatuf.cli.session import Session, progress
from takatuf.formats.readers.plan_file import is_plan, read_plan
from takatuf.formats.readers.tables import is_table_of_reports
from takatuf.reports.keys import fingerprint
from takatuf.workspace import init as make_workspace
from takatuf.workspace.days import as_day
from takatuf.workspace.key_desk import KeyDesk, PemFile

File = Annotated[Path, typer.Argument(help="A table of reports (CSV), or any partner's own file.")]
As = Annotated[str, typer.Option("--as", help="Who reports, for rows that do not say.")]
Encoding = Annotated[str, typer.Option("--encoding", help="utf-8, windows-1256, utf-16 ...")]
Answers = Annotated[
    Path | None, typer.Option("--answers", help="Answers to questions: JSON, or the marked file.")
]
Map = Annotated[
    Path | None, typer.Option("--map", help="What the columns mean, as --save-map wrote it.")
]
Sheets = Annotated[
    list[str] | None, typer.Option("--sheet", help="Read this sheet; may be given again.")
]

ANY_SENDER = "Whoever sends it"  # of a file that is only looked at


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
    encoding: Encoding = "",
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
    answers: Answers = None,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="Write what is asked to this file.")
    ] = None,
    sheet: Sheets = None,
    layout: Map = None,
    save_layout: Annotated[
        Path | None, typer.Option("--save-map", help="Write what the columns mean to this file.")
    ] = None,
    is_confirmed: Annotated[  # noqa: FBT002
        bool, typer.Option("--yes", help="Store a partner's own file without asking once more.")
    ] = False,
) -> None:
    """Import a table of reports, or a partner's own file: good rows are stored, others explained.

    A table of reports has a column "thing" and is stored at once. Any other file is a partner's
    own: it is understood first, asked about, shown, and stored only when that is confirmed.
    """
    session: Session = context.obj
    since = as_day(known_from or None, "known_from")
    workspace = session.open()
    signer = KeyDesk(workspace).signer(PemFile(key, passphrase_file)) if key else None
    if _is_own_file(file, encoding):
        options = WorkbookOptions(
            organisation=organisation,
            encoding=encoding,
            is_dry_run=is_dry_run,
            is_confirmed=is_confirmed,
            answers=answers,
            questions=questions,
            sheets=tuple(sheet or ()),
            layout=layout,
            save_layout=save_layout,
            signer=signer,
        )
        take_in(session, file, options)
        return
    with progress(session) as report:
        receipt = workspace.import_file(
            file,
            organisation=organisation,
            encoding=encoding or "utf-8",
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
    context: typer.Context,
    file: File,
    organisation: As = "",
    encoding: Encoding = "",
    answers: Answers = None,
    sheet: Sheets = None,
    layout: Map = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write the sender's own file, marked, to this.")
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="Of the marks: en, ar, fr, ru.")
    ] = "en",
) -> None:
    """Check a table of reports, a partner's own file, or a plan, and store nothing."""
    session: Session = context.obj
    workspace = session.open()
    content = file.read_bytes() if file.is_file() else b""
    if not is_plan(content) and _is_own_file(file, encoding):
        options = WorkbookOptions(
            organisation=organisation or ANY_SENDER,
            encoding=encoding,
            is_dry_run=True,
            is_confirmed=False,
            answers=answers,
            questions=None,
            sheets=tuple(sheet or ()),
            layout=layout,
            save_layout=None,
            signer=None,
        )
        if report is None:
            take_in(session, file, options)
        else:
            give_back(session, file, options, report, language)
        return
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
            file, organisation=organisation, encoding=encoding or "utf-8", is_dry_run=True
        )
        problems = receipt.problems
        if session.is_json:
            session.print_json(receipt)
        else:
            print_receipt(session.console, receipt)
    if problems:
        raise typer.Exit(exits.FINDINGS)


def _is_own_file(file: Path, encoding: str) -> bool:
    """Say whether it is a partner's own file, and not a table of reports."""
    return file.is_file() and not is_table_of_reports(file.read_bytes(), encoding)
