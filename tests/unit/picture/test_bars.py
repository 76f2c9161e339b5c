import pytest

from takatuf.picture.bars import deciding_rules, read_rules
from takatuf.picture.records import Prior


def test_the_shipped_bars_ask_for_more_than_one_origin_and_for_checks() -> None:
    bars = deciding_rules().prevailing

    assert 0.9 <= bars.chance < 1
    assert bars.n_origins >= 2
    assert bars.n_checked >= 1
    assert 0 < bars.measured_error < 0.05


def test_the_letters_are_those_of_the_admiralty_scale_best_first() -> None:
    letters = deciding_rules().letters.least

    assert [letter for letter, _ in letters] == ["A", "B", "C", "D"]
    assert [least for _, least in letters] == sorted((n for _, n in letters), reverse=True)


def test_a_record_starts_with_four_checks_worth_of_the_topics_mean() -> None:
    assert Prior(0.7).n == 4
    assert deciding_rules().records.n_prior_most > 4


def test_a_missing_table_is_our_bug() -> None:
    with pytest.raises(KeyError, match="letters"):
        read_rules({})
