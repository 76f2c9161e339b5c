"""From a figure, or from a rule where there is none, to the effort a plan reckons with."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from takatuf.city.situation import Situation
from takatuf.planning.efforts.learning import Learnt, learn
from takatuf.planning.efforts.ranges import Basis, Effort, quantile_of
from takatuf.planning.efforts.records import records_of
from takatuf.planning.efforts.rules import UNITS, Rule, Rules, load_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimator:
    """Estimates work by figures, rules and what was learnt."""

    rules: Rules
    learnt: tuple[Learnt, ...]
    quantile: float  # of a prior's range, above 0 and below 1: what is planned with

    @property
    def ratios(self) -> Mapping[str, float]:
        """Actual over expected work, by skill; skills without a record are missing."""
        return {one.skill: one.ratio for one in self.learnt if one.worker is None}

    def by_figure(self, skill: str, team_days: float, *, is_assumption: bool) -> Effort:
        """Return the effort of a figure that somebody gave, in team-days."""
        spread = self.rules.assumed if is_assumption else self.rules.reported
        expected = team_days * self.ratios.get(skill, 1.0)
        return Effort(
            low=spread.low * expected,
            likely=spread.likely * expected,
            high=spread.high * expected,
            planned_days=expected,
            basis=Basis.ASSUMED if is_assumption else Basis.REPORTED,
            source=spread.source,
        )

    def by_rule(self, rule: Rule, amount: float = 1.0) -> Effort:
        """Return the effort by a rule.

        Args:
            rule: Its ranges are for one of its units.
            amount: Of what is to be done, in the first unit of the rule's: m2, km, people, things.
        """
        times = amount / UNITS[rule.per] * self.ratios.get(rule.skill, 1.0)
        low, likely, high = rule.low * times, rule.likely * times, rule.high * times
        planned = quantile_of(*(np.array(figure) for figure in (low, likely, high, self.quantile)))
        return Effort(
            low=low,
            likely=likely,
            high=high,
            planned_days=float(planned),
            basis=Basis.PRIOR,
            source=rule.source,
        )


def estimator_for(situation: Situation, quantile: float) -> Estimator:
    """Return the estimator of a picture on its day, with the rules that the package ships."""
    rules = load_rules()
    learnt = learn(records_of(situation), rules.prior_records)
    return Estimator(rules=rules, learnt=learnt, quantile=quantile)
