import io
from dataclasses import replace

from rich.console import Console

from takatuf.actions.weigh_together import (
    GainMade,
    PriceView,
    Question,
    RefusalView,
    ShareView,
    WaitView,
)
from takatuf.cli.printing.gain import MOST_WAITS, print_gain
from takatuf.planning.comparing import range_of


def price(*person_days: float) -> PriceView:
    return PriceView(
        organisation="Board",
        name="comes late",
        person_days=range_of(person_days),
        noise=5_000.0,
        is_clear=min(person_days) > 5_000.0,
    )


NOTHING = GainMade(question=Question.WAYS, seeds=(1, 2), evaluations=1000, ways=(), gains=())


def said(made: GainMade) -> str:
    text = io.StringIO()
    print_gain(Console(file=text, width=120), made)
    return " ".join(text.getvalue().split())


def test_a_price_is_told_from_noise_or_not() -> None:
    prices = (price(9_000.0, 8_000.0), price(9_000.0, 1_000.0), price(-9_000.0))
    shown = said(replace(NOTHING, prices=prices))

    assert "8 (8 to 9) 5: above the noise" in shown
    assert "5 (1 to 9) 5: not told from noise" in shown
    assert "-9 (-9 to -9) 5: no price found" in shown


def test_the_worst_hit_are_named_and_the_rest_counted() -> None:
    wait = WaitView(
        neighbourhood="Near [east]", days=range_of([3.0]), person_days=range_of([900.0])
    )
    refusal = RefusalView(
        price=price(9_000.0), undone=("pipes: no team",), waits=(wait,) * (MOST_WAITS + 2)
    )
    shown = said(replace(NOTHING, refusal=refusal))

    assert "1 tasks that nobody can do then pipes: no team" in shown
    assert "Near [east]" in shown
    assert "and 2 more neighbourhoods" in shown


def test_a_share_of_drawn_orders_has_its_error() -> None:
    share = ShareView(
        organisations=("Board", "Works"),
        person_days=range_of([4_000.0]),
        percent=range_of([40.0]),
        standard_error=2_000.0,
    )
    shown = said(replace(NOTHING, shares=(share,)))

    assert "Board, Works 4 (4 to 4) 40.0 (40.0 to 40.0) 2" in shown
