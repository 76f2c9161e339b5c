"""Where everything that is handed in comes by: the signer, the time of receipt, the store.

What is new goes into the register in one transaction with the signed submission that lists
it; what was here already and nobody stood behind is listed too. In a register of today the
time of receipt never runs back, whatever a clock says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from takatuf.actions.claims import Claims
from takatuf.actions.signing import HostKeys, sign_next, signer_for
from takatuf.reports.keys import Signer
from takatuf.reports.register import Arrival, Handed, Register, Stored
from takatuf.reports.report import Report
from takatuf.reports.standing import BackingKind, Standing, standing_in
from takatuf.reports.submission import SubmissionId
from takatuf.safeguards.actor import Actor
from takatuf.vocabulary.errors import Problem
from takatuf.vocabulary.identity import ReportId
from takatuf.vocabulary.things import Vocabulary

_OPEN = {BackingKind.UNSIGNED, BackingKind.QUARANTINED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Where a submission goes, and by whom it is brought."""

    register: Register
    vocabulary: Vocabulary
    actor: Actor
    now: datetime  # the time of receipt: aware, UTC
    signer: Signer | None = None  # the key that the actor brings; None: one that is kept here
    host: HostKeys | None = None  # None: nobody keeps the register, and nothing is signed
    claims: Claims | None = None  # what was read of the register so far; None: nothing yet


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of what was handed in."""

    stored: tuple[Stored, ...]  # in the order it was given
    submission: SubmissionId | None  # None where nothing was new, or nobody signs
    head: str  # the register's head after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """An intake that was found in order: who signs, and when things count as received."""

    intake: Intake
    standing: Standing  # before anything is handed in
    signer: Signer | None
    heard_at: datetime
    problems: tuple[Problem, ...]  # with the clock

    def hand_in(self, arrivals: Sequence[Arrival]) -> HandedIn:
        """Keep all of these, signed, or none.

        Raises:
            UnavailableError: The register cannot be written.
        """
        register = self.intake.register
        new = self._to_sign(arrivals)
        if self.signer is None or not new:
            return HandedIn(register.append(arrivals), None, register.head())
        signed = sign_next(register, self.signer, self.intake.now, reports=new)
        stored = register.append(arrivals, [Handed(signed, self.heard_at)])
        return HandedIn(stored, signed.submission.id, register.head())

    def _to_sign(self, arrivals: Sequence[Arrival]) -> list[ReportId]:
        reports = {arrival.report.id: arrival.report for arrival in arrivals}
        known = self.intake.register.holds(reports)
        return [i for i, report in reports.items() if i not in known or self._is_owed(report)]

    def _is_owed(self, report: Report) -> bool:
        """Say whether a report that is here already gains by this signature.

        One that nobody in force stands behind does, and one that somebody else passed on for
        the organisation that signs now.
        """
        organisation = report.source.organisation
        kind = self.standing.of(report.id, organisation).kind
        is_own = self.signer is not None and self.signer.organisation == organisation
        return kind in _OPEN or (kind is BackingKind.PASSED_ON and is_own)


def receive(intake: Intake, *, is_dry_run: bool = False) -> Reception:
    """Return the reception for this intake.

    Args:
        intake: Where it goes, and by whom it is brought.
        is_dry_run: Nothing will be handed in, so nobody need be able to sign.

    Raises:
        NotAllowedError: The actor may not sign with this key.
        UnavailableError: The host's key is lost.
    """
    standing = standing_in(intake.register)
    signer = None if is_dry_run else signer_for(intake.actor, intake.signer, intake.host, standing)
    register = intake.register
    last = None if register.keeper.is_replay else register.last_received_at()
    is_behind = last is not None and last > intake.now
    return Reception(
        intake=intake,
        standing=standing,
        signer=signer,
        heard_at=last + timedelta(microseconds=1) if last and is_behind else intake.now,
        problems=(clock_behind(intake.now, last),) if last and is_behind else (),
    )


def clock_behind(now: datetime, last: datetime) -> Problem:
    """Return what is said of a clock that shows a time before the last receipt."""
    return Problem(
        code="register.clock-behind",
        where="the clock of this computer",
        found=f"{now:%Y-%m-%d %H:%M} UTC",
        expected=f"a time after the last receipt, {last:%Y-%m-%d %H:%M} UTC",
        hint="What came in counts as received just after the last receipt. Set the clock.",
    )
