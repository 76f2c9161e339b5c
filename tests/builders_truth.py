"""Invented sets of conflicting claims: who is right is known, because it was drawn."""

import random
from collections import defaultdict

from benchmarks.truth_sets import AnswerSet
from takatuf.picture.bars import Bars
from takatuf.picture.deciding import Vote

EASY_BARS = Bars(chance=0.8, n_origins=2, n_checked=5, measured_error=0.02)
CITY_IN_STATE = {"Los Angeles": ("California", "USA"), "California": ("USA",)}


def votes(*said: str, accuracy: float = 0.8, n_checked: int = 20) -> list[Vote]:
    """Return a vote for each; "not X" denies X."""
    return [
        Vote(answer.removeprefix("not "), accuracy, answer.startswith("not "), n_checked)
        for answer in said
    ]


def an_answer_set(said: dict[str, dict[str, str]], **more: object) -> AnswerSet:
    """Return a set in which the true answer of each fact is "true"."""
    fields: dict[str, object] = {"path": dict.fromkeys(said, ("true",)), **more}
    return AnswerSet("invented", said, **fields)  # type: ignore[arg-type]  # by name, as given


def sources_that_copy(seed: int, n_facts: int = 250) -> AnswerSet:
    """Return six good sources, and twenty that copy one bad one nine times of ten."""
    rng = random.Random(seed)  # noqa: S311 (invented claims)
    said: dict[str, dict[str, str]] = {}
    for fact in range(n_facts):
        good = {f"good {n}": _one_of(rng, 0.9) for n in range(6)}
        bad = _one_of(rng, 0.55)
        copies = {f"copy {n}": bad if rng.random() < 0.9 else _one_of(rng, 0.55) for n in range(20)}
        asked = {**good, **copies}
        said[f"fact {fact}"] = {s: a for s, a in asked.items() if rng.random() < 0.7}
    return an_answer_set({fact: by for fact, by in said.items() if by})


def sources_met_once(seed: int, n_facts: int = 400) -> AnswerSet:
    """Return claims of over a thousand sources, most of them met once or twice."""
    rng = random.Random(seed)  # noqa: S311 (invented claims)
    frequency = [1 / (n + 1) ** 0.8 for n in range(1500)]
    accuracy = [rng.betavariate(1.6, 1.4) for _ in frequency]
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for _ in range(6 * n_facts):
        (source,) = rng.choices(range(len(frequency)), frequency)
        fact = f"fact {rng.randrange(n_facts)}"
        said[fact][f"source {source}"] = _one_of(rng, accuracy[source])
    return an_answer_set(dict(said))


def workers_with_a_leaning(seed: int, n_facts: int = 600) -> AnswerSet:
    """Return yes or no from workers of whom each leans to one of the two; "yes" is rare."""
    rng = random.Random(seed)  # noqa: S311 (invented claims)
    leaning = {f"worker {n}": (rng.choice(("yes", "no")), rng.random() * 0.5) for n in range(60)}
    said: dict[str, dict[str, str]] = {}
    path: dict[str, tuple[str, ...]] = {}
    for number in range(n_facts):
        fact, truth = f"fact {number}", rng.choices(("yes", "no"), (0.25, 0.75))[0]
        path[fact], said[fact] = (truth,), {}
        for worker in rng.sample(sorted(leaning), 5):
            leant, how_much = leaning[worker]
            wrong = "no" if truth == "yes" else "yes"
            honest = truth if rng.random() < 0.85 else wrong
            said[fact][worker] = leant if rng.random() < how_much else honest
    return an_answer_set(said, path=path, n_alternatives=2)


def _one_of(rng: random.Random, accuracy: float) -> str:
    return "true" if rng.random() < accuracy else f"wrong {rng.randrange(4)}"
