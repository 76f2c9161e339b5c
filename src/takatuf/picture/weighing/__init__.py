"""What can be believed: statements on one question, weighed by rules that know no party."""

from takatuf.picture.weighing.weigher import Weigher, weigh

__all__ = ["Weigher", "weigh"]
