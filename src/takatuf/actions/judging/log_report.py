"""Log what a named person judged: the way into the register for reports that are not a table.

A judgement goes the way of every report: it is checked, the rules are asked, it is signed and
durable before its receipt is given. It is taken whole or not at all.
"""

from collections.abc import Collection, Iterator, Sequence

from takatuf.actions.claims import Claims
from takatuf.actions.read_picture import Reading
from takatuf.actions.reception import Intake, receive
from takatuf.picture.columns import fold_columns
from takatuf.picture.names import names_of
from takatuf.reports.checking import Known, problems_of
from takatuf.reports.receipt import Receipt
from takatuf.reports.register import Arrival, Register
from takatuf.reports.report import Report, Source
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ThingId, statement_of
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.value import Token

_WHERE = "judgement"


def log_report(report: Report, intake: Intake) -> Receipt:
    """Store one report that a person made here; see `log_reports`."""
    return log_reports([report], intake)


def log_reports(
    reports: Sequence[Report], intake: Intake, introduced: Collection[ThingId] | None = None
) -> Receipt:
    """Store reports that a person made here, all or none.

    Args:
        reports: Of one organisation, by whom the person is sent.
        intake: Where they go, by whom, and the time.
        introduced: Things that have a name, where the caller knows; None reads the register.

    Raises:
        InputError: Anything is wrong with any of them; nothing was stored.
        NotAllowedError: The actor may not submit for this organisation, or not with this key.
        UnavailableError: The register cannot be written, or the host's key is lost.
    """
    for report in reports:
        require(intake.actor, Action.SUBMIT, Object(organisation=report.source.organisation))
    reception = receive(intake)
    if introduced is None:
        claims = (intake.claims or Claims(intake.register)).table()
        quarantined = reception.standing.quarantined
        picture = fold_columns(claims, quarantined=quarantined, identities={})
        introduced = names_of(picture, {}).introduced()
    problems: list[Problem] = []
    for report in reports:
        things = {*introduced, *_statements_meant(report, intake.register)}
        known = Known(intake.vocabulary, things, reception.heard_at)
        problems += problems_of(report, _WHERE, known)
        problems += _of_no_type(report, intake.vocabulary)
        problems += _replaces_anothers(report, intake.register)
    if problems:
        raise InputError(problems)
    handed = reception.hand_in([Arrival(report, reception.heard_at) for report in reports])
    return Receipt(
        name=_WHERE,
        n_rows=len(reports),
        stored=handed.stored,
        problems=reception.problems,
        is_stored=True,
        submission=handed.submission,
        head=handed.head,
    )


def source_of(organisation: ThingId, by: str, method: str, reading: Reading) -> Source:
    """Return the source of a judgement: a named person's, for an organisation.

    Args:
        organisation: For whom the person speaks.
        by: The name and office of the person who answers for it.
        method: How it was found out.
        reading: Knows of what type the organisation is: as somebody said, else as its own
            reports say; "" where there is neither, and `log_reports` will refuse that.
    """
    picture = reading.weigher.picture
    said = picture.about(organisation, "organisation_type")
    types = (s.claim.value.word for s in said if isinstance(s.claim.value, Token))
    own = (
        statement.source.organisation_type
        for statements in picture.statements.values()
        for statement in statements
        if statement.source.organisation == organisation
    )
    return Source(
        organisation=organisation,
        organisation_type=next(types, "") or next(own, ""),
        role=by,
        method=method,
    )


def _statements_meant(report: Report, register: Register) -> Iterator[ThingId]:
    """Give the statements that a report judges, as far as the register has them."""
    for claim in report.claims:
        meant = statement_of(claim.thing)
        judged = register.find(meant[0]) if meant else None
        if meant and judged and meant[1] < len(judged.claims):
            yield claim.thing


def _of_no_type(report: Report, vocabulary: Vocabulary) -> Iterator[Problem]:
    words = vocabulary.properties["organisation_type"].words
    if report.source.organisation_type not in words:
        yield Problem(
            code="source.unknown-type",
            where=f"{_WHERE}, organisation",
            found=report.source.organisation_type or "nothing",
            expected=f"one of {', '.join(words)}",
            hint=f"Report first of what type {report.source.organisation} is.",
        )


def _replaces_anothers(report: Report, register: Register) -> Iterator[Problem]:
    if report.supersedes is None:
        return
    replaced = register.find(report.supersedes)
    if replaced is None or replaced.source.organisation != report.source.organisation:
        yield Problem(
            code="report.supersedes-no-own-report",
            where=f"{_WHERE}, supersedes",
            found=report.supersedes,
            expected="the identity of an earlier report of the same organisation",
            hint="Another organisation's report can be disputed, never replaced.",
        )
