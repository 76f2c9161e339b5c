from math import inf

import pytest

from takatuf.city.power import PowerPart, alternatives_of, works_from
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.identity import ThingId


def part(name: str, *supplies: str) -> PowerPart:
    """A part; each supply is names joined by +."""
    sets = tuple(frozenset(ThingId(each) for each in s.split("+") if each) for s in supplies)
    return PowerPart(ThingId(name), sets)


GRID = (
    part("clinic", "feeder", "generator+tank"),
    part("feeder", "substation"),
    part("substation", "line-east", "line-west"),
    part("line-east"),
    part("line-west"),
    part("generator"),
    part("tank"),
)


def days(parts: tuple[PowerPart, ...], **own: float) -> dict[str, float]:
    named = {ThingId(name.replace("_", "-")): day for name, day in own.items()}
    return {str(name): day for name, day in works_from(parts, named).items()}


def test_a_part_works_with_the_first_of_its_supplies() -> None:
    found = days(GRID, line_east=30.0, line_west=20.0, feeder=25.0, generator=3.0, tank=5.0)

    assert (found["substation"], found["feeder"], found["clinic"]) == (20, 25, 5)


def test_a_part_waits_for_its_own_repair() -> None:
    assert days(GRID, clinic=50.0)["clinic"] == 50


def test_without_any_supply_nothing_works() -> None:
    found = days(GRID, line_east=inf, line_west=inf, tank=inf)

    assert found["feeder"] == inf
    assert found["clinic"] == inf


def test_a_ring_feeds_itself_only_when_a_source_feeds_it() -> None:
    ring = (part("a", "b", "grid"), part("b", "a"), part("grid"))

    assert days(ring, grid=7.0) == {"a": 7, "b": 7, "grid": 7}
    assert days(ring, grid=inf)["b"] == inf


def test_alternatives_are_numbered_after_all_that_feeds_them() -> None:
    found = alternatives_of(GRID)

    number = {str(name): at for at, name in enumerate(found.ids)}
    clinic, feeder = number["clinic"], number["feeder"]
    added = number["clinic-supply-2"]
    assert set(found.any_of[clinic]) == {feeder, added}
    assert found.all_of[clinic] == ()
    assert found.all_of[added] == tuple(sorted((number["generator"], number["tank"])))
    assert found.all_of[feeder] == (number["substation"],)
    assert found.any_of[number["substation"]] == (number["line-east"], number["line-west"])
    assert found.own[added] == -1
    assert [GRID[own].id for own in found.own if own >= 0] == [
        name for name, own in zip(found.ids, found.own, strict=True) if own >= 0
    ]
    for at in range(len(found.ids)):
        assert all(before < at for before in (*found.all_of[at], *found.any_of[at]))


def test_walking_the_numbers_gives_the_same_days() -> None:
    own = {"line-east": 4.0, "line-west": 9.0, "feeder": 6.0, "generator": 2.0, "tank": 8.0}
    found = alternatives_of(GRID)
    walked: list[float] = []
    for at, name in enumerate(found.ids):
        after = [walked[each] for each in found.all_of[at]]
        first = min((walked[each] for each in found.any_of[at]), default=0.0)
        walked.append(max([own.get(name, 0.0), first, *after]))

    expected = works_from(GRID, {ThingId(name): day for name, day in own.items()})
    assert {name: walked[at] for at, name in enumerate(found.ids) if found.own[at] >= 0} == expected


def test_a_ring_is_explained_where_a_planner_needs_an_order() -> None:
    with pytest.raises(InputError) as caught:
        alternatives_of((part("a", "b"), part("b", "a", "c"), part("c")))

    assert [(p.code, p.where) for p in caught.value.problems] == [
        ("network.power-ring", "a"),
        ("network.power-ring", "b"),
    ]


def test_parts_that_nobody_described_are_explained_all_at_once() -> None:
    with pytest.raises(InputError) as caught:
        works_from((part("a", "x+y"), part("a"), part("b", "")), {})

    assert [problem.code for problem in caught.value.problems] == [
        "network.unknown-supply",
        "network.unknown-supply",
        "network.empty-supply",
        "network.part-twice",
    ]
