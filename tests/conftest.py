"""Fixture policy: the smallest that has what a test needs; inline before shared.

Nothing here reads a clock, a network or a user's home. Random cases are derandomised and few
by default; `HYPOTHESIS_PROFILE=long` makes them many.
"""

import os

from hypothesis import settings

settings.register_profile("quick", max_examples=40, derandomize=True, deadline=None)
settings.register_profile("long", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
