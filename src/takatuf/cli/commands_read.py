"""Commands that read: show, history, contested, export."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from takatuf.actions.export_data import Audience, Export, Format, What
from takatuf.actions.workbooks.export_products import Form, Product, Wanted
from takatuf.cli.printing.beliefs import print_history, print_questions, print_thing
from takatuf.cli.session import Session
from takatuf.formats.writers.products import Audience as Readers
from takatuf.formats.writers.products import Response
from takatuf.workspace.days import as_day
from takatuf.workspace.workbooks import WorkbookDesk

At = Annotated[str, typer.Option("--at", help="The day it was true, such as 2017-06-14.")]
Known = Annotated[str, typer.Option("--known", help="What had been heard by the end of that day.")]
EVERYTHING = (*What, *Product)
USUAL_FORM = {
    Product.FOUR_W: "xlsx",
    Product.FORM: "xlsx",
    Product.MATRIX: "xlsx",
    Product.SITREP: "html",
    Product.MAP: "svg",
    Product.IATI: "xml",
    Product.IMSMA: "zip",
    Product.PROV: "json",
}
Word = TypeVar("Word", bound=StrEnum)
Thing = Annotated[str, typer.Argument(help="A name in any script, or an identity.")]


def register_read_commands(app: typer.Typer) -> None:
    """Add the commands that read."""
    app.command("show")(show)
    app.command("history")(history)
    app.command("contested")(contested)
    app.command("export")(export)


def show(context: typer.Context, thing: Thing, at: At = "", known: Known = "") -> None:
    """Show a thing: every property with its status, its sources, and who disagrees."""
    session: Session = context.obj
    view = session.open().show(thing, at=at or None, known=known or None)
    if session.is_json:
        session.print_json(view)
    else:
        print_thing(session.console, view)


def history(context: typer.Context, thing: Thing, at: At = "", known: Known = "") -> None:
    """Show everything that was ever said of a thing, by property and date."""
    session: Session = context.obj
    rows = session.open().history(thing, at=at or None, known=known or None)
    if session.is_json:
        session.print_json([{"belief": belief, "statements": said} for belief, said in rows])
    else:
        print_history(session.console, rows)


def contested(context: typer.Context, at: At = "", known: Known = "") -> None:
    """List contradictions: contested answers, and questions that only look the same."""
    session: Session = context.obj
    questions = session.open().contested(at=at or None, known=known or None)
    if session.is_json:
        session.print_json(questions)
    else:
        print_questions(session.console, questions)


def export(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help=f"What to write: {', '.join(EVERYTHING)}.")],
    form: Annotated[str, typer.Option("--format", help="In which form: csv, xlsx, pdf ...")] = "",
    out: Annotated[str, typer.Option("--out", help="A file; - for standard output.")] = "-",
    audience: Annotated[
        Audience, typer.Option("--audience", help="Who will read it; the rest is withheld.")
    ] = Audience.PUBLIC,
    at: At = "",
    known: Known = "",
    as_of: Annotated[str, typer.Option("--as-of", help="Of a product: heard by that day.")] = "",
    language: Annotated[str, typer.Option("--language", help="Of a product: en or ar.")] = "en",
    title: Annotated[str, typer.Option("--title", help="Of a product.")] = "",
    place: Annotated[str, typer.Option("--place", help="Of a report: what it is about.")] = "",
    organisation: Annotated[str, typer.Option("--as", help="Of a form: whose it is.")] = "",
    period: Annotated[str, typer.Option("--period", help="Of a form: 2024-04.")] = "",
    page: Annotated[str, typer.Option("--page", help="Of a map: A4 or A3.")] = "A4",
    country: Annotated[str, typer.Option("--country", help="Of IATI: two letters, SY.")] = "",
    plan: Annotated[str, typer.Option("--plan", help="Of IATI: the code of the plan.")] = "",
    glide: Annotated[str, typer.Option("--glide", help="Of IATI: the emergency's number.")] = "",
) -> None:
    """Write statements, the picture, the plan, or a product of the activities, redacted."""
    session: Session = context.obj
    workspace = session.open()
    if what in set(Product):
        desk = WorkbookDesk(workspace)
        product = Product(what)
        wanted = Wanted(
            product=product,
            form=_form(form or USUAL_FORM[product], Form),
            audience=Readers(audience.value),
            as_of=as_day(as_of or known or None, "as_of"),
            language=language,
            title=title,
            place=place,
            organisation=desk.organisation(organisation) if organisation else None,
            period=period,
            page=page,
            response=Response(country=country, glide=glide, plan=plan),
        )
        content = desk.export(wanted)
    else:
        content = workspace.export(
            Export(
                what=_form(what, What),
                format=_form(form or "csv", Format),
                audience=audience,
                at=as_day(at or as_of or None, "at"),
                known=as_day(known or as_of or None, "known"),
            )
        )
    if out == "-":
        sys.stdout.buffer.write(content)
    else:
        Path(out).write_bytes(content)


def _form(text: str, words: type[Word]) -> Word:
    try:
        return words(text)
    except ValueError:
        raise typer.BadParameter(f"{text}: one of {', '.join(words)}.") from None
