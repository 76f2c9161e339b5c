"""The teams of the picture: who can be planned with, and who is left out and why."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from takatuf.city.situation import Situation
from takatuf.vocabulary.errors import Problem
from takatuf.vocabulary.identity import ThingId


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team as the picture has it."""

    id: ThingId
    name: str
    organisation: ThingId
    skills: tuple[str, ...]
    base: ThingId
    may_work_in: tuple[ThingId, ...]
    may_do_trunk_works: bool
    daily_output_m2: float | None


def teams_of(situation: Situation, places: Collection[ThingId]) -> tuple[Team, ...]:
    """Return every team that has an organisation, and a base on the road model."""
    return tuple(
        _team(situation, thing, base, organisation)
        for thing in situation.things("team")
        if (base := _base(situation, thing, places)) is not None
        and (organisation := situation.thing(thing, "works_for")) is not None
    )


def teams_left_out(situation: Situation, places: Collection[ThingId]) -> Iterator[Problem]:
    """Find the teams that cannot be planned with, and say what each of them lacks."""
    for thing in situation.things("team"):
        lacks = {
            "an organisation that it works for": situation.thing(thing, "works_for"),
            "a base in a place of the road model": _base(situation, thing, places),
            "a skill": situation.words(thing, "skill") or None,
        }
        for expected, found in lacks.items():
            if found is None:
                yield Problem(
                    code="plan.team-left-out",
                    where=f"team {situation.names.of(thing)}",
                    found="none, or one that is contested",
                    expected=expected,
                    hint="It is given no task.",
                )


def clearance_m2_per_day(teams: Sequence[Team]) -> float | None:
    """Return what clearance teams say they do in a day, on average; None: none of them says."""
    outputs = [t.daily_output_m2 for t in teams if "clearance" in t.skills and t.daily_output_m2]
    return float(np.mean(outputs)) if outputs else None


def _base(situation: Situation, thing: ThingId, places: Collection[ThingId]) -> ThingId | None:
    base = situation.thing(thing, "based_at")
    if base is not None and base not in places:
        base = situation.thing(base, "located_in")
    return base if base in places else None


def _team(situation: Situation, thing: ThingId, base: ThingId, organisation: ThingId) -> Team:
    return Team(
        id=thing,
        name=situation.names.of(thing),
        organisation=organisation,
        skills=situation.words(thing, "skill"),
        base=base,
        may_work_in=situation.referred(thing, "may_work_in"),
        may_do_trunk_works=situation.word(thing, "may_do_trunk_works") == "yes",
        daily_output_m2=situation.number(thing, "daily_output"),
    )
