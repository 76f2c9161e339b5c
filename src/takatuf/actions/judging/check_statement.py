"""Log what somebody found who went and looked, and so feed the record of who had said it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from takatuf.actions.import_reports import Intake
from takatuf.actions.judging.find_statement import find_statement
from takatuf.actions.judging.log_report import log_report, source_of
from takatuf.actions.read_picture import Reading
from takatuf.picture.picture import Statement
from takatuf.reports.receipt import Receipt
from takatuf.reports.report import Claim, Report
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ReportId, ThingId, statement_id
from takatuf.vocabulary.spelling import nearest
from takatuf.vocabulary.time import day
from takatuf.vocabulary.value import Token

_OUTCOME = "check_outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundCheck:
    """What was found, by whom."""

    report: str  # the identity of the report, or its first digits
    claim: int | None = None  # its place in the report, from 1; None: it has only one
    outcome: str  # a word of `check_outcome`
    by: str  # the name and office of the person who answers for it
    organisation: ThingId  # for whom that person went
    on: date | None = None  # when they looked; None: today
    why: str = ""  # what they saw


@dataclass(frozen=True, slots=True)
class Judged:
    """The statement that was judged, and the receipt of the judgement."""

    statement: Statement
    receipt: Receipt


def check_statement(check: GroundCheck, reading: Reading, intake: Intake) -> Judged:
    """Log the outcome of a check on the ground; an earlier one of the same body is replaced.

    Args:
        check: What was found.
        reading: The picture as the person sees it; what they may not see they cannot check.
        intake: Where it goes, by whom, and the time.

    Raises:
        InputError: The outcome is no word of ours, nobody answers for it, or the checker is
            not independent of who made the statement.
        NotFoundError: No such statement.
        NotAllowedError: The actor may not submit for this organisation.
    """
    statement = find_statement(reading.weigher.picture, check.report, check.claim)
    problems = tuple(_problems(check, statement, reading))
    if problems:
        raise InputError(problems)
    thing = statement_id(statement.report, statement.number)
    report = Report(
        source=source_of(check.organisation, check.by, "check on the ground", reading),
        claims=(
            Claim(
                thing=thing,
                property=_OUTCOME,
                value=Token(check.outcome),
                observed_at=day(check.on or intake.now.date()),
                wording=check.why,
            ),
        ),
        supersedes=earlier_judgement(reading, thing, _OUTCOME, check.organisation),
    )
    return Judged(statement, log_report(report, intake))


def earlier_judgement(
    reading: Reading, thing: ThingId, name: str, organisation: ThingId
) -> ReportId | None:
    """Return the report by which an organisation judged the same before, or None."""
    said = reading.weigher.picture.about(thing, name)
    own = [s for s in said if s.source.organisation == organisation]
    return max(own, key=lambda s: (s.received_at, s.sort_key())).report if own else None


def _problems(check: GroundCheck, statement: Statement, reading: Reading) -> Iterator[Problem]:
    words = reading.weigher.vocabulary.properties[_OUTCOME].words
    if check.outcome not in words:
        yield Problem(
            code="check.unknown-outcome",
            where="outcome",
            found=check.outcome,
            expected=f"one of {', '.join(words)}",
            hint=nearest(check.outcome, words),
        )
    if not check.by.strip():
        yield Problem(
            code="judgement.nobody-answers",
            where="by",
            found="nothing",
            expected="the name and office of the person who answers for it",
        )
    lines = reading.weigher.trust.lines
    speakers = [statement.source.organisation]
    if statement.origin:
        speakers.append(ThingId(statement.origin))
    for speaker in speakers:
        if not lines.are_independent(check.organisation, speaker):
            name = reading.names.of(speaker)
            yield Problem(
                code="check.not-independent",
                where="organisation",
                found=reading.names.of(check.organisation),
                expected=f"a body that is neither {name} nor of its command line",
                hint="Only what others found feeds the record of a source.",
            )
