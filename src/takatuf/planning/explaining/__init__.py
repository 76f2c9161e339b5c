"""Why this plan, and how firm it is: reasons, what-ifs, other weights, other answers."""

from takatuf.planning.explaining.reasons import Reason, in_words, reasons_of
from takatuf.planning.explaining.waiting import WaitsFor

__all__ = ["Reason", "WaitsFor", "in_words", "reasons_of"]
