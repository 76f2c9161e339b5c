"""Print bundles, merges, keys and what was verified, for people."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from takatuf.actions.exchange.make_bundle import BundleMade
from takatuf.actions.exchange.merge_bundle import MergeReceipt
from takatuf.cli.session import plain
from takatuf.reports.keys import fingerprint
from takatuf.reports.standing import KeyState, KeyStatus
from takatuf.reports.submission import Holder
from takatuf.reports.verifying import Verification
from takatuf.vocabulary.errors import Problem

MAX_FINDINGS = 50
STYLE_BY_STATE = {
    KeyStatus.IN_FORCE: "green",
    KeyStatus.NOT_VOUCHED: "yellow",
    KeyStatus.ROTATED: "dim",
    KeyStatus.REVOKED: "bold red",
    KeyStatus.UNKNOWN: "dim",
}


def print_bundle(console: Console, out: Path, made: BundleMade) -> None:
    """Print what went out, and what stayed."""
    to = f" for {made.made_for}" if made.made_for else ""
    console.print(
        f"{escape(str(out))}{escape(to)}: {made.n_submissions:,} submissions and "
        f"{made.n_reports:,} reports up to {made.clearance}, {made.n_bytes:,} bytes",
        soft_wrap=True,
    )
    if made.n_withheld:
        console.print(f"  {made.n_withheld:,} reports withheld: only their hashes went out")
    if made.n_absent:
        console.print(f"  {made.n_absent:,} reports of which only the hash is here")
    if made.n_unsigned:
        console.print(f"  [yellow]{made.n_unsigned:,} reports are unsigned and cannot go out[/]")


def print_merge(console: Console, receipt: MergeReceipt) -> None:
    """Print what became of a bundle, and what needs attention."""
    end = "" if receipt.is_stored else "; nothing was stored"
    console.print(
        f"{escape(receipt.name)} of {receipt.sender}, made {receipt.made_at:%Y-%m-%d %H:%M} UTC: "
        f"{receipt.n_new:,} reports are new, {receipt.n_known:,} here already{end}",
        soft_wrap=True,
    )
    console.print(
        f"  {receipt.n_new_submissions:,} submissions are new, "
        f"{receipt.n_known_submissions:,} here already"
    )
    if receipt.n_withheld:
        console.print(f"  {receipt.n_withheld:,} reports withheld from us: only their hashes came")
    for one in receipt.quarantined:
        console.print(f"  [yellow]{one.n_reports:,} reports in quarantine: {escape(one.reason)}[/]")
    _print_problems(console, receipt.problems)
    console.print(f"  [dim]head {receipt.head}[/]", soft_wrap=True)


def print_verification(console: Console, verified: Verification) -> None:
    """Print what was verified, the head to write down, and the first findings."""
    console.print(
        f"{verified.n_reports:,} reports, {verified.n_withheld:,} more of which only the hash is "
        f"here; {verified.n_submissions:,} submissions; organisations: "
        f"{verified.n_organisations:,}; keys: {verified.n_keys:,}"
    )
    if verified.n_unsigned or verified.n_quarantined:
        console.print(
            f"  {verified.n_unsigned:,} reports unsigned, {verified.n_quarantined:,} in quarantine"
        )
    console.print(f"head {verified.head}", soft_wrap=True)
    for note in verified.notes:
        console.print(f"  [yellow]{escape(note)}[/]")
    if verified.is_clean:
        console.print("[green]Nothing was found wrong.[/]")
    else:
        console.print(f"[bold red]{len(verified.findings):,} findings[/]")
    _print_problems(console, verified.findings)


def print_key(console: Console, key: KeyState) -> None:
    """Print one key, and what has to be done before it counts."""
    console.print(f"key {key.key}", soft_wrap=True)
    console.print(f"fingerprint [bold]{fingerprint(key.key)}[/]")
    console.print(f"{key.organisation or 'of nobody yet'}: {_state(key)}")
    if key.state is KeyStatus.NOT_VOUCHED:
        console.print(
            "  It counts when a person of another organisation has compared the fingerprint and "
            f"vouches for it: takatuf keys vouch {key.key} --of {key.organisation} "
            '--by "Name, office"',
            soft_wrap=True,
        )


def print_keys(console: Console, keys: Sequence[KeyState]) -> None:
    """Print every key: whose, worth what, kept by whom, since when, vouched for by whom."""
    for key in keys:
        console.print(f"[bold]{key.organisation or 'of nobody yet'}[/]: {_state(key)}")
        since = f", since {key.introduced_at:%Y-%m-%d}" if key.introduced_at else ""
        signed = f"{key.n_submissions:,} submissions signed"
        console.print(f"  {fingerprint(key.key)}  {_keeper(key)}{since}, {signed}")
        for by, organisation in key.vouched_by:
            console.print(f"  vouched for by {escape(by)}, for {organisation}")


def key_json(key: KeyState) -> dict[str, Any]:
    """Return a key as JSON values, with the fingerprint that people compare."""
    form: dict[str, Any] = plain(key)
    return form | {"fingerprint": fingerprint(key.key)}


def _keeper(key: KeyState) -> str:
    if key.holder is None:
        return "not introduced yet"
    return "kept by the host" if key.holder is Holder.HOST else "kept by its organisation"


def _state(key: KeyState) -> str:
    return f"[{STYLE_BY_STATE[key.state]}]{key.state}[/]"


def _print_problems(console: Console, problems: Sequence[Problem]) -> None:
    for problem in problems[:MAX_FINDINGS]:
        console.print(f"  {escape(str(problem))}")
    if len(problems) > MAX_FINDINGS:
        console.print(f"  and {len(problems) - MAX_FINDINGS:,} more; --json gives all of them")
