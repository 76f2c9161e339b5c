"""Read statements on things that were judged the same as statements on one thing.

A statement keeps everything it says but for the identities in it, and the register keeps it as
it came in. A judgement is left as it is, so that it can always be taken back.
"""

from collections.abc import Mapping
from dataclasses import replace

from takatuf.picture.picture import Statement
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.value import Reference

SAME_AS = "same_as"  # the property by which somebody judges two things the same, or different


def apply_identities(statement: Statement, identities: Mapping[ThingId, ThingId]) -> Statement:
    """Return the statement with every identity replaced by the one it is read with.

    Args:
        statement: A judgement (`same_as`) keeps its own two things and its organisation.
        identities: From an identity to the one it is read with; what is absent stays.

    Returns:
        The same object where nothing changes.
    """
    claim, source = statement.claim, statement.source
    if claim.property == SAME_AS:
        return statement
    thing = identities.get(claim.thing, claim.thing)
    value = claim.value
    if isinstance(value, Reference) and value.thing in identities:
        value = Reference(identities[value.thing])
    if thing != claim.thing or value is not claim.value:
        claim = replace(claim, thing=thing, value=value)
    if source.organisation in identities:
        source = replace(source, organisation=identities[source.organisation])
    origin = identities.get(ThingId(statement.origin), statement.origin)
    if claim is statement.claim and source is statement.source and origin == statement.origin:
        return statement
    return replace(statement, claim=claim, source=source, origin=origin)
