"""Who works where: the register of organisations, and the names of a file matched with it."""

from takatuf.activities.organisations.kinds import OrganisationKind, kind_of, organisation_kinds
from takatuf.activities.organisations.matching import OrganisationMatch, match_organisations
from takatuf.activities.organisations.meeting import NewOrganisation
from takatuf.activities.organisations.merging import Decision, Merge, Separation, decided
from takatuf.activities.organisations.organisations import (
    Organisation,
    Organisations,
    organisations_of,
)
from takatuf.activities.organisations.sheet import (
    FAULT_SCHEMA,
    UNKNOWN_SHEET,
    Finding,
    Sheet,
    fault_frame,
)
from takatuf.activities.organisations.spelling import organisation_key

__all__ = [
    "FAULT_SCHEMA",
    "UNKNOWN_SHEET",
    "Decision",
    "Finding",
    "Merge",
    "NewOrganisation",
    "Organisation",
    "OrganisationKind",
    "OrganisationMatch",
    "Organisations",
    "Separation",
    "Sheet",
    "decided",
    "fault_frame",
    "kind_of",
    "match_organisations",
    "organisation_key",
    "organisation_kinds",
    "organisations_of",
]
