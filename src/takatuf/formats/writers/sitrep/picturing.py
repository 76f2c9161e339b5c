"""What the shared picture adds to a situation report: contradictions, access, hazards."""

from collections.abc import Iterable

from takatuf.formats.city_report import Answer as AnswerView
from takatuf.formats.city_report import BeliefView, Name
from takatuf.formats.writers.maps.symbols import HAZARD_STATES, drawn_state
from takatuf.formats.writers.sitrep.content import (
    Access,
    Answer,
    Contested,
    HazardCount,
    SourceRows,
)

_DIFFERING = ("contested", "prevailing")


def contested_of(beliefs: Iterable[BeliefView], language: str) -> tuple[Contested, ...]:
    """Return the beliefs on which sources differ, each with all its answers.

    Args:
        beliefs: Of the shared picture, redacted for the reader.
        language: Of the labels; what somebody said stays as it was said.
    """
    return tuple(
        Contested(
            about=_about(belief, language),
            answers=tuple(_answer(answer, language) for answer in belief.answers),
            note=belief.reason,
        )
        for belief in beliefs
        if belief.status in _DIFFERING
    )


def access_of(beliefs: Iterable[BeliefView], language: str) -> tuple[Access, ...]:
    """Return each answer on access with who gives it; where they differ, a line for each.

    Args:
        beliefs: On access only, redacted for the reader.
        language: Of the labels.
    """
    return tuple(
        Access(
            place=_named(belief.name, language),
            state=_value(answer, language),
            since=belief.since,
            said_by="; ".join(_who(answer)),
        )
        for belief in beliefs
        for answer in belief.answers
    )


def hazards_of(areas: Iterable[tuple[str, str]]) -> tuple[HazardCount, ...]:
    """Return how many hazardous areas stand in each state, the most dangerous first.

    Args:
        areas: For each its state, in the words of IMAS, and the place it lies in or "". A
            state that is not known counts as suspected.
    """
    places: dict[str, list[str]] = {state: [] for state in HAZARD_STATES}
    for state, place in areas:
        places[drawn_state(state)].append(place)
    return tuple(
        HazardCount(state=state, n_areas=len(found), places=tuple(sorted({*found} - {""})))
        for state, found in places.items()
        if found
    )


def _about(belief: BeliefView, language: str) -> str:
    name = _named(belief.name, language)
    label = belief.label.in_language(language)
    return f"{label}: {name}" if name else label


def _answer(answer: AnswerView, language: str) -> Answer:
    by_source: dict[str, list[str]] = {}
    for voice in answer.voices:
        if voice.report:
            by_source.setdefault(voice.who, []).append(voice.report)
    return Answer(
        value=_value(answer, language),
        said_by=_who(answer),
        rows=tuple(
            SourceRows(organisation=who, rows=(), reports=tuple(dict.fromkeys(reports)))
            for who, reports in by_source.items()
        ),
    )


def _value(answer: AnswerView, language: str) -> str:
    return answer.label.in_language(language) if answer.label else answer.value


def _who(answer: AnswerView) -> tuple[str, ...]:
    return tuple(dict.fromkeys(voice.who for voice in answer.voices))


def _named(name: Name, language: str) -> str:
    return (name.ar or name.en) if language == "ar" else (name.en or name.ar)
