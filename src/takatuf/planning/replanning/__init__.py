"""From an accepted plan and what has happened since to a better one that moves little of it."""

from takatuf.planning.replanning.following import Follower, Wish, wishes_of
from takatuf.planning.replanning.replan import Replanned, ReplanRequest, replan

__all__ = ["Follower", "ReplanRequest", "Replanned", "Wish", "replan", "wishes_of"]
