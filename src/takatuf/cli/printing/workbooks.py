"""Print what was understood of a workbook, what is asked, and what would become of its rows."""

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from takatuf.actions.workbooks.fates import Fate
from takatuf.actions.workbooks.import_workbook import Preview, WorkbookReceipt
from takatuf.actions.workbooks.understanding import Understood
from takatuf.activities.questions import Question

MAX_QUESTIONS = 40
MAX_NOTES = 12
MAX_OPTIONS = 6
SAYS = {
    Fate.NEW: "new: to be stored",
    Fate.CHANGED: "changed: to be stored in place of what was reported before",
    Fate.SAME: "the same as here already",
    Fate.WAITS: "waiting for an answer",
    Fate.COPY: "copies, left out by an answer",
    Fate.CONFLICT: "changed on both sides: kept as it is here",
    Fate.REFUSED: "not taken; --json gives the reason of each",
}


def print_preview(console: Console, preview: Preview) -> None:
    """Print the file as it was understood, its faults and questions, and the rows by fate."""
    book = preview.book
    console.print(f"[bold]{escape(book.name)}[/]: {book.kind.value}, {len(book.tables)} tables")
    for table in preview.tables:
        _print_table(console, table)
    _print_list(
        console, "Left out or worth knowing", [str(p) for p in (*book.skipped, *book.notes)]
    )
    if preview.new_organisations:
        names = ", ".join(new.organisation.label for new in preview.new_organisations[:MAX_NOTES])
        n = len(preview.new_organisations)
        console.print(
            f"\n{n} organisations are met for the first time: {escape(names)}{_more(n, MAX_NOTES)}"
        )
    _print_questions(console, preview.questions)
    print_fates(console, preview.counts)


def print_fates(console: Console, counts: Mapping[Fate, int]) -> None:
    """Print how many rows there are, and what becomes of them."""
    console.print(f"\n{sum(counts.values()):,} rows of data:")
    for fate, number in counts.items():
        if number:
            console.print(f"  {number:>9,}  {SAYS[fate]}")


def print_workbook_receipt(console: Console, receipt: WorkbookReceipt) -> None:
    """Print what was stored, and the signature over it."""
    console.print(f"{escape(receipt.name)}: {len(receipt.stored):,} rows stored")
    if receipt.submission:
        console.print(f"  [dim]signed as submission {receipt.submission[:10]}[/]")
    console.print(f"  [dim]head {receipt.head}[/]", soft_wrap=True)


def _print_table(console: Console, table: Understood) -> None:
    matched = [found for found in table.matched.columns if found.word]
    sheet = f"sheet {table.table.sheet}: " if table.table.sheet else ""
    console.print(
        f"\n{escape(sheet)}{table.frame.height:,} rows, {len(matched)} of"
        f" {len(table.matched.columns)} columns understood"
    )
    grid = Table.grid(padding=(0, 2))
    for found in matched:
        heading = found.column.header or found.column.tag
        how = found.how.value if found.how else ""
        grid.add_row(
            found.column.letter, escape(" ".join(heading.split())), found.name, f"[dim]{how}[/]"
        )
    console.print(grid)
    faults = table.faults.group_by("code").len().sort("len", "code", descending=[True, False])
    if faults.height:
        console.print("\nFaults, by kind:")
        for code, number in faults.iter_rows():
            console.print(f"  {number:>9,}  {code}")
    _print_list(console, "Of the table", [str(note) for note in table.notes])


def _print_list(console: Console, title: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print(f"\n{title}:")
    for line in lines[:MAX_NOTES]:
        console.print(f"  {escape(line)}")
    if len(lines) > MAX_NOTES:
        console.print(f"  and {len(lines) - MAX_NOTES} more; --json gives all of them")


def _print_questions(console: Console, questions: tuple[Question, ...]) -> None:
    if not questions:
        return
    console.print(f"\n[bold]{len(questions)} questions[/], most rows first within each kind:")
    for question in questions[:MAX_QUESTIONS]:
        waits = " [bold]The rows wait for it.[/]" if question.holds_back else ""
        console.print(
            f"  [cyan]{question.id}[/] {escape(question.text)} ({len(question.rows):,} rows){waits}"
        )
        for option in question.options[:MAX_OPTIONS]:
            because = f" ({option.because})" if option.because else ""
            console.print(f"      [bold]{escape(option.word)}[/]: {escape(option.text + because)}")
    if len(questions) > MAX_QUESTIONS:
        console.print(f"  and {len(questions) - MAX_QUESTIONS} more; --questions FILE writes all")


def _more(number: int, shown: int) -> str:
    return f" and {number - shown} more" if number > shown else ""
