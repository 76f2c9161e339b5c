"""Print beliefs, contradictions, receipts and plans for people, in the words of the pages."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from takatuf.actions.make_plan import PlanMade
from takatuf.actions.showing.show_thing import ThingView
from takatuf.formats.city_report import Answer, BeliefView, QuestionView, Voice
from takatuf.reports.receipt import Receipt

STYLE_BY_STATUS = {
    "agreed": "green",
    "single source": "cyan",
    "prevailing": "bold yellow",
    "contested": "bold red",
    "stale": "yellow",
    "unknown": "dim",
    "withheld": "magenta",
}
DISPUTED = ("contested", "prevailing")
MAX_VOICES = 6
SHOWN_DIGITS = 10  # of a report's identity: enough to mean one among millions
UNDATED = "undated"
MAX_PROBLEMS = 200
LABEL_OF_WAY = {
    "alone": "each organisation alone",
    "shared": "one after another, plans shared",
    "together": "together",
}


def print_thing(console: Console, view: ThingView) -> None:
    """Print a thing by topic: each property with its status, its answers, and who gives them."""
    arabic = f"  {view.name.ar}" if view.name.ar else ""
    console.print(f"\n[bold]{escape(view.name.en)}[/]{escape(arabic)}  [dim]{view.thing}[/]")
    if not view.beliefs and not view.related:
        console.print("Nobody has said anything of it by then.")
    for topic, label in view.topics.items():
        beliefs = [b for b in (*view.beliefs, *view.related) if b.topic == topic]
        if beliefs:
            console.print(f"\n[bold underline]{escape(label.en)}[/]")
            grid = Table.grid(padding=(0, 2))
            grid.add_column(width=13)
            grid.add_column(overflow="fold")
            for belief in beliefs:
                grid.add_row(_status(belief), _body(belief, view.thing))
            console.print(grid)


def _status(belief: BeliefView) -> str:
    return f"[{STYLE_BY_STATUS[belief.status]}]{belief.status}[/]"


def _body(belief: BeliefView, asked: str) -> str:
    of = "" if belief.thing == asked else f" ({belief.name.en})"
    since = f", since {belief.since}" if belief.since and belief.value else ""
    value = f": {belief.value}{since}" if belief.value else ""
    lines = [f"[bold]{escape(belief.label.en)}[/]{escape(of)}{escape(value)}"]
    for answer in belief.answers:
        voices = "; ".join(voice_text(voice) for voice in answer.voices[:MAX_VOICES])
        more = len(answer.voices) - MAX_VOICES
        and_more = f"; and {more} more" if more > 0 else ""
        said = "" if belief.value and len(belief.answers) == 1 else f"{answer.value}: "
        lines.append(f"  [dim]·[/] {escape(said)}[dim]{escape(voices + and_more)}[/]")
    if belief.status in DISPUTED:
        lines.append(f"  [dim]{escape(belief.reason)}[/]")
    if belief.estimate:
        lines.append(f"  {escape(belief.estimate)}")
    if belief.act_on:
        lines.append(f"  plans act on: {escape(belief.act_on)}")
    lines += [f"  [yellow]{escape(note)}[/]" for note in belief.notes]
    if belief.n_withheld:
        lines.append(f"  [magenta]{belief.n_withheld} statements withheld from you[/]")
    return "\n".join(lines)


def voice_text(voice: Voice) -> str:
    """Return who says it, since when, and what must be known of it, in one line."""
    about = f" of {voice.about}" if voice.about else ""
    retells = f", retelling {voice.retells}" if voice.retells else ""
    kind = "assumption: " if voice.is_assumption else ""
    modality = "" if voice.modality == "asserted" else f" ({voice.modality})"
    counts = "" if retells or not voice.counts else f", {voice.counts} another"
    grade = f", graded {voice.grade}" if voice.grade else ""
    backing = f", {voice.backing}" if voice.mark else ""
    said = f"{kind}{voice.who}{about}{modality}, {voice.observed or UNDATED}"
    return f"{said}{retells}{counts}{grade}{backing}"


def print_history(console: Console, rows: Iterable[tuple[BeliefView, tuple[Voice, ...]]]) -> None:
    """Print every statement on a thing, by property."""
    for belief, voices in rows:
        console.print(f"\n[bold]{escape(belief.label.en)}[/]  {_status(belief)}")
        for voice in voices:
            about = f" (of {voice.about})" if voice.about else ""
            wording = f" “{voice.wording}”" if voice.wording else ""
            claim = f"{voice.report[:SHOWN_DIGITS]} {voice.claim}"
            grade = f" {voice.grade}" if voice.grade else ""
            said = f"{voice.said}{about}  {voice.who}{wording}"
            console.print(f"  {escape(f'{voice.observed or UNDATED:>16}  {said}')}")
            console.print(f"  [dim]{claim:>16}  {escape(voice.backing)}{grade}[/]")


def print_questions(console: Console, questions: Iterable[QuestionView]) -> None:
    """Print contradictions: answers to one question, or questions that only look like one."""
    for question in questions:
        key = f"{question.key}  " if question.key else ""
        console.print(f"\n[bold]{key}{escape(question.title)}[/]")
        if not question.is_one_question:
            console.print("  [yellow]not the same question: these count different things[/]")
        for member in question.members:
            _print_member(console, member)
        if question.why:
            console.print(f"  [dim]{escape(question.why)}[/]")


def _print_member(console: Console, member: BeliefView) -> None:
    console.print(f"  {_status(member)}  {escape(member.label.en)}, {member.name.en}")
    for answer in member.answers:
        console.print(f"    {escape(_answer_line(answer))}")
    if member.estimate:
        console.print(f"    {escape(member.estimate)}")
    if member.status in DISPUTED:
        console.print(f"    [dim]{escape(member.reason)}[/]")
    for note in member.notes:
        console.print(f"    [yellow]{escape(note)}[/]")


def _answer_line(answer: Answer) -> str:
    return f"{answer.value}: " + "; ".join(voice_text(voice) for voice in answer.voices)


def print_receipt(console: Console, receipt: Receipt) -> None:
    """Print what became of a batch, and everything that needs attention."""
    if receipt.is_stored:
        console.print(
            f"{receipt.name}: {receipt.n_rows} rows, {receipt.n_new} stored, "
            f"{receipt.n_known} here already, {len(receipt.problems)} problems"
        )
        if receipt.submission:
            console.print(f"  [dim]signed as submission {receipt.submission[:SHOWN_DIGITS]}[/]")
        console.print(f"  [dim]head {receipt.head}[/]", soft_wrap=True)
    else:
        console.print(
            f"{receipt.name}: {receipt.n_rows} rows, {len(receipt.problems)} problems; "
            "nothing was stored"
        )
    for problem in receipt.problems[:MAX_PROBLEMS]:
        console.print(f"  {escape(str(problem))}")
    if len(receipt.problems) > MAX_PROBLEMS:
        more = len(receipt.problems) - MAX_PROBLEMS
        console.print(f"  and {more} more; --json gives all of them")


def print_ways(console: Console, made: PlanMade) -> None:
    """Print how the three ways of planning compare, with the proven bound."""
    table = Table(title="Million weighted person-days without service", title_justify="left")
    table.add_column("way of planning", no_wrap=True)
    for heading in ("in all", "above the proven minimum", "saved together", "schedules tried"):
        table.add_column(heading, justify="right", overflow="fold")
    together = made.comparison.together.outcome
    for way in made.ways:
        value = way.outcome.served.person_days
        gain = f"{1 - together.served.person_days / value:.1%}" if value else ""
        table.add_row(
            LABEL_OF_WAY[way.name],
            f"{value / 1e6:,.2f}",
            f"{(value - together.bound) / 1e6:,.2f}",
            "" if way.name == "together" else gain,
            f"{way.outcome.evaluations:,}",
        )
    console.print(table)
    console.print(
        f"Seed {together.seed}. Proven: no plan at all can be below {together.bound / 1e6:,.2f} "
        f"million, so up to {together.gap:.0%} may still be gained. "
        f"{made.problem.n_tasks} tasks, {made.problem.n_teams} teams, every plan passed the "
        "independent checker."
    )


def print_plan(console: Console, made: PlanMade, n_first: int) -> None:
    """Print how the ways of planning compare, and the first tasks of the joint plan."""
    print_ways(console, made)
    for line in made.unmet:
        console.print(f"  [yellow]not planned: {escape(line)}[/]")
    first = Table(title=f"First {n_first} tasks of the joint plan", title_justify="left")
    for heading in ("day", "team", "task", "opens", "waits for"):
        first.add_column(heading, overflow="fold")
    for task in made.tasks()[:n_first]:
        first.add_row(
            f"{task.start_day:.0f}-{task.end_day:.0f}", *map(escape, (task.team, task.name,
            task.opens, task.waits_for)),
        )  # fmt: skip
    console.print(first)
    console.print(f"The plan is kept in {made.kept_in}")
