"""A report: what somebody said, when, by which method; content-addressed and never edited.

The identity of a report is the SHA-256 of its canonical JSON (RFC 8785). It covers all that
the sender said and nothing that a host adds: `received_at` belongs to the register's entry,
so the same report sent twice, or to two hosts, is one report.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import rfc8785

from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.time import PartialDate, parse_date
from takatuf.vocabulary.value import Value, value_from_json, value_to_json


class Modality(StrEnum):
    """In which way something was said."""

    ASSERTED = "asserted"
    DENIED = "denied"
    ESTIMATED = "estimated"
    PROMISED = "promised"  # said of the future: never taken as done


class Certainty(StrEnum):
    """How sure the source says it is; never raised by us."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who says it: an organisation, its type, the office of who speaks, and the method."""

    organisation: ThingId
    organisation_type: str
    role: str = ""  # the office, with a name only where a public office speaks in public
    method: str = ""  # "statement", "census", "satellite images", "assumption" ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing, one property, one value; and when it was true on the ground."""

    thing: ThingId
    property: str
    value: Value
    modality: Modality = Modality.ASSERTED
    observed_at: PartialDate | None = None  # None: the source gives no date
    certainty: Certainty | None = None
    wording: str = ""  # the words that were used, or what a reader must know of them
    sensitivity: Sensitivity | None = None  # only where it is higher than the property's own


@dataclass(frozen=True, slots=True)
class Published:
    """Where it was made public, if it was."""

    on: PartialDate | None = None
    title: str = ""
    publisher: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What one source said at one time; its id is computed from all of it."""

    source: Source
    claims: tuple[Claim, ...]
    published: Published = Published()
    origin: str = ""  # whom it quotes or retells: an organisation's identity, or "" for nobody
    supersedes: ReportId | None = None  # an earlier report of the same organisation

    @cached_property
    def id(self) -> ReportId:
        """The SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
        return ReportId(hashlib.sha256(canonical_json(self)).hexdigest())


def canonical_json(report: Report) -> bytes:
    """Return the report as RFC 8785 canonical JSON: the bytes that are hashed and stored."""
    return rfc8785.dumps(report_to_json(report))


def report_to_json(report: Report) -> dict[str, Any]:
    """Return the report as JSON values; what was not said has no key."""
    published, source = report.published, report.source
    return {
        "claims": [_claim_to_json(claim) for claim in report.claims],
        "source": _said(
            organisation=source.organisation,
            organisation_type=source.organisation_type,
            role=source.role,
            method=source.method,
        ),
        **_said(
            published=_said(
                on=str(published.on or ""),
                title=published.title,
                publisher=published.publisher,
                address=published.address,
            ),
            origin=report.origin,
            supersedes=report.supersedes,
        ),
    }


def report_from_json(form: dict[str, Any], identity: ReportId | None = None) -> Report:
    """Read the form that `report_to_json` writes.

    Args:
        form: The JSON values.
        identity: The report's identity where a register has it already, computed when the
            report came in; None computes it when it is asked for.

    Raises:
        KeyError, ValueError: The form is none of ours; the register that gave it is damaged.
    """
    published = dict(form.get("published", {}))
    on = published.pop("on", None)
    report = Report(
        source=Source(**({"organisation_type": ""} | form["source"])),
        claims=tuple(_claim_from_json(claim) for claim in form["claims"]),
        published=Published(on=parse_date(on) if on else None, **published),
        origin=form.get("origin", ""),
        supersedes=form.get("supersedes"),
    )
    if identity is not None:
        report.__dict__["id"] = identity  # where `cached_property` keeps it
    return report


def _claim_to_json(claim: Claim) -> dict[str, Any]:
    return {
        "thing": claim.thing,
        "property": claim.property,
        "value": value_to_json(claim.value),
        "modality": claim.modality.value,
        **_said(
            observed_at=str(claim.observed_at or ""),
            certainty=claim.certainty.value if claim.certainty else None,
            wording=claim.wording,
            sensitivity=claim.sensitivity.word if claim.sensitivity is not None else None,
        ),
    }


def _claim_from_json(form: dict[str, Any]) -> Claim:
    observed, certainty, sensitivity = (
        form.get(key) for key in ("observed_at", "certainty", "sensitivity")
    )
    return Claim(
        thing=form["thing"],
        property=form["property"],
        value=value_from_json(form["value"]),
        modality=Modality(form["modality"]),
        observed_at=parse_date(observed) if observed else None,
        certainty=Certainty(certainty) if certainty else None,
        wording=form.get("wording", ""),
        sensitivity=Sensitivity.from_word(sensitivity) if sensitivity else None,
    )


def _said(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", {})}
