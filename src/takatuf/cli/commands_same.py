"""Commands of sameness: same, which lists what may be one; and judge, which says so."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from takatuf.actions.judging.judge_sameness import SameJudged
from takatuf.actions.judging.list_sameness import CandidateView, JudgedView
from takatuf.cli.session import Session, progress
from takatuf.picture.sameness import Judgement
from takatuf.workspace.sameness import DEFAULT_LIMIT, SamenessDesk

Thing = Annotated[str, typer.Argument(help="A name in any script, or an identity.")]


def register_same_commands(app: typer.Typer) -> None:
    """Add the commands of sameness."""
    app.command("same")(same)
    app.command("judge")(judge)


def same(
    context: typer.Context,
    thing: Annotated[str, typer.Argument(help="Only pairs with this thing; else all.")] = "",
    of_type: Annotated[str, typer.Option("--type", help="Only this type, such as place.")] = "",
    limit: Annotated[
        int, typer.Option("--limit", help="At most so many; 0 for all.", min=0)
    ] = DEFAULT_LIMIT,
    is_judged: Annotated[  # noqa: FBT002 - how the library declares an option
        bool, typer.Option("--judged", help="List what was judged instead.")
    ] = False,
) -> None:
    """List pairs of things that may be one, best first; nothing is joined until somebody judges."""
    session: Session = context.obj
    desk = SamenessDesk(session.open())
    if is_judged:
        judged = desk.judged(thing)
        if session.is_json:
            session.print_json(judged)
        else:
            _print_judged(session.console, judged)
        return
    with progress(session) as report:
        report("comparing names", 0, 1)
        found = desk.candidates(thing, of_type=of_type, limit=limit or None)
        report("comparing names", 1, 1)
    if session.is_json:
        session.print_json(found)
    else:
        _print_candidates(session.console, found)


def judge(
    context: typer.Context,
    one: Thing,
    other: Thing,
    by: Annotated[str, typer.Option("--by", help="Name and office of who answers for it.")],
    why: Annotated[str, typer.Option("--why", help="What the judgement rests on.")],
    is_same: Annotated[  # noqa: FBT002
        bool, typer.Option("--same", help="They are one thing.")
    ] = False,
    is_different: Annotated[  # noqa: FBT002
        bool, typer.Option("--different", help="They are two things.")
    ] = False,
    is_unsure: Annotated[  # noqa: FBT002
        bool, typer.Option("--unsure", help="Nobody can tell; this also takes back what was said.")
    ] = False,
    organisation: Annotated[
        str, typer.Option("--as", help="For which organisation that person speaks.")
    ] = "",
) -> None:
    """Log that two things are the same or different, or that nobody can tell."""
    session: Session = context.obj
    said = [
        judgement
        for judgement, is_said in zip(Judgement, (is_same, is_different, is_unsure), strict=True)
        if is_said
    ]
    if len(said) != 1:
        raise typer.BadParameter("say one of --same, --different and --unsure")
    desk = SamenessDesk(session.open())
    judged = desk.judge(one, other, said[0], by=by, why=why, organisation=organisation)
    if session.is_json:
        session.print_json(judged)
    else:
        _print_effect(session.console, judged, organisation)


def _print_candidates(console: Console, found: tuple[CandidateView, ...]) -> None:
    if not found:
        console.print("Nothing here may be one, as far as names tell, that nobody judged yet.")
    for pair in found:
        names = f"{pair.one_name.en}  {pair.one}\n     {pair.other_name.en}  {pair.other}"
        console.print(f"\n[bold]{pair.score:>3}[/]  {escape(names)}", soft_wrap=True)
        for reason in pair.reasons:
            console.print(f"     [green]for[/]      {escape(reason)}", soft_wrap=True)
        for reason in pair.against:
            console.print(f"     [yellow]against[/]  {escape(reason)}", soft_wrap=True)


def _print_judged(console: Console, judged: tuple[JudgedView, ...]) -> None:
    if not judged:
        console.print("Nobody has judged anything yet.")
    for one in judged:
        joined = "  [green]read as one[/]" if one.is_joined else ""
        console.print(
            f"\n[bold]{one.judgement.value}[/]  {escape(f'{one.one}  {one.other}')}{joined}",
            soft_wrap=True,
        )
        said = f"{one.on}  {one.organisation}, {one.by}: {one.why}"
        console.print(f"  {escape(said)}", soft_wrap=True)
        if one.note:
            console.print(f"  [yellow]{escape(one.note)}[/]")


def _print_effect(console: Console, judged: SameJudged, organisation: str) -> None:
    one, other = judged.pair
    console.print(f"Logged: {one} and {other}, {judged.judgement.value}.", soft_wrap=True)
    for effect in judged.effects:
        with_whom = (
            "by themselves again"
            if effect.read_with == effect.thing
            else f"with {effect.read_with}"
        )
        console.print(
            f"  {effect.n_statements} statements on {effect.thing} are now read {with_whom}",
            soft_wrap=True,
        )
    if not judged.effects:
        console.print("  No statement is read otherwise than before.")
    if judged.is_contested:
        console.print("  Contested: somebody says the opposite, so the two are not joined.")
    for left_out in judged.left_out:
        pair = " and ".join(left_out)
        console.print(
            f"  Not joined: {pair} would, through others, join what somebody says is different.",
            soft_wrap=True,
        )
    as_whom = f' --as "{organisation}"' if organisation else ""
    console.print(
        f"To take it back: takatuf judge {one} {other} --unsure --by ... --why ..."
        f"{escape(as_whom)}",
        soft_wrap=True,
    )
