"""Decisions that two organisations are one, and that they are two after all.

A decision names who took it, when and why. It never changes what was entered; the latest
decision about a pair holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from takatuf.activities.organisations.organisations import Organisation, Organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Somebody decided that two entries are one organisation."""

    kept: str  # the identity that stands for both from now on
    merged: str
    by: str
    on: str  # a day, ISO
    why: str = ""

    def apply(self, known: Organisations) -> Organisations:
        """Return the register with `merged` standing for `kept`.

        Raises:
            ValueError: One of the two is not in the register, they are the same entry, or
                `kept` is itself taken for `merged`: whoever asks must look again.
        """
        pair = _both(known, self.kept, self.merged)
        if known.current_ids[self.kept] == self.merged:
            raise ValueError(f"{self.kept} is already taken for {self.merged}")
        return known.joined([replace(pair[1], merged_into=self.kept)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """Somebody decided that two entries are two organisations: a merge is taken back."""

    kept: str
    merged: str
    by: str
    on: str
    why: str = ""

    def apply(self, known: Organisations) -> Organisations:
        """Return the register in which `merged` stands for itself again.

        Raises:
            ValueError: One of the two is not in the register, or they are the same entry.
        """
        pair = _both(known, self.kept, self.merged)
        return known.joined([replace(pair[1], merged_into="")])


Decision = Merge | Separation


def decided(known: Organisations, decisions: Iterable[Decision]) -> Organisations:
    """Return the register after these decisions, in their order."""
    for decision in decisions:
        known = decision.apply(known)
    return known


def _both(known: Organisations, kept: str, merged: str) -> tuple[Organisation, Organisation]:
    for identity in (kept, merged):
        if identity not in known.by_id:
            raise ValueError(f"{identity} is not in the register")
    if kept == merged:
        raise ValueError(f"{kept} is one entry, not two")
    return known.by_id[kept], known.by_id[merged]
