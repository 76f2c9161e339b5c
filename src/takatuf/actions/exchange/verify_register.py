"""Verify the register: every hash, signature and link, and the file that it is kept in."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

from takatuf.reports.chain import counts_of_head
from takatuf.reports.register import Register
from takatuf.reports.verifying import Verification, verify
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.errors import UnavailableError

OnProgress = Callable[[int, int], None]  # how many are done, of how many


def verify_register(
    register: Register,
    actor: Actor,
    expected_head: str | None = None,
    on_progress: OnProgress | None = None,
) -> Verification:
    """Return everything that is wrong with a register; what is damaged is found, not raised.

    Args:
        register: Which one.
        actor: Who asks. Findings name reports by their hashes and never by what they say.
        expected_head: A head that was written down earlier, to be found again.
        on_progress: Told now and then how much is done, of how much.

    Raises:
        InputError: The expected head is no head.
        NotAllowedError: The actor may not read here.
    """
    require(actor, Action.READ, Object())
    counts = _counts(register)
    n_entries, n_submissions = counts or (None, None)
    total = counts[0] + 2 * counts[1] if counts else 1
    tell = on_progress or _silent
    verified = verify(
        islice(register.raw_entries(), n_entries),  # what others write meanwhile comes after it
        islice(register.raw_submissions(), n_submissions),
        register.keeper,
        expected_head,
        lambda done: tell(min(done, total), total),
    )
    kept = register.check_storage()
    return replace(
        verified,
        findings=(*verified.findings, *kept.problems),
        notes=(*verified.notes, *kept.notes),
    )


def _silent(done: int, total: int) -> None:
    del done, total


def _counts(register: Register) -> tuple[int, int] | None:
    """Return how much is there at one moment; None where a damaged register cannot say."""
    try:
        return counts_of_head(register.head())
    except UnavailableError:
        return None  # that it is damaged is found when it is gone through
