"""Which names may be two spellings of one."""

import pytest

from takatuf.activities.organisations.likeness import alike_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wold Vision Internationale", "World Vision Internationale"),
        ("Help Hilfe zur Selbsthilfe", "Help Hilfe zur Seibsthilfe"),
        ("Association for Aid to Children", "Association of Aid for Children"),
    ],
)
def test_names_that_differ_by_a_slip_or_a_small_word_are_alike(one: str, other: str) -> None:
    assert alike_in([one], [other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Action contre la Faim Espagne", "Action contre la Faim France"),
        ("Group 12 for development", "Group 13 for development"),
        ("HOPE", "HOPA"),
        ("Same Name", "same name"),
    ],
)
def test_names_with_a_word_of_their_own_are_not_alike(one: str, other: str) -> None:
    assert not alike_in([one], [other])


def test_many_names_are_compared_with_those_of_the_same_beginning() -> None:
    names = ["Bright Future", "Aright Future"]
    (pair,) = alike_in(names, ["Bright Futture"], most=1)
    assert (pair.left, pair.right) == (0, 0)
    assert len(alike_in(names, ["Bright Futture"])) == 2


def test_nothing_is_alike_to_nothing() -> None:
    assert alike_in([], ["x"]) == alike_in(["x"], []) == ()


def test_names_in_two_scripts_are_alike_by_what_is_heard() -> None:
    (pair,) = alike_in(["Qitaf Ighatha", "Hope"], ["قطاف للإغاثة", "أمل"])
    assert pair.across_scripts
    assert (pair.left, pair.right) == (0, 0)
