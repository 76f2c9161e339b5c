"""Commands for partners' workbooks: taking in, giving back, places, who is due."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from takatuf.actions.workbooks.due import USUAL, DueAsked
from takatuf.actions.workbooks.fates import Fate
from takatuf.actions.workbooks.import_workbook import Preview
from takatuf.activities.columns.layout import Layout, layout_from_json, layout_to_json
from takatuf.cli import exits
from takatuf.cli.printing.workbooks import print_preview, print_workbook_receipt
from takatuf.cli.session import Session, progress
from takatuf.formats.answer_files import answers_in, questions_json
from takatuf.reports.keys import Signer
from takatuf.vocabulary.errors import NotFoundError
from takatuf.workspace.days import as_day
from takatuf.workspace.workbooks import WorkbookDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookOptions:
    """What was asked of the command that takes a workbook in."""

    organisation: str
    encoding: str
    is_dry_run: bool
    is_confirmed: bool
    answers: Path | None
    questions: Path | None
    sheets: tuple[str, ...]
    layout: Path | None
    save_layout: Path | None
    signer: Signer | None


def register_workbook_commands(app: typer.Typer) -> None:
    """Add the commands that stand by themselves."""
    app.command("places")(places)
    app.command("due")(due)
    app.command("unchanged")(unchanged)


def take_in(session: Session, file: Path, options: WorkbookOptions) -> None:
    """Show what a workbook would do, and store it when that is confirmed."""
    desk = WorkbookDesk(session.open())
    preview = look(session, desk, file, options)
    if options.questions:
        options.questions.write_text(questions_json(preview.questions), "utf-8")
    if options.save_layout and preview.tables:
        options.save_layout.write_text(layout_to_json(preview.tables[0].layout), "utf-8")
    is_to_store = not options.is_dry_run and _is_confirmed(session, preview, options)
    if is_to_store:
        with progress(session) as report:
            receipt = desk.store(preview, options.signer, report)
        if session.is_json:
            session.print_json({"preview": preview_view(preview), "receipt": receipt})
        else:
            print_workbook_receipt(session.console, receipt)
    elif session.is_json:
        session.print_json({"preview": preview_view(preview), "receipt": None})
    else:
        session.console.print("Nothing was stored.")
    if preview.n_faults or preview.questions or any(fate.because for fate in preview.fates):
        raise typer.Exit(exits.FINDINGS)


def look(session: Session, desk: WorkbookDesk, file: Path, options: WorkbookOptions) -> Preview:
    """Return the preview of a file, and print it for people."""
    answers, asked = answers_in(options.answers)
    with progress(session) as report:
        preview = desk.preview(
            file,
            organisation=options.organisation,
            answers=answers,
            asked=asked,
            encoding=options.encoding,
            sheets=options.sheets,
            layout=_layout_in(options.layout),
            told=report,
        )
    if not session.is_json:
        print_preview(session.console, preview)
    return preview


def give_back(
    session: Session, file: Path, options: WorkbookOptions, to: Path, language: str
) -> None:
    """Write the sender's own workbook with its faults and questions marked in place."""
    desk = WorkbookDesk(session.open())
    preview = look(session, desk, file, options)
    corrected = desk.returned(preview, file.read_bytes(), language)
    to.write_bytes(corrected.content)
    if session.is_json:
        session.print_json({"preview": preview_view(preview), "file": to, "lost": corrected.lost})
    else:
        session.console.print(f"\n{to}: {corrected.n_marked:,} cells marked")
        for lost in corrected.lost:
            session.console.print(f"  {lost}", markup=False)
    if preview.n_faults or preview.questions:
        raise typer.Exit(exits.FINDINGS)


