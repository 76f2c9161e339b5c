"""The command that reads a text: it proposes statements, and a person keeps or skips each."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from takatuf.cli import exits
from takatuf.cli.printing.beliefs import print_receipt
from takatuf.cli.session import Session, progress
from takatuf.formats.readers.text.proposal import (
    FIELDS,
    Article,
    Proposal,
    Proposals,
    changed,
    is_whole,
)
from takatuf.workspace.days import as_day
from takatuf.workspace.text import TextDesk

_WORDS = {"k": "keep", "s": "skip", "e": "edit", "q": "quit"}
_REQUIRED = ("thing", "property", "value", "organisation")


def register_text_commands(app: typer.Typer) -> None:
    """Add the command that reads a text."""
    app.command("read")(read)


def read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A text: plain, Markdown or HTML.")],
    published_on: Annotated[
        str, typer.Option("--published-on", help="The day it was published, such as 2017-06-14.")
    ] = "",
    title: Annotated[str, typer.Option("--title", help="What the text is called.")] = "",
    publisher: Annotated[
        str, typer.Option("--publisher", help="Who published it: a name or an identity.")
    ] = "",
    address: Annotated[str, typer.Option("--address", help="Where it was found.")] = "",
    out: Annotated[
        str, typer.Option("--out", help="Write the proposals to this CSV file, to be read.")
    ] = "",
    encoding: Annotated[
        str, typer.Option("--encoding", help="utf-8, windows-1256, utf-16 ...")
    ] = "utf-8",
) -> None:
    """Propose the statements of a text; only those that you keep are stored."""
    session: Session = context.obj
    desk = TextDesk(session.open())
    article = Article(
        published_on=as_day(published_on or None, "published_on"),
        title=title,
        publisher=publisher,
        address=address,
    )
    with progress(session) as report:
        told = partial(report, f"reading {file.name}")
        proposals = desk.propose(file, article, encoding=encoding, on_progress=told)
    if out:
        Path(out).write_bytes(desk.table(proposals))
    if session.is_json:
        session.print_json(proposals)
    elif out:
        _print_counts(session.console, proposals)
        session.console.print(f"Written to {out}; write yes in the column keep, and import it.")
    elif sys.stdin.isatty():
        _ask(session.console, desk, proposals)
    else:
        sys.stdout.buffer.write(desk.table(proposals))


def _print_counts(console: Console, proposals: Proposals) -> None:
    n_open = sum(not proposal.property for proposal in proposals.proposals)
    console.print(
        f"{proposals.name}: {proposals.n_sentences} sentences, {len(proposals.proposals)} proposals"
        f" ({n_open} that no rule fits), {proposals.n_without_statement} sentences without a"
        f" statement, {proposals.n_headlines} headlines not read,"
        f" {proposals.n_unsaid} times it is said that somebody did not say something",
        markup=False,
    )


def _ask(console: Console, desk: TextDesk, proposals: Proposals) -> None:
    _print_counts(console, proposals)
    kept: list[Proposal] = []
    for proposal in proposals.proposals:
        answer, wanted = _decision(console, proposal, len(proposals.proposals))
        if answer == "quit":
            break
        if answer == "keep":
            kept.append(wanted)
    if not kept:
        console.print("Nothing was kept, nothing is stored.")
        return
    checked = desk.keep(proposals, kept, is_dry_run=True)
    if checked.problems:
        print_receipt(console, checked)
    if not typer.confirm(f"Store the good ones of {len(kept)} statements?"):
        console.print("Nothing is stored.")
        return
    receipt = desk.keep(proposals, kept)
    print_receipt(console, receipt)
    if receipt.problems:
        raise typer.Exit(exits.FINDINGS)


def _decision(console: Console, proposal: Proposal, n: int) -> tuple[str, Proposal]:
    """Return what a person decides about a proposal, and the proposal as they edited it."""
    _print_proposal(console, proposal, n)
    while True:
        typed = str(typer.prompt("keep, skip, edit or quit")).strip().lower()
        answer = _WORDS.get(typed[:1], "")
        if answer == "edit":
            proposal = _edited(console, proposal)
            _print_proposal(console, proposal, n)
        elif answer == "keep" and not is_whole(proposal):
            missing = [name for name in _REQUIRED if not getattr(proposal, name)]
            console.print(f"Fill in first: {', '.join(missing)} (edit), or skip.")
        elif answer:
            return answer, proposal


def _edited(console: Console, proposal: Proposal) -> Proposal:
    name = str(typer.prompt(f"field ({', '.join(FIELDS)})")).strip()
    if name not in FIELDS:
        console.print(f"There is no field {name}.", markup=False)
        return proposal
    value = str(typer.prompt(name, default=getattr(proposal, name), show_default=True))
    return changed(proposal, name, value)


def _print_proposal(console: Console, proposal: Proposal, n: int) -> None:
    begin, end = proposal.in_sentence
    text = proposal.sentence
    said = f"{escape(text[:begin])}[reverse]{escape(text[begin:end])}[/]{escape(text[end:])}"
    speaker = proposal.speaker or "the text itself"
    console.print(f"\n[bold]{proposal.number} of {n}[/]  [dim]{escape(speaker)}[/]\n{said}")
    for name in FIELDS:
        value = getattr(proposal, name)
        if value or name in _REQUIRED:
            console.print(f"  {name}: [bold]{escape(value)}[/]")
    for doubt in proposal.unsure:
        console.print(f"  [yellow]? {escape(doubt)}[/]")
