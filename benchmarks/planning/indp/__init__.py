"""Restoring four networks of Shelby County that need one another: together and apart."""

from benchmarks.planning.indp.running import main

__all__ = ["main"]
