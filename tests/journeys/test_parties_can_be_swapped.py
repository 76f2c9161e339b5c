"""Swap two organisations in the whole record of the shipped city: the results swap, no more."""

import os
import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from takatuf.picture.belief import Belief
from takatuf.picture.fold import fold
from takatuf.picture.picture import Picture, Topic
from takatuf.picture.weighing import Weigher
from takatuf.reports.register import Entry
from takatuf.reports.report import Claim, Report
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.things.schema import Weighing
from takatuf.vocabulary.value import Reference, Value
from takatuf.workspace.demonstration import DemoMade
from takatuf.workspace.workspace import open_workspace

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
N_SWAPS = 1_000 if IS_LONG else 2
Swap = Mapping[ThingId, ThingId]


@pytest.fixture(scope="module")
def entries(aleppo: DemoMade) -> tuple[Entry, ...]:
    workspace = open_workspace(aleppo.folder)
    found = tuple(workspace.parts.register.entries())
    workspace.close()
    return found


def swapped_value(value: Value, swap: Swap) -> Value:
    return Reference(swap.get(value.thing, value.thing)) if isinstance(value, Reference) else value


def swapped_claim(claim: Claim, swap: Swap) -> Claim:
    thing = swap.get(claim.thing, claim.thing)
    return replace(claim, thing=thing, value=swapped_value(claim.value, swap))


def swapped(report: Report, swap: Swap) -> Report:
    body = report.source.organisation
    return replace(
        report,
        source=replace(report.source, organisation=swap.get(body, body)),
        origin=swap.get(ThingId(report.origin), report.origin),
        claims=tuple(swapped_claim(claim, swap) for claim in report.claims),
    )


def outline(belief: Belief, swap: Swap) -> tuple[object, ...]:
    """What a belief says, with the two names swapped back, and nothing of identities."""
    answers = {
        (repr(swapped_value(a.value, swap)), a.is_denial, a.n_origins,
         None if a.chance is None else round(a.chance, 9))
        for a in belief.answers
    }  # fmt: skip
    is_all = load_vocabulary().properties[belief.property].weighing is Weighing.ALL
    value, act_on = (  # where all values hold at once, the first is only the first in the list
        None if found is None or is_all else swapped_value(found, swap)
        for found in (belief.value, belief.act_on)
    )
    return belief.status, value, act_on, belief.since, belief.estimate, frozenset(answers)


def touched(picture: Picture, swap: Swap) -> list[Topic]:
    return [
        topic
        for topic, statements in picture.statements.items()
        if topic[0] in swap
        or any(
            s.source.organisation in swap
            or s.origin in swap
            or s.claim.value in [Reference(body) for body in swap]
            for s in statements
        )
    ]


def test_swapping_two_organisations_swaps_the_results_and_changes_nothing_else(
    entries: tuple[Entry, ...],
) -> None:
    vocabulary, dice = load_vocabulary(), random.Random(1)  # noqa: S311 - a test's dice
    plain = Weigher(fold(entries), vocabulary)
    speakers = sorted({e.report.source.organisation for e in entries})
    bodies = [body for body in speakers if type_of(body) == "organisation"]
    for _ in range(N_SWAPS):
        one, other = dice.sample(bodies, 2)
        swap = {one: other, other: one}
        turned = [replace(e, report=swapped(e.report, swap)) for e in entries]
        weigher = Weigher(fold(turned), vocabulary)
        for thing, name in touched(plain.picture, swap):
            if name in vocabulary.properties:
                there = weigher.belief(swap.get(thing, thing), name)
                here = plain.belief(thing, name)
                assert outline(there, swap) == outline(here, {}), (one, other, thing, name)
