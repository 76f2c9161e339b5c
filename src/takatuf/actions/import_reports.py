"""Import a table of reports: the one way in, for a person, a program and the demonstration.

A bad row is explained and does not cost the good ones; the good ones are stored in one
transaction with the signed submission that lists them, durable before the receipt is given.
Sending a file twice stores nothing twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import partial

from takatuf.actions.claims import Claims
from takatuf.actions.reception import Intake, Reception, receive
from takatuf.formats.readers.cells import refused
from takatuf.formats.readers.layouts import ReadRow, read_rows
from takatuf.formats.readers.source_columns import Context
from takatuf.formats.readers.tables import Table, read_table
from takatuf.picture.columns import fold_columns
from takatuf.picture.names import Names, names_of
from takatuf.picture.picture import Picture
from takatuf.picture.sameness import identities_of
from takatuf.reports.checking import Known, problems_of, problems_of_claims
from takatuf.reports.receipt import Receipt
from takatuf.reports.register import Arrival
from takatuf.reports.report import Report
from takatuf.safeguards.permissions import Action, Object, may, require
from takatuf.vocabulary.errors import NotFoundError, Problem
from takatuf.vocabulary.identity import ReportId, ThingId, is_thing_id
from takatuf.vocabulary.time import end_of_day
from takatuf.vocabulary.value import Text, Token

__all__ = ["Intake", "OnProgress", "Replay", "Submission", "find_thing", "import_reports"]
ROWS_BETWEEN_PROGRESS = 200
OnProgress = Callable[[int, int], None]  # rows done, of how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Date each report by its publication: only for a register of the past."""

    known_from: date | None = None  # for reports that give no date at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A table as it was sent in."""

    name: str
    content: bytes
    encoding: str = "utf-8"
    organisation: ThingId | None = None  # for rows that name none
    replay: Replay | None = None
    is_dry_run: bool = False


@dataclass(slots=True)
class _Batch:
    arrivals: list[Arrival] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    row_of: dict[ReportId, str] = field(default_factory=dict)
    n_rows: int = 0


def import_reports(
    submission: Submission, intake: Intake, on_progress: OnProgress | None = None
) -> Receipt:
    """Store every row without problems, and explain every other.

    Args:
        submission: The table as it was sent in.
        intake: Where it goes, and by whom it is brought.
        on_progress: Told now and then how many rows are read and checked, of how many.

    Raises:
        InputError: Nothing of the file can be read; nothing was stored.
        NotAllowedError: The actor may not submit here, not with past dates, or not with this
            key; nothing was stored.
        UnavailableError: The register cannot be written, or the host's key is lost.
    """
    require(intake.actor, Action.SUBMIT, Object())
    if submission.replay is not None:
        past = Object(is_replay_register=intake.register.keeper.is_replay)
        require(intake.actor, Action.REPLAY, past)
    reception = receive(intake, is_dry_run=submission.is_dry_run)
    table = read_table(submission.content, submission.name, submission.encoding)
    batch = _Batch(problems=[*table.problems, *reception.problems], n_rows=table.n_rows)
    _read(table, submission, reception, batch, on_progress or _silent)
    receipt = Receipt(
        name=submission.name,
        n_rows=batch.n_rows,
        stored=(),
        problems=tuple(batch.problems),
        is_stored=not submission.is_dry_run,
    )
    if submission.is_dry_run:
        return receipt
    handed = reception.hand_in(batch.arrivals)
    return replace(receipt, stored=handed.stored, submission=handed.submission, head=handed.head)


def _read(
    table: Table,
    submission: Submission,
    reception: Reception,
    batch: _Batch,
    on_progress: OnProgress,
) -> None:
    intake = replace(reception.intake, now=reception.heard_at)
    claims = (intake.claims or Claims(intake.register)).table()
    quarantined = reception.standing.quarantined
    # a row keeps the identity that its sender means, so that a judgement can be reversed
    picture = fold_columns(claims, quarantined=quarantined, identities={})
    names = names_of(picture, identities_of(picture))
    context = _context(submission, intake, picture, names)
    told = _of_total(on_progress, 2 * len(table.rows))
    rows = tuple(_counted(read_rows(table, submission.name, context), 0, told))
    introduced = names.introduced() | _introduced_by(rows)
    for row in _counted(rows, len(rows), told):
        _take(row, submission, intake, introduced, batch)


def _silent(done: int, total: int) -> None:
    del done, total


def _of_total(on_progress: OnProgress, total: int) -> Callable[[int], None]:
    return lambda done: on_progress(done, total)


