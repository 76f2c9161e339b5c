"""Labels stand beside their points, and none covers another."""

from hypothesis import given
from hypothesis import strategies as st

from takatuf.formats.writers.maps.ground import Box
from takatuf.formats.writers.maps.labelling import Wish, place_labels

WITHIN = Box(0, 0, 400, 300)


def a_wish(x: float, y: float, keep_off: float = 5.0) -> Wish:
    return Wish(x, y, keep_off, ((80.0, 30.0), (40.0, 15.0)))


def overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


coordinates = st.integers(min_value=0, max_value=40).map(lambda n: float(10 * n))
wishes = st.lists(
    st.builds(a_wish, coordinates, coordinates, st.sampled_from([0.0, 5.0])), max_size=25
)


@given(wishes)
def test_no_label_covers_another_or_a_point_or_leaves_the_map(wished: list[Wish]) -> None:
    dots = [Box(wish.x - 5, wish.y - 5, 10, 10) for wish in wished if wish.keep_off]

    boxes = [spot.box for spot in place_labels(wished, dots, WITHIN) if spot]

    for number, box in enumerate(boxes):
        assert not any(overlap(box, other) for other in boxes[:number])
        assert not any(overlap(box, dot) for dot in dots)
        assert box.left >= WITHIN.left
        assert box.top >= WITHIN.top
        assert box.right <= WITHIN.right
        assert box.bottom <= WITHIN.bottom


def test_the_first_spot_is_to_the_right_and_the_fullest_form_is_taken() -> None:
    (spot,) = place_labels([a_wish(100, 100)], [], WITHIN)

    assert spot is not None
    assert spot.form == 0
    assert spot.box.left > 100
    assert not spot.needs_line


def test_a_label_on_an_area_lies_in_its_middle() -> None:
    (spot,) = place_labels([a_wish(100, 100, keep_off=0)], [], WITHIN)

    assert spot is not None
    assert spot.box == Box(60, 85, 80, 30)


def test_without_room_nearby_a_line_leads_to_the_label_and_crosses_no_other() -> None:
    around = [Box(40, 60, 48, 80), Box(112, 60, 48, 80), Box(88, 60, 24, 28), Box(88, 112, 24, 28)]

    (spot,) = place_labels([Wish(100, 100, 5.0, ((50.0, 20.0),))], [around[0], around[2]], WITHIN)
    (blocked,) = place_labels([Wish(100, 100, 5.0, ((50.0, 20.0),))], around, WITHIN)

    assert spot is not None
    assert blocked is None or not blocked.needs_line


def test_a_full_map_leaves_the_least_important_without_a_label() -> None:
    spots = place_labels([a_wish(60, 60)] * 60, [], Box(0, 0, 160, 120))

    assert spots[0] is not None
    assert spots[0].form == 0
    assert spots[-1] is None
    assert 1 in {spot.form for spot in spots if spot}
