"""Ways of deciding between answers, each scored on the same facts: vote, peers, and our own.

Where a method finds several answers equally good, the right one among them counts its share:
no luck in the order of a file helps or harms.
"""

import importlib
import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from benchmarks.truth_sets import AnswerSet
from takatuf.picture.deciding import Vote, chances
from takatuf.picture.records import Outcome, Record, record_of, topic_prior

SHARES = (1.0, 0.8, 0.5)  # all facts, and the clearer ones
FEWEST_CHECKS_TO_COMPARE = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """What a method made of one fact."""

    best: frozenset[str]  # more than one where they are equally good
    clarity: tuple[float, ...]  # the greater, the surer


@dataclass(frozen=True, slots=True)
class Score:
    """The share of right answers: of all facts, and of the clearer 80 % and 50 %."""

    all: float
    clearer_80: float
    clearer_50: float


Answers = Mapping[str, Answered]
Method = Callable[[AnswerSet, Collection[str]], Answers]


def score(data: AnswerSet, answers: Answers) -> Score:
    """Return the share of right answers."""
    points = [
        (answered.clarity, (data.right_answer(fact) in answered.best) / len(answered.best))
        for fact, answered in answers.items()
    ]
    points.sort(key=lambda point: point[0], reverse=True)
    kept = (points[: max(1, round(share * len(points)))] for share in SHARES)
    return Score(*(math.fsum(point for _, point in some) / len(some) for some in kept))


def vote(data: AnswerSet, facts: Collection[str]) -> Answers:
    """Return the answers that most sources give."""
    return {fact: _voted(data.said[fact]) for fact in facts}


def vote_with_luck(data: AnswerSet, facts: Collection[str]) -> Answers:
    """Return the same, but of equal answers the one read last wins: a common accident."""
    answers = {}
    for fact in facts:
        shared = _voted(data.said[fact])
        in_order = dict.fromkeys(data.said[fact].values())  # by first mention
        last = [answer for answer in in_order if answer in shared.best][-1]
        answers[fact] = Answered(frozenset({last}), shared.clarity)
    return answers


def _voted(said: Mapping[str, str]) -> Answered:
    counts = Counter(said.values())
    most = max(counts.values())
    best = frozenset(answer for answer, count in counts.items() if count == most)
    return Answered(best, (most / len(said), most))


def dawid_skene(data: AnswerSet, facts: Collection[str]) -> Answers:
    """Return the answers of crowd-kit's Dawid-Skene.

    Raises:
        ImportError: crowd-kit is not installed.
    """
    aggregation = importlib.import_module("crowdkit.aggregation")
    pandas = importlib.import_module("pandas")
    rows = [(f, s, a) for f, by in data.said.items() for s, a in by.items()]
    table = pandas.DataFrame(rows, columns=["task", "worker", "label"])
    found = aggregation.DawidSkene(n_iter=100).fit_predict_proba(table)
    labels = list(found.columns)
    chance_of = {task: dict(zip(labels, row, strict=True)) for task, *row in found.itertuples()}
    return {fact: _likeliest(chance_of[fact]) for fact in facts}


@dataclass(frozen=True, slots=True)
class Sources:
    """What is known of the sources: their records, and where a record starts."""

    records: Mapping[str, Record]
    start: Record

    def of(self, source: str) -> Record:
        """Return the record of a source; one that nobody checked is at the start."""
        return self.records.get(source, self.start)


def check(data: AnswerSet, facts: Collection[str]) -> Sources:
    """Return the records that checking these facts gives; a true general answer is right."""
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for fact in facts:
        for source, answer in data.said[fact].items():
            outcomes[source].append(Outcome(float(data.is_true(fact, answer))))
    prior = topic_prior(outcomes)
    records = {source: record_of(some, prior) for source, some in outcomes.items()}
    return Sources(records, record_of((), prior))


def draw(data: AnswerSet, share: float, seed: int) -> tuple[list[str], list[str]]:
    """Return the facts to check and the others to score, drawn by chance."""
    facts = sorted(data.facts)
    checked = set(random.Random(seed).sample(facts, round(share * len(facts))))  # noqa: S311
    return [f for f in facts if f in checked], [f for f in facts if f not in checked]


def own(data: AnswerSet, facts: Collection[str], sources: Sources) -> Answers:
    """Return what our deciding finds, every source being an origin of its own."""
    return {
        fact: _likeliest(chances(votes_on(data, fact, sources), *_rules(data)).exact)
        for fact in facts
    }


def votes_on(data: AnswerSet, fact: str, sources: Sources) -> list[Vote]:
    """Return the claims on a fact as votes."""
    return [
        Vote(answer, sources.of(source).accuracy, n_checked=sources.of(source).n_checked)
        for source, answer in data.said[fact].items()
    ]


def errors_alike(data: AnswerSet) -> float:
    """Return how the errors of two sources on one fact correlate, over all facts with truth."""
    sources = check(data, data.facts)
    moments: list[tuple[float, float]] = []
    for fact in data.facts:
        met = [
            (data.is_true(fact, answer), sources.of(source).accuracy)
            for source, answer in data.said[fact].items()
            if sources.of(source).n_checked >= FEWEST_CHECKS_TO_COMPARE
        ]
        for (is_right, a), (is_other_right, b) in combinations(met, 2):
            together = (is_right - a) * (is_other_right - b)
            moments.append((together, math.sqrt(a * (1 - a) * b * (1 - b))))
    scale = math.fsum(scale for _, scale in moments)
    return math.fsum(together for together, _ in moments) / scale if scale else math.nan


def _rules(data: AnswerSet) -> tuple[int | None, Mapping[str, frozenset[str]]]:
    return data.n_alternatives, data.implies


def _likeliest(chance_of: Mapping[str, float]) -> Answered:
    most = max(chance_of.values())
    best = (a for a, chance in chance_of.items() if math.isclose(chance, most, rel_tol=1e-9))
    return Answered(frozenset(best), (most,))


METHODS: Mapping[str, Method] = {
    "plain vote, ties shared": vote,
    "plain vote, a tie to the answer read last": vote_with_luck,
    "Dawid-Skene (crowd-kit)": dawid_skene,
}
