"""What acting together is worth, and to whom: ways to plan, all judged by the one simulator."""

from takatuf.planning.comparing.delaying import Delay, Delays, Meanwhile, delays
from takatuf.planning.comparing.equity import Equity, equity_of, waiting_days
from takatuf.planning.comparing.keys import Planned, keys_of, planned
from takatuf.planning.comparing.observing import observant
from takatuf.planning.comparing.one_by_one import Effort, planning_order
from takatuf.planning.comparing.pricing import Change, Price, Reference, changes_of, price_of
from takatuf.planning.comparing.ranges import Range, range_of
from takatuf.planning.comparing.refusing import LongerWait, Refusal, refusal_of
from takatuf.planning.comparing.sharing import Share, Shares, blocs_of, shares_of
from takatuf.planning.comparing.spreading import GainSpread, Spread, WaySpread, spread
from takatuf.planning.comparing.trying import Tried, try_ways
from takatuf.planning.comparing.ways import Comparison, Way, compare

__all__ = [
    "Change",
    "Comparison",
    "Delay",
    "Delays",
    "Effort",
    "Equity",
    "GainSpread",
    "LongerWait",
    "Meanwhile",
    "Planned",
    "Price",
    "Range",
    "Reference",
    "Refusal",
    "Share",
    "Shares",
    "Spread",
    "Tried",
    "Way",
    "WaySpread",
    "blocs_of",
    "changes_of",
    "compare",
    "delays",
    "equity_of",
    "keys_of",
    "observant",
    "planned",
    "planning_order",
    "price_of",
    "range_of",
    "refusal_of",
    "shares_of",
    "spread",
    "try_ways",
    "waiting_days",
]
