"""Find the statement that somebody means: by its report's identity and the claim's place."""

from takatuf.picture.picture import Picture, Statement
from takatuf.vocabulary.errors import NotFoundError
from takatuf.vocabulary.identity import ReportId

MIN_DIGITS = 6  # of an identity, to mean one report


def find_statement(picture: Picture, report: str, claim: int | None = None) -> Statement:
    """Return the statement meant.

    Args:
        picture: As the person who asks may see it.
        report: The identity of its report, or enough of its first digits to mean one.
        claim: Its place in the report, from 1; may be left out where the report has one claim.

    Raises:
        NotFoundError: No report, or several, or several claims are meant; the sentence lists them.
    """
    said = _of_one_report(picture, report.strip().lower())
    if claim is None and len(said) == 1:
        return said[0]
    found = [statement for statement in said if statement.number + 1 == claim]
    if found:
        return found[0]
    listed = "; ".join(f"{s.number + 1}: {s.claim.property} {s.claim.value}" for s in said)
    raise NotFoundError(f"Report {report} makes several claims, say which: {listed}.")


def _of_one_report(picture: Picture, digits: str) -> tuple[Statement, ...]:
    reports = {ReportId(digits)}
    said = picture.said_in(reports)
    if not said and len(digits) >= MIN_DIGITS:
        every = {s.report for statements in picture.statements.values() for s in statements}
        reports = {report for report in every if report.startswith(digits)}
        said = picture.said_in(reports) if len(reports) == 1 else ()
    if said:
        return said
    if len(reports) > 1:
        raise NotFoundError(f"{len(reports)} reports begin with {digits}: give more digits.")
    raise NotFoundError(
        f"No report that you may see begins with {digits}: give at least {MIN_DIGITS} digits "
        "of an identity, as takatuf history prints it."
    )