def _counted(
    rows: Iterable[ReadRow], n_before: int, told: Callable[[int], None]
) -> Iterator[ReadRow]:
    for done, row in enumerate(rows, n_before):
        if done % ROWS_BETWEEN_PROGRESS == 0:
            told(done)
        yield row


def _context(submission: Submission, intake: Intake, picture: Picture, names: Names) -> Context:
    return Context(
        vocabulary=intake.vocabulary,
        find_thing=partial(find_thing, names),
        organisation_types=_organisation_types(picture),
        default_organisation=submission.organisation or "",
    )


def find_thing(names: Names, text: str, where: str) -> ThingId:
    """Return the thing a cell names; an identity is taken as it is and checked later."""
    if is_thing_id(text):
        return ThingId(text)
    try:
        return names.find(text)
    except NotFoundError as error:
        expected = "a known name, or an identity such as place/aleppo-city"
        raise refused("claim.unknown-thing", where, text, expected, str(error)) from None


def _organisation_types(picture: Picture) -> Mapping[ThingId, str]:
    return {
        thing: statement.claim.value.word
        for (thing, _), statements in picture.of_properties(["organisation_type"])
        for statement in reversed(statements)
        if isinstance(statement.claim.value, Token)
    }


def _introduced_by(rows: tuple[ReadRow, ...]) -> frozenset[ThingId]:
    """Return what the rows name; a name in a row with problems counts, so that others pass."""
    return frozenset(
        claim.thing
        for row in rows
        for claim in (row.report.claims if row.report else row.readable)
        if claim.property == "name" and isinstance(claim.value, Text)
    )


def _take(
    row: ReadRow,
    submission: Submission,
    intake: Intake,
    introduced: frozenset[ThingId],
    batch: _Batch,
) -> None:
    batch.problems += row.problems
    if row.report is None:
        known = Known(intake.vocabulary, introduced, intake.now)
        batch.problems += problems_of_claims(row.readable, row.where, known)
        return
    received_at = _received_at(row.report, submission, intake.now)
    latest = received_at if row.report.published.on else intake.now
    known = Known(intake.vocabulary, introduced, latest)
    problems = [
        *problems_of(row.report, row.where, known),
        *_rule_problems(row.report, row.where, intake),
        *_repeated(row, batch),
    ]
    batch.problems += problems
    if not problems:
        batch.row_of[row.report.id] = row.where
        batch.arrivals.append(Arrival(row.report, received_at))


def _rule_problems(report: Report, where: str, intake: Intake) -> Iterator[Problem]:
    """Find what the rules forbid: another's reports, and replacing another's report."""
    organisation = report.source.organisation
    verdict = may(intake.actor, Action.SUBMIT, Object(organisation=organisation))
    if not verdict.is_allowed:
        yield Problem(
            code="report.of-another-organisation",
            where=f"{where}, organisation",
            found=organisation,
            expected=intake.actor.organisation or "your own organisation",
            hint=f"{verdict.rule[0].upper()}{verdict.rule[1:]}.",
        )
    if report.supersedes is None:
        return
    replaced = intake.register.find(report.supersedes)
    if replaced is None or replaced.source.organisation != organisation:
        yield Problem(
            code="report.supersedes-no-own-report",
            where=f"{where}, supersedes",
            found=report.supersedes,
            expected="the identity of an earlier report of the same organisation",
            hint="Another organisation's report can be disputed, never replaced.",
        )


def _repeated(row: ReadRow, batch: _Batch) -> Iterator[Problem]:
    first = batch.row_of.get(row.report.id) if row.report else None
    if first is not None:
        yield Problem(
            code="report.duplicate-row",
            where=row.where,
            found=f"the same report as in {first}",
            expected="each report once",
            hint="It is kept once. If both are meant, what tells them apart is missing.",
        )


def _received_at(report: Report, submission: Submission, now: datetime) -> datetime:
    """Return when a report counts as heard: now, or in a replay the end of its publication.

    Nothing published later than now has been heard. A report without any date is heard from
    `known_from` on if the file says so, else now.
    """
    if submission.replay is None:
        return now
    if report.published.on is not None:
        return min(end_of_day(report.published.on.latest), now)
    if submission.replay.known_from is not None:
        return datetime.combine(submission.replay.known_from, time.min, tzinfo=UTC)
    observed = [claim.observed_at.latest for claim in report.claims if claim.observed_at]
    return min(end_of_day(max(observed)), now) if observed else now
