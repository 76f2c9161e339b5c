"""Print judgements, records and what changed, for people."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from takatuf.actions.judging.check_statement import Judged
from takatuf.actions.showing.compare_pictures import Change
from takatuf.actions.showing.list_records import INTERVAL, RecordView
from takatuf.cli.printing.beliefs import STYLE_BY_STATUS, voice_text
from takatuf.cli.session import Session
from takatuf.formats.city_report import BeliefView

MAX_HEARD = 6


def print_judged(session: Session, judged: Judged, outcome: str) -> None:
    """Print what was logged, of which statement."""
    if session.is_json:
        session.print_json(judged)
        return
    claim = judged.statement.claim
    said = f"{claim.thing} {claim.property} {claim.value}".replace("_", " ")
    stored = "logged" if judged.receipt.n_new else "here already"
    session.console.print(f"{escape(outcome)}: {escape(said)} ({stored}).", soft_wrap=True)


def print_records(console: Console, records: tuple[RecordView, ...]) -> None:
    """Print each source's record by topic, or say that nobody was ever checked."""
    if not records:
        console.print("Nothing was checked on the ground yet: every source counts the same.")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("source", "topic", "checked", "right", f"{INTERVAL:.0%} interval", "suggests"):
        table.add_column(heading, overflow="fold")
    for record in records:
        table.add_row(
            escape(record.organisation.en),
            escape(record.topic_label.en),
            str(record.n_checked),
            f"{record.accuracy:.0%}",
            f"{record.low:.0%} to {record.high:.0%}",
            record.suggested_letter,
        )
    console.print(table)


def print_changes(console: Console, changes: Iterable[Change]) -> None:
    """Print each belief that changed: what it was, what it is, and what was heard meanwhile."""
    listed = tuple(changes)
    console.print(f"{len(listed)} beliefs changed")
    for change in listed:
        name, label = escape(change.after.name.en), escape(change.after.label.en)
        console.print(f"\n[bold]{name}: {label}[/]")
        console.print(f"  was {_said(change.before)}")
        console.print(f"  is  {_said(change.after)}")
        for mark, voices in (("heard", change.heard), ("taken back", change.taken_back)):
            for voice in voices[:MAX_HEARD]:
                line = f"{mark}: {voice.said}, {voice_text(voice)} [{voice.report[:8]}]"
                console.print(f"  [dim]{escape(line)}[/]")
            if len(voices) > MAX_HEARD:
                console.print(f"  [dim]{mark}: {len(voices) - MAX_HEARD} more[/]")


def _said(view: BeliefView) -> str:
    status = f"[{STYLE_BY_STATUS[view.status]}]{view.status}[/]"
    answers = " against ".join(answer.value for answer in view.answers[:MAX_HEARD])
    value = view.value or answers
    return f"{status}{': ' if value else ''}{escape(value)}"
