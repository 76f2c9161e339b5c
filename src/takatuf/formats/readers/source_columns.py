"""The columns that say who reports, when it was true, and where it was published.

They are the same in every layout.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from takatuf.formats.readers.attempts import attempt, raise_all
from takatuf.formats.readers.cells import FindThing, read_date, refused
from takatuf.formats.readers.tables import Row
from takatuf.reports.report import Certainty, Claim, Published, Report, Source
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.spelling import nearest
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.time import PartialDate

SOURCE_COLUMNS = (
    "organisation", "source_type", "role", "method", "observed_at", "published_on",
    "title", "publisher", "address", "origin", "supersedes", "sensitivity", "certainty",
    "report",  # the identity as an export gives it: known, and computed anew
)  # fmt: skip
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader must know besides the file."""

    vocabulary: Vocabulary
    find_thing: FindThing
    organisation_types: Mapping[ThingId, str]  # of organisations that are known already
    default_organisation: str = ""  # for rows that name none: who sends the file


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a row says of all its claims."""

    observed_at: PartialDate | None
    certainty: Certainty | None
    sensitivity: Sensitivity | None


def read_report(row: Row, context: Context, claims: tuple[Claim, ...]) -> Report:
    """Return the report of a row whose claims are read.

    Raises:
        InputError: A source column has no reading.
    """
    source = attempt(lambda: _source(row, context))
    published = attempt(lambda: _published(row))
    origin = attempt(lambda: _origin(row, context))
    raise_all(source, published, origin)
    supersedes = row.cells.get("supersedes", "")
    return Report(
        source=source.value,
        claims=claims,
        published=published.value,
        origin=origin.value,
        supersedes=ReportId(supersedes) if supersedes else None,
    )


def read_circumstances(row: Row) -> Circumstances:
    """Return what a row says of all its claims.

    Raises:
        InputError: A column has no reading.
    """
    observed = row.cells.get("observed_at", "")
    observed_at = attempt(
        lambda: read_date(observed, f"{row.where}, observed_at") if observed else None
    )
    certainty = attempt(lambda: read_word(row, "certainty", Certainty))
    sensitivity = attempt(lambda: _sensitivity(row))
    raise_all(observed_at, certainty, sensitivity)
    return Circumstances(observed_at.value, certainty.value, sensitivity.value)


def read_word(row: Row, column: str, allowed: type[_Word]) -> _Word | None:
    """Return the word of a column, or None where the cell is blank.

    Raises:
        InputError: The word is none of the allowed ones.
    """
    word = row.cells.get(column, "")
    if not word:
        return None
    try:
        return allowed(word)
    except ValueError:
        expected = f"one of {', '.join(member.value for member in allowed)}"
        raise refused("cell.value-not-allowed", f"{row.where}, {column}", word, expected) from None


def _sensitivity(row: Row) -> Sensitivity | None:
    word = row.cells.get("sensitivity", "")
    if not word:
        return None
    try:
        return Sensitivity.from_word(word)
    except KeyError:
        expected = f"one of {', '.join(member.word for member in Sensitivity)}"
        where = f"{row.where}, sensitivity"
        raise refused("cell.value-not-allowed", where, word, expected) from None


def _source(row: Row, context: Context) -> Source:
    where = f"{row.where}, organisation"
    named = row.cells.get("organisation", "") or context.default_organisation
    if not named:
        hint = "Name it in the column organisation, or send the file with --as."
        raise refused("source.no-organisation", where, "nothing", "who reports", hint)
    organisation = context.find_thing(named, where)
    return Source(
        organisation=organisation,
        organisation_type=_organisation_type(row, context, organisation),
        role=row.cells.get("role", ""),
        method=row.cells.get("method", ""),
    )


def _organisation_type(row: Row, context: Context, organisation: ThingId) -> str:
    found = row.cells.get("source_type", "") or context.organisation_types.get(organisation, "")
    allowed = context.vocabulary.properties["organisation_type"].words
    if found in allowed:
        return found
    raise refused(
        "source.unknown-type",
        f"{row.where}, source_type",
        found or "nothing",
        f"one of {', '.join(allowed)}",
        nearest(found, allowed),
    )


def _published(row: Row) -> Published:
    on = row.cells.get("published_on", "")
    return Published(
        on=read_date(on, f"{row.where}, published_on") if on else None,
        title=row.cells.get("title", ""),
        publisher=row.cells.get("publisher", ""),
        address=row.cells.get("address", ""),
    )


def _origin(row: Row, context: Context) -> str:
    origin = row.cells.get("origin", "")
    return context.find_thing(origin, f"{row.where}, origin") if origin else ""
