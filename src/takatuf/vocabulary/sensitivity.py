"""How much harm a disclosure could do: four classes, in order.

Source: OCHA Data Responsibility Guidelines (2021), information and data sensitivity
classification: low, moderate, high, severe. Ours are named by who may see them.
"""

from enum import IntEnum


class Sensitivity(IntEnum):
    """Who may see a value; derived data take the highest class of what they rest on."""

    PUBLIC = 0  # low: everybody
    RESTRICTED = 1  # moderate: member organisations
    CONFIDENTIAL = 2  # high: those who need to know
    SEVERE = 3  # severe: named people

    @classmethod
    def from_word(cls, word: str) -> "Sensitivity":
        """Return the class of that name in small letters.

        Raises:
            KeyError: No class has that name; whoever reads input checks first.
        """
        return cls[word.upper()]

    @property
    def word(self) -> str:
        """The name as it stands in files, in small letters."""
        return self.name.lower()


DEFAULT_WHERE_UNKNOWN = Sensitivity.CONFIDENTIAL
