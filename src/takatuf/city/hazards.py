"""Explosive hazards: which are open, and what they threaten.

A hazard stays open until there is a release document (IMAS 07.11, 09.10) of an accredited
party. No number of reports lifts it, "said to be safe" by anybody changes nothing here, and
nobody can accredit himself: somebody of another command line says so, and nobody denies it.
"""

from dataclasses import dataclass

from takatuf.city.situation import Situation
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.value import Token

STATE_WHERE_UNKNOWN = "suspected_hazardous_area"
LAND_RELEASE = Token("land_release")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A hazard area that is not released."""

    id: ThingId
    name: str
    state: str  # a word of the property `hazard_state`
    located_in: ThingId | None
    threatens: tuple[ThingId, ...]
    area_to_clear_m2: float
    survey_effort_team_days: float
    because_of: tuple[ReportId, ...]
    is_assumption: bool


def open_hazards(situation: Situation) -> tuple[Hazard, ...]:
    """Return every hazard without a release document, in the order of their identities."""
    return tuple(
        _hazard(situation, thing)
        for thing in situation.things("hazard_area")
        if not _is_released(situation, thing)
    )


def _is_released(situation: Situation, hazard: ThingId) -> bool:
    documents = situation.belief(hazard, "release_document").answers
    return any(
        is_accredited(situation, statement.source.organisation)
        for document in documents
        if not document.is_denial
        for statement in document.statements
        if not statement.is_assumption
    )


def is_accredited(situation: Situation, organisation: ThingId) -> bool:
    """Say whether documents of this body can release land, on the day of the situation."""
    answers = situation.belief(organisation, "accredited_for").answers
    meant = [answer for answer in answers if answer.value == LAND_RELEASE]
    lines = situation.weigher.trust.lines
    said_by = [
        statement.source.organisation
        for answer in meant
        for statement in answer.statements
        if not answer.is_denial and not statement.is_assumption
    ]
    is_denied = any(answer.is_denial for answer in meant)
    return not is_denied and any(lines.are_independent(by, organisation) for by in said_by)


def _hazard(situation: Situation, thing: ThingId) -> Hazard:
    state = situation.belief(thing, "hazard_state")
    word = situation.word(thing, "hazard_state")
    return Hazard(
        id=thing,
        name=situation.names.of(thing),
        # "released" without a document is a claim: the area stays as suspected as it was
        state=word if word and word != "released" else STATE_WHERE_UNKNOWN,
        located_in=situation.thing(thing, "located_in"),
        threatens=situation.referred(thing, "hazard_threatens"),
        area_to_clear_m2=situation.number(thing, "area_to_clear") or 0.0,
        survey_effort_team_days=situation.number(thing, "survey_effort") or 0.0,
        because_of=state.because_of,
        is_assumption=state.is_assumption,
    )
