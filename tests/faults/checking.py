"""What must hold of a workspace whatever happened to it: the one judge of all fault tests."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from takatuf.actions.exchange.verify_register import verify_register
from takatuf.reports.chain import counts_of_head
from takatuf.reports.register import Register
from takatuf.reports.verifying import Verification
from takatuf.vocabulary.errors import TakatufError
from takatuf.workspace import Workspace, open_workspace
from tests.faults.outcome import Fault, Kind


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a writer was told is kept."""

    head: str  # of the register after it
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be there, and what must be there as a whole or not at all."""

    acknowledged: Sequence[Acknowledged] = ()
    prefixes: Sequence[frozenset[str]] = ()  # of a chain of bundles, each with all before it


def faults_of(folder: Path, expected: Expected) -> list[Fault]:
    """Open the workspace as its next user does, and return every promise that was not kept."""
    try:
        workspace = open_workspace(folder)
    except TakatufError as error:
        return [Fault(Kind.START, f"it does not open: {error}")]
    try:
        return list(_faults_of(workspace, expected))
    except TakatufError as error:
        return [Fault(Kind.START, f"it cannot be read: {error}")]
    finally:
        workspace.close()


def _faults_of(workspace: Workspace, expected: Expected) -> Iterator[Fault]:
    register = workspace.parts.register
    verified = verify_register(register, workspace.actor)
    yield from (Fault(Kind.FOUND, str(problem)) for problem in verified.findings)
    here = [form[1] for form in register.forms()]
    yield from _half(verified, frozenset(here), expected.prefixes)
    if len(here) != len(set(here)):
        yield Fault(Kind.HALF, "a report is there twice")
    yield from _lost(register, frozenset(here), expected.acknowledged)


def _half(
    verified: Verification, here: frozenset[str], prefixes: Sequence[frozenset[str]]
) -> Iterator[Fault]:
    if verified.n_withheld:
        yield Fault(Kind.HALF, f"{verified.n_withheld} reports of a submission are not there")
    if verified.n_unsigned:
        yield Fault(Kind.HALF, f"{verified.n_unsigned} reports without their submission")
    merged = here & frozenset().union(*prefixes)
    if merged and merged not in prefixes:
        yield Fault(Kind.HALF, f"{len(merged)} reports of a bundle that has another number")


def _lost(
    register: Register, here: Collection[str], acknowledged: Sequence[Acknowledged]
) -> Iterator[Fault]:
    for one in acknowledged:
        missing = [report for report in one.reports if report not in here]
        if missing:
            yield Fault(Kind.LOST, f"{len(missing)} acknowledged reports are not there")
        counts = counts_of_head(one.head)
        if counts is None or register.head_at(*counts) != one.head:
            yield Fault(Kind.LOST, f"the head {one.head[:24]} is not found again")
