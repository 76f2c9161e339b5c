"""Exact search in small windows of a plan."""

from takatuf.planning.solvers.windows.polishing import Polished, polish

__all__ = ["Polished", "polish"]
