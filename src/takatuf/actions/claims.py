"""The claims of a register, read once and kept up with it."""

from dataclasses import dataclass, field

from takatuf.picture.columns import ClaimTable
from takatuf.reports.register import Register


@dataclass(slots=True)
class Claims:
    """What was read of a register so far; each asking reads only what came since.

    Derived and never stored: whoever loses it reads the register again.
    """

    register: Register
    _table: ClaimTable = field(default_factory=ClaimTable)

    def table(self) -> ClaimTable:
        """Return all claims of the register as it is now."""
        self._table = self._table.caught_up(self.register.forms(self._table.position))
        return self._table
