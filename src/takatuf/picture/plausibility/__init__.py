"""Plausibility: questions that the record itself raises, and never a verdict."""

from takatuf.picture.plausibility.asking import doubts_of
from takatuf.picture.plausibility.doubt import Doubt, DoubtKind
from takatuf.picture.plausibility.rules import load_rules

__all__ = ["Doubt", "DoubtKind", "doubts_of", "load_rules"]
