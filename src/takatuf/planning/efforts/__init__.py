"""How much work a task is: what was reported, else a rule in data; and what records teach."""

from takatuf.planning.efforts.estimating import Estimator, estimator_for
from takatuf.planning.efforts.learning import Learnt, Record, learn
from takatuf.planning.efforts.ranges import Basis, Effort, quantile_of
from takatuf.planning.efforts.rules import Rule, Rules, load_rules

__all__ = [
    "Basis",
    "Effort",
    "Estimator",
    "Learnt",
    "Record",
    "Rule",
    "Rules",
    "estimator_for",
    "learn",
    "load_rules",
    "quantile_of",
]
