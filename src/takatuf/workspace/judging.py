"""Judgements and comparisons in a workspace: checked on the ground, graded, changed since."""

from dataclasses import dataclass

from takatuf.actions.import_reports import Intake
from takatuf.actions.judging.check_statement import GroundCheck, Judged, check_statement
from takatuf.actions.judging.find_statement import find_statement
from takatuf.actions.judging.grade_statement import (
    Grade,
    Suggestion,
    grade_statement,
    suggested_grade,
)
from takatuf.actions.showing.compare_pictures import Change, compare_pictures
from takatuf.actions.showing.list_records import RecordView, list_records
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ThingId
from takatuf.workspace.days import Day, as_day
from takatuf.workspace.opened import Opened


@dataclass(frozen=True, slots=True)
class JudgingDesk:
    """What people judge of statements in one workspace, and what changed."""

    workspace: Opened

    def checked(  # noqa: PLR0913 - one field each of the log
        self,
        report: str,
        outcome: str,
        *,
        by: str,
        organisation: str = "",
        claim: int | None = None,
        on: Day = None,
        why: str = "",
    ) -> Judged:
        """Log what somebody found on the ground; see `actions.judging.check_statement`.

        Args:
            report: The identity of the report, or its first digits.
            outcome: `confirmed`, `partly_confirmed`, `refuted` or `could_not_be_checked`.
            by: The name and office of the person who answers for it.
            organisation: For whom they went; a name or an identity.
            claim: The claim's place in the report, from 1.
            on: When they looked; today where it is left out.
            why: What they saw.

        Raises:
            InputError, NotFoundError, NotAllowedError: As `check_statement`.
        """
        reading = self.workspace.reading()
        check = GroundCheck(
            report=report,
            claim=claim,
            outcome=outcome,
            by=by,
            organisation=self._organisation(organisation),
            on=as_day(on, "on"),
            why=why,
        )
        return check_statement(check, reading, self._intake())

    def grade(  # noqa: PLR0913 - one field each of the log
        self,
        report: str,
        letter: str,
        digit: str,
        *,
        by: str,
        organisation: str = "",
        claim: int | None = None,
        why: str = "",
    ) -> Judged:
        """Log an Admiralty grade; see `actions.judging.grade_statement`.

        Raises:
            InputError, NotFoundError, NotAllowedError: As `grade_statement`.
        """
        grade = Grade(
            report=report,
            claim=claim,
            letter=letter.upper(),
            digit=digit,
            by=by,
            organisation=self._organisation(organisation),
            why=why,
        )
        return grade_statement(grade, self.workspace.reading(), self._intake())

    def suggestion(self, report: str, claim: int | None = None) -> Suggestion:
        """Return the grade that the records suggest for a statement.

        Raises:
            NotFoundError: No such statement.
        """
        reading = self.workspace.reading()
        return suggested_grade(find_statement(reading.weigher.picture, report, claim), reading)

    def records(self, organisation: str = "", *, known: Day = None) -> tuple[RecordView, ...]:
        """Return the track records of all sources, or of one.

        Raises:
            NotFoundError: No organisation has this name.
        """
        reading = self.workspace.reading(known)
        return list_records(reading, reading.names.find(organisation) if organisation else None)

    def diff(self, known: Day, until: Day, *, at: Day = None) -> tuple[Change, ...]:
        """Return what changed in the picture between two days of knowing, and by which reports.

        Args:
            known: The end of the earlier day.
            until: The end of the later day; None for everything heard so far.
            at: The day that is asked about; None for the whole record.
        """
        earlier, later = self.workspace.reading(known), self.workspace.reading(until)
        return compare_pictures(earlier, later, as_day(at, "at"))

    def _organisation(self, name: str) -> ThingId:
        own = self.workspace.actor.organisation
        found = self.workspace.reading().names.find(name) if name else own
        if found is None:
            raise InputError(
                [
                    Problem(
                        code="judgement.for-nobody",
                        where="organisation",
                        found="nothing",
                        expected="the organisation for which the person speaks (--as)",
                    )
                ]
            )
        return found

    def _intake(self) -> Intake:
        return self.workspace.intake()
