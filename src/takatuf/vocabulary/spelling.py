"""The nearest known word, offered to a person and never taken by itself."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a question that offers up to three known words, or "" where none is near."""
    found = get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(found)}?" if found else ""
