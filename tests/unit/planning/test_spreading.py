import pytest

from takatuf.planning.comparing import spread
from takatuf.planning.comparing.spreading import gain_percent
from tests.builders_comparing import two_roads
from tests.builders_planning import two_banks


def test_every_gain_is_of_two_plans_of_one_seed_and_ranged_over_seeds() -> None:
    found = spread(two_roads().problem(), 40, (1, 2, 3))
    by_name = {way.name: way for way in found.ways}

    assert list(by_name) == ["alone", "observant", "shared", "together"]
    for gain in found.gains:
        other, joint = by_name[gain.over].by_seed, by_name["together"].by_seed
        expected = [100 * (1 - j / o) for o, j in zip(other, joint, strict=True)]
        assert gain.by_seed == pytest.approx(expected)
        assert 0 <= gain.percent.low <= gain.percent.middle <= gain.percent.high
    assert by_name["together"].by_seed[0] == 101 * (8 + 3 * 48) + 100 * (4 + 3 * 5)
    assert found.gains[0].percent.middle >= found.gains[2].percent.middle


def test_the_middle_seed_has_the_middle_joint_plan() -> None:
    found = spread(two_banks().problem(), 20, (1, 2, 3))
    joint = [one.together.served.person_days for one in found.tried]

    assert found.middle.together.served.person_days == sorted(joint)[1]


def test_progress_runs_through_all_seeds() -> None:
    told: list[tuple[int, int]] = []

    spread(two_banks().problem(), 300, (1, 2), lambda done, total, _: told.append((done, total)))

    assert told == sorted(told)
    assert told[-1] == (2400, 2400)


def test_where_nothing_was_to_be_saved_nothing_is() -> None:
    assert gain_percent(0.0, 0.0) == 0.0
