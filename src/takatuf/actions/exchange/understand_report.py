"""Understand a report that came from another host: only what this host could have taken in.

A report in words that this version does not know is set aside: its hash stays in its
submission, as of one that is withheld, and the same bundle can be merged again later.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from takatuf.formats.bundle.container import NONE_OF_OURS
from takatuf.formats.bundle.reading import SentReport
from takatuf.reports.checking import Known, problems_of
from takatuf.reports.report import Report, canonical_json, report_from_json
from takatuf.vocabulary.errors import Problem
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import Vocabulary


class _AnyThing(Collection[ThingId]):
    """Every thing: the report that introduces it may be withheld from us, or come later."""

    def __contains__(self, thing: object) -> bool:
        return True

    def __iter__(self) -> Iterator[ThingId]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Understood:
    """A report as we read it, or what keeps it out."""

    report: Report | None
    problems: tuple[Problem, ...]


def understand(sent: SentReport, vocabulary: Vocabulary, now: datetime) -> Understood:
    """Return the report, or every problem that keeps it out; never both.

    Args:
        sent: As it stands in the bundle; its hash is known to be right.
        vocabulary: The words that we know.
        now: When it is received, which no observation may be after.
    """
    where = f"report {sent.id[:16]}"
    known = Known(vocabulary, _AnyThing(), now)
    try:
        form = json.loads(sent.content)
        report = report_from_json(form, sent.id)
        is_ours = canonical_json(report) == sent.content and _has_our_kinds(form)
        problems = problems_of(report, where, known) if is_ours else ()
    except NONE_OF_OURS:
        return Understood(None, (_not_understood(where, len(sent.content)),))
    if not is_ours:
        problems = (_not_understood(where, len(sent.content)),)
    return Understood(None if problems else report, problems)


def _has_our_kinds(form: dict[str, Any]) -> bool:
    """Say whether texts are texts and numbers are numbers, which reading does not ask."""
    values = (claim.pop("value") for claim in form["claims"])
    amounts = [value["amount"] for value in values if "amount" in value]
    texts = [form.pop("source"), form.pop("published", {}), *form.pop("claims"), form]
    return all(isinstance(text, str) for part in texts for text in part.values()) and all(
        isinstance(amount.pop("unit"), str)
        and ("low" in amount or "high" in amount)
        and all(isinstance(number, int | float) for number in amount.values())
        for amount in amounts
    )


def _not_understood(where: str, n_bytes: int) -> Problem:
    return Problem(
        code="bundle.report-not-understood",
        where=where,
        found=f"{n_bytes:,} bytes in another form",  # not its words: they may be confidential
        expected="a report as this version writes it",
        hint="The sender's version may be newer: update, then merge the same file again.",
    )
