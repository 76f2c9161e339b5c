"""Join members that belong together into groups, whatever the order they are joined in."""

from collections.abc import Hashable
from typing import Generic, TypeVar

Member = TypeVar("Member", bound=Hashable)


class Joining(Generic[Member]):
    """Groups of members (disjoint sets); who is in a group does not depend on the order."""

    def __init__(self) -> None:
        """Begin without members."""
        self._above: dict[Member, Member] = {}

    def add(self, member: Member) -> None:
        """Know a member, alone in its group if it is new."""
        self._above.setdefault(member, member)

    def join(self, one: Member, other: Member) -> None:
        """Put two members, and so their groups, together."""
        self.add(one)
        self.add(other)
        self._above[self.leader(one)] = self.leader(other)

    def leader(self, member: Member) -> Member:
        """Return the member that stands for the group; only good for comparing."""
        self.add(member)
        path = [member]
        while self._above[path[-1]] != path[-1]:
            path.append(self._above[path[-1]])
        for passed in path:
            self._above[passed] = path[-1]
        return path[-1]

    def groups(self) -> tuple[frozenset[Member], ...]:
        """Return every group; in no order that means anything."""
        found: dict[Member, set[Member]] = {}
        for member in self._above:
            found.setdefault(self.leader(member), set()).add(member)
        return tuple(frozenset(group) for group in found.values())