def preview_view(preview: Preview) -> dict[str, object]:
    """Return a preview as JSON values: every fault, question and row that is not stored."""
    return {
        "file": preview.book.name,
        "sha256": preview.book.sha256,
        "kind": preview.book.kind,
        "rows": {fate.value: number for fate, number in preview.counts.items()},
        "skipped": preview.book.skipped,
        "notes": preview.book.notes,
        "tables": [
            {
                "sheet": table.table.sheet,
                "n_rows": table.frame.height,
                "columns": [
                    {
                        "letter": found.column.letter,
                        "header": found.column.header,
                        "tag": found.column.tag,
                        "word": found.name,
                        "how": found.how,
                    }
                    for found in table.matched.columns
                ],
                "faults": table.faults.to_dicts(),
                "notes": table.notes,
                "places": table.mapping.to_dicts(),
            }
            for table in preview.tables
        ],
        "questions": preview.questions,
        "new_organisations": preview.new_organisations,
        "not_stored": [
            {"sheet": fate.sheet, "row": fate.row, "fate": fate.fate, "because": fate.because}
            for fate in preview.fates
            if fate.because
        ],
    }


def places(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A list of places with p-codes, in any form.")],
    scheme: Annotated[str, typer.Option("--scheme", help="What its codes are called.")] = "COD-AB",
    sheet: Annotated[
        list[str] | None, typer.Option("--sheet", help="Read this sheet; may be given again.")
    ] = None,
    is_new: Annotated[  # noqa: FBT002 - how the library declares an option
        bool, typer.Option("--new", help="Forget the places that were loaded before.")
    ] = False,
) -> None:
    """Load a list of places with their p-codes, against which workbooks are matched."""
    session: Session = context.obj
    gazetteer = WorkbookDesk(session.open()).load_places(
        file, scheme, sheets=tuple(sheet or ()), is_new=is_new
    )
    counts = gazetteer.places.group_by("level").len().sort("level")
    by_level = {f"admin {level}": number for level, number in counts.iter_rows()}
    if session.is_json:
        session.print_json({"file": file, "places": by_level, "schemes": gazetteer.schemes})
    else:
        known = ", ".join(f"{number:,} of {level}" for level, number in by_level.items())
        session.console.print(f"Places known now: {known}.")


def due(
    context: typer.Context,
    day: Annotated[str, typer.Option("--day", help="As of which day; today if left out.")] = "",
    calendar: Annotated[
        str, typer.Option("--calendar", help="monthly, quarterly, yearly.")
    ] = USUAL,
    due_day: Annotated[int, typer.Option("--due-day", help="Of the month after; 0: usual.")] = 0,
    first: Annotated[str, typer.Option("--from", help="The first period asked for.")] = "",
) -> None:
    """List who has reported which period, and who is late."""
    session: Session = context.obj
    workspace = session.open()
    today: date = as_day(day or None, "day") or workspace.clock().date()
    asked = DueAsked(today=today, calendar=calendar, due_day=due_day or None, first=first)
    rows = WorkbookDesk(workspace).due(asked).to_dicts()
    if session.is_json:
        session.print_json(rows)
        return
    for row in rows:
        late = f", {row['days_late']} days late" if row["state"] == "late" else ""
        session.console.print(
            f"{row['period']}  {row['organisation']}: {row['state'].replace('_', ' ')}{late}",
            markup=False,
        )


def unchanged(
    context: typer.Context,
    period: Annotated[str, typer.Argument(help="The new period, such as 2024-04.")],
    organisation: Annotated[str, typer.Option("--as", help="Who reports.")],
) -> None:
    """Report that nothing changed since the last period: its rows stand, without its figures."""
    session: Session = context.obj
    receipt = WorkbookDesk(session.open()).nothing_changed(organisation, period)
    if session.is_json:
        session.print_json(receipt)
        return
    stored = receipt.counts[Fate.NEW] + receipt.counts[Fate.CHANGED]
    session.console.print(
        f"{stored:,} rows of {receipt.from_period} stand in {receipt.period} too."
    )
    for line in receipt.left_out:
        session.console.print(f"  not restated: {line}", markup=False)


def _layout_in(path: Path | None) -> Layout | None:
    if path is None:
        return None
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.")
    return layout_from_json(path.read_text("utf-8"))


def _is_confirmed(session: Session, preview: Preview, options: WorkbookOptions) -> bool:
    n_rows = sum(fate.fate.is_stored for fate in preview.fates)
    if not n_rows:
        return False
    if options.is_confirmed:
        return True
    if session.is_json or not sys.stdin.isatty():
        return False
    return typer.confirm(f"Store {n_rows:,} rows?")
