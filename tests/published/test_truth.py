"""Figures on real conflicting claims with known truth, as published or measured by others.

The sets are others' work and are not part of the project. They are looked for in
`TAKATUF_TRUTH_DATA`, or in `shared/data/truth` beside the checkout.
"""

import os
from pathlib import Path

import pytest

from benchmarks.truth import crh, lower_median, mean, median, share_near
from benchmarks.truth_methods import check, draw, errors_alike, own, score, vote, vote_with_luck
from benchmarks.truth_sets import AnswerSet, NumberSet, read_set, set_folders

BESIDE = Path(__file__).parents[3] / "shared" / "data" / "truth"
DATA = Path(os.environ.get("TAKATUF_TRUTH_DATA", BESIDE))
EVERY_NTH = 4  # of the birthplaces, where all would take too long here


def answer_set(name: str) -> AnswerSet:
    data = needed(name)
    assert isinstance(data, AnswerSet)
    return data


def number_set(name: str) -> NumberSet:
    data = needed(name)
    assert isinstance(data, NumberSet)
    return data


def needed(name: str) -> AnswerSet | NumberSet:
    if not (DATA / name).is_dir():
        pytest.skip(f"the set {name} is not here: it is others' work and not in the project")
    return read_set(DATA / name)


def test_birthplaces_by_vote() -> None:
    data = answer_set("birthplaces")
    by_luck = score(data, vote_with_luck(data, data.facts))

    assert len(data.facts) == 6005
    assert by_luck.all == pytest.approx(0.709, abs=0.0005)
    assert by_luck.clearer_50 == pytest.approx(0.999, abs=0.0005)
    assert score(data, vote(data, data.facts)).all == pytest.approx(0.787, abs=0.0005)


def test_birthplaces_with_one_in_twenty_checked() -> None:
    data = answer_set("birthplaces")
    checked, others = draw(data, 0.05, seed=0)

    ours = score(data, own(data, others[::EVERY_NTH], check(data, checked)))

    assert ours.all >= 0.88
    assert ours.clearer_50 >= 0.98


def test_birthplaces_with_nothing_checked_gain_by_the_hierarchy() -> None:
    data = answer_set("birthplaces")

    ours = score(data, own(data, data.facts[::EVERY_NTH], check(data, ())))

    assert ours.all >= 0.86


def test_duck_by_vote_and_by_records() -> None:
    data = answer_set("duck")
    scores = []
    for seed in range(10):
        checked, others = draw(data, 0.05, seed)
        scores.append(score(data, own(data, others, check(data, checked))).all)

    assert score(data, vote(data, data.facts)).all == pytest.approx(0.759, abs=0.0005)
    assert sum(scores) / len(scores) >= 0.80
    assert errors_alike(data) == pytest.approx(0.125, abs=0.001)


def test_population_within_one_and_ten_percent() -> None:
    data = number_set("population")

    assert len(data.truth) == 277
    assert share_near(data, mean(data), 0.01) == pytest.approx(0.112, abs=0.0005)
    assert share_near(data, median(data), 0.01) == pytest.approx(0.679, abs=0.0005)
    assert share_near(data, lower_median(data), 0.01) == pytest.approx(0.845, abs=0.0005)
    assert share_near(data, crh(data), 0.01) >= 0.856
    assert share_near(data, crh(data), 0.1) >= 0.924


def test_sets_are_told_by_their_columns(tmp_path: Path) -> None:
    write(
        tmp_path / "a" / "said.csv", 'Value,SRC,obj\n"Paris, old",x,f1\n\nZo\xe9,y,f1\n1.0,y,f2\n'
    )
    write(tmp_path / "a" / "known.csv", 'obj,value\nf1,"Zo\xe9,France"\nf2,1\nf3,2\n')
    write(tmp_path / "b" / "claims.tsv", "c, d_2000\tx\t1,000\t2000\nc, d_2000\ty\tmany\t2000\n")
    write(tmp_path / "b" / "truth.csv", "c, d, 2000, 1001\nunmet, d, 2000, 5\nshort\n")

    answers, numbers = (read_set(folder) for folder in set_folders(tmp_path))

    assert isinstance(answers, AnswerSet)
    assert answers.said["f1"] == {"x": "Paris, old", "y": "Zo\xe9"}
    assert [answers.right_answer(fact) for fact in answers.facts] == ["Zo\xe9", "1"]
    assert isinstance(numbers, NumberSet)
    assert numbers.truth == {"c, d_2000": 1001}
    assert numbers.claims == {"c, d_2000": [("x", 1000)]}


def test_a_hierarchy_says_what_each_name_implies(tmp_path: Path) -> None:
    write(tmp_path / "claims.csv", "obj,src,value\nf,x,York\n")
    write(tmp_path / "truth.csv", 'obj,value\nf,"York,England"\n')
    write(
        tmp_path / "tree.csv",
        "ID,name,parentID\n0,Root,-1\n1,England,0\n2,York,1\n3,Ontario,0\n4,York,3\n",
    )

    data = read_set(tmp_path)

    assert isinstance(data, AnswerSet)
    assert data.implies == {"York": {"England", "Ontario"}}


def test_a_folder_without_truth_is_refused_by_name(tmp_path: Path) -> None:
    write(tmp_path / "half" / "claims.csv", "obj,src,value\nf,x,York\n")

    with pytest.raises(ValueError, match="half: no table of claims and one of truths"):
        read_set(tmp_path / "half")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("latin-1"))
