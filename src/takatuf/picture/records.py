"""The track record of one organisation in one topic, from what was checked on the ground.

A record rests on checked outcomes only, never on how often others agree. It starts weak, at
the mean of its topic, so that a source nobody has checked counts as any other. It belongs to
a topic and not to a side.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from takatuf.picture.bars import deciding_rules

RULES = deciding_rules()
INTERVAL_SHARE = 0.9
CONFIRMED, PARTLY, REFUTED = 1.0, 0.5, 0.0
CANNOT_BE_JUDGED, UNRELIABLE = "F", "E"
LEAST_SOURCES = 2  # one alone shows no difference between sources
MAX_TERMS = 3000  # of the continued fraction: enough for millions of checks
N_HALVINGS = 60  # down to the last bit of a float between 0 and 1
NEARLY_ONE, NEARLY_ZERO = 1e-15, 1e-300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check by somebody independent said of one claim."""

    right: float  # 1 confirmed, 0.5 partly, 0 refuted
    age_days: float = 0.0  # since the check


@dataclass(frozen=True, slots=True)
class Prior:
    """Where the records of a topic start: a mean, and how many checks it is worth."""

    mean: float
    n: float = RULES.records.n_prior


@dataclass(frozen=True, slots=True)
class Record:
    """Decayed counts of what was right, on top of the topic's mean."""

    n: float  # checks, each counted by its age: 1 when fresh, 0.5 after a half-life
    right: float  # of these, the ones that were right
    prior_mean: float
    n_checked: int  # checks whatever their age
    n_prior: float = RULES.records.n_prior

    @property
    def accuracy(self) -> float:
        """Return the mean chance that a statement of this source is right, 0 to 1."""
        return (self.n_prior * self.prior_mean + self.right) / (self.n_prior + self.n)

    def interval(self, share: float = INTERVAL_SHARE) -> tuple[float, float]:
        """Return the range that holds the accuracy with this chance, equal tails left out."""
        a = self.n_prior * self.prior_mean + self.right
        b = self.n_prior + self.n - a
        tail = (1 - share) / 2
        return beta_quantile(a, b, tail), beta_quantile(a, b, 1 - tail)

    @property
    def suggested_letter(self) -> str:
        """Return the letter of the Admiralty scale to suggest; a named person sets it.

        F, cannot be judged, while checks are few; else by the lower end of the interval, so
        that good luck in a few checks does not make a reliable source.
        """
        if self.n_checked < RULES.letters.n_checked:
            return CANNOT_BE_JUDGED
        lower, _ = self.interval()
        reached = (letter for letter, least in RULES.letters.least if lower >= least)
        return next(reached, UNRELIABLE)


def record_of(
    outcomes: Iterable[Outcome],
    prior: Prior,
    half_life_days: float = RULES.records.half_life_days,
) -> Record:
    """Return the record that these outcomes make; their order does not matter.

    Args:
        outcomes: The checked claims of one organisation in one topic.
        prior: Where records of the topic start; see `topic_prior`.
        half_life_days: Age at which a check counts half, above 0. `math.inf` forgets nothing.

    Raises:
        ValueError: An outcome is not within 0 to 1, or its age is below 0; our bug.
    """
    kept = tuple(outcomes)
    n, right = _counts(kept, half_life_days)
    return Record(n, right, prior.mean, len(kept), prior.n)


def topic_mean(
    outcomes: Iterable[Outcome],
    default: float = RULES.records.default_mean,
    half_life_days: float = RULES.records.half_life_days,
) -> float:
    """Return how often statements of the topic are right, whoever makes them.

    Starts from the default as a record does from this mean, so it is never 0 or 1.
    """
    n, right = _counts(tuple(outcomes), half_life_days)
    n_prior = RULES.records.n_prior
    return (n_prior * default + right) / (n_prior + n)


def topic_prior(
    outcomes_by_source: Mapping[str, Collection[Outcome]],
    default: float = RULES.records.default_mean,
    half_life_days: float = RULES.records.half_life_days,
) -> Prior:
    """Return where the records of this topic start: its mean, and how firmly.

    Where the checked sources differ no more than luck would make them, a few checks tell
    little about one of them, and its record stays near the mean. Where they differ much, the
    start is weak. Never below `n_prior`, never above `n_prior_most`.

    Source:
        Moment estimator of the beta-binomial model: J. C. Kleinman (1973), Proportions with
        extraneous variance, JASA 68, 46-54, https://doi.org/10.1080/01621459.1973.10481332.
    """
    counts = [_counts(tuple(o), half_life_days) for o in outcomes_by_source.values() if o]
    outcomes = (one for some in outcomes_by_source.values() for one in some)
    mean = topic_mean(outcomes, default, half_life_days)
    rules = RULES.records
    n = math.fsum(n for n, _ in counts)
    if len(counts) < LEAST_SOURCES or n == 0:
        return Prior(mean)
    pooled = math.fsum(right for _, right in counts) / n
    luck = pooled * (1 - pooled)
    spread = math.fsum((right - m * pooled) ** 2 / m for m, right in counts if m)
    room = n - math.fsum(m * m for m, _ in counts) / n
    excess = spread - luck * (len(counts) - 1)
    if excess <= 0 or room <= 0:
        return Prior(mean, rules.n_prior_most)
    n_start = luck * room / excess - 1
    return Prior(mean, min(max(n_start, rules.n_prior), rules.n_prior_most))


def beta_quantile(a: float, b: float, share: float) -> float:
    """Return the value below which this share of a Beta(a, b) distribution lies.

    Args:
        a: First parameter, above 0.
        b: Second parameter, above 0.
        share: 0 to 1.
    """
    low, high = 0.0, 1.0
    for _ in range(N_HALVINGS):
        middle = (low + high) / 2
        if beta_share_below(a, b, middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_share_below(a: float, b: float, x: float) -> float:
    """Return the share of a Beta(a, b) distribution that lies below x.

    Source:
        Regularised incomplete beta function by its continued fraction, NIST Digital Library
        of Mathematical Functions, 8.17.22, https://dlmf.nist.gov/8.17.E22.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # there the fraction of the mirror image converges faster
        return 1 - beta_share_below(b, a, 1 - x)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(scale + a * math.log(x) + b * math.log1p(-x)) / a
    return front / _continued_fraction(a, b, x)


def _continued_fraction(a: float, b: float, x: float) -> float:
    """Return 1 + d1/(1 + d2/(1 + ...)) by the modified method of Lentz."""
    value, c, d, term = 1.0, 1.0, 0.0, 0
    while term == 0 or (abs(c * d - 1) > NEARLY_ONE and term < MAX_TERMS):
        term += 1
        m = term // 2
        if term % 2:
            factor = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            factor = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / (1 + factor * d or NEARLY_ZERO)
        c = 1 + factor / c or NEARLY_ZERO
        value *= c * d
    return value


def _counts(outcomes: tuple[Outcome, ...], half_life_days: float) -> tuple[float, float]:
    if any(not 0 <= o.right <= 1 or o.age_days < 0 for o in outcomes):
        raise ValueError("an outcome is 0 to 1 and its age not below 0")
    weights = [0.5 ** (outcome.age_days / half_life_days) for outcome in outcomes]
    right = math.fsum(w * o.right for w, o in zip(weights, outcomes, strict=True))
    return math.fsum(weights), right
