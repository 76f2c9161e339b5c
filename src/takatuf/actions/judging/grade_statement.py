"""Log the Admiralty grade that a named person gives a statement; both parts, never one.

The letter is of the source on the topic, the digit of the statement alone; each is judged by
itself, and they are never multiplied (NATO AJP-2.1). The record only suggests.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from takatuf.actions.import_reports import Intake
from takatuf.actions.judging.check_statement import Judged, earlier_judgement
from takatuf.actions.judging.find_statement import find_statement
from takatuf.actions.judging.log_report import log_report, source_of
from takatuf.actions.read_picture import Reading
from takatuf.picture.belief import BeliefStatus
from takatuf.picture.picture import Statement
from takatuf.reports.report import Claim, Report
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ThingId, statement_id
from takatuf.vocabulary.time import day
from takatuf.vocabulary.value import Token

_PARTS = ("source_reliability", "information_credibility")
CONFIRMED_ORIGINS = 3  # from so many independent origins on, a statement may be called confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The grade, and who answers for it."""

    report: str  # the identity of the report, or its first digits
    claim: int | None = None
    letter: str  # A to F
    digit: str  # 1 to 6
    by: str
    organisation: ThingId
    why: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the record suggests; a person decides."""

    letter: str
    digit: str
    because: str


def grade_statement(grade: Grade, reading: Reading, intake: Intake) -> Judged:
    """Log a grade; an earlier one of the same body is replaced.

    Raises:
        InputError: A part is missing or no word of ours, or nobody answers for it.
        NotFoundError: No such statement.
        NotAllowedError: The actor may not submit for this organisation.
    """
    statement = find_statement(reading.weigher.picture, grade.report, grade.claim)
    problems = tuple(_problems(grade, reading))
    if problems:
        raise InputError(problems)
    thing = statement_id(statement.report, statement.number)
    on = day(intake.now.date())
    report = Report(
        source=source_of(grade.organisation, grade.by, "grading", reading),
        claims=tuple(
            Claim(thing=thing, property=name, value=Token(word), observed_at=on, wording=grade.why)
            for name, word in zip(_PARTS, (grade.letter, grade.digit), strict=True)
        ),
        supersedes=earlier_judgement(reading, thing, _PARTS[0], grade.organisation),
    )
    return Judged(statement, log_report(report, intake))


def suggested_grade(statement: Statement, reading: Reading) -> Suggestion:
    """Return the grade that the records suggest: letter by the source's, digit by who agrees."""
    weigher = reading.weigher
    declared = weigher.vocabulary.properties[statement.claim.property]
    record = weigher.trust.records.of(statement.source.organisation, declared.topic)
    belief = weigher.belief(statement.claim.thing, declared.name)
    n_origins = next((a.n_origins for a in belief.answers if a.value == statement.claim.value), 1)
    return Suggestion(
        record.suggested_letter,
        _digit(belief.status, n_origins),
        f"{record.n_checked} statements of the source on this topic were checked; the answer has "
        f"{n_origins} independent origins, and the question is {belief.status.value}",
    )


def _digit(status: BeliefStatus, n_origins: int) -> str:
    if status is BeliefStatus.AGREED:
        return "1" if n_origins >= CONFIRMED_ORIGINS else "2"
    if status in {BeliefStatus.CONTESTED, BeliefStatus.PREVAILING}:
        return "3" if n_origins > 1 else "4"
    return "6"


def _problems(grade: Grade, reading: Reading) -> Iterator[Problem]:
    for name, word in zip(_PARTS, (grade.letter, grade.digit), strict=True):
        words = reading.weigher.vocabulary.properties[name].words
        if word not in words:
            yield Problem(
                code="grade.not-of-the-scale",
                where=name,
                found=word or "nothing",
                expected=f"one of {', '.join(sorted(words))}; both parts, never one",
            )
    if not grade.by.strip():
        yield Problem(
            code="judgement.nobody-answers",
            where="by",
            found="nothing",
            expected="the name and office of the person who answers for it",
        )
