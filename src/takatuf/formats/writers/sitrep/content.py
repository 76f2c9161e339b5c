"""What a situation report says: plain values in one language, each figure with its rows.

It is redacted before it comes here, and it names no person: whoever wants to reach an
organisation asks its cluster. Nothing in it calls a place free of hazards.
"""

from dataclasses import dataclass

from takatuf.formats.writers.maps import MapContent


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRows:
    """The rows that one organisation gave in one file, side by side with what they became.

    A statement that was no row of a file has no rows, only its reports.
    """

    organisation: str
    file: str = ""  # as its sender calls it; "" where only one file is meant
    rows: tuple[int, ...]  # numbers in the sheet
    activities: tuple[str, ...] = ()  # one for each row: "activity/..."
    reports: tuple[str, ...] = ()  # one for each row: 64 hex digits, or several joined by " "

    def by_row(self) -> tuple[tuple[int | None, str, str], ...]:
        """Return row, activity and reports side by side; the row is None for a statement."""
        n = len(self.rows) or len(self.reports)
        rows = self.rows or (None,) * n
        blank = ("",) * n
        beside = zip(rows, self.activities or blank, self.reports or blank, strict=True)
        return tuple(beside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure, or the range from the lowest to the highest honest count."""

    label: str
    lowest: float | None  # None: nobody reported it, which is not zero
    highest: float | None
    unit: str = ""
    rule: str  # how it was counted
    not_included: tuple[str, ...] = ()
    rows: tuple[SourceRows, ...] = ()
    is_withheld: bool = False  # known, and not shown to this audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Figures that are read together, such as those of a sector."""

    title: str
    figures: tuple[Figure, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Who does what in one place and one sector."""

    place: str
    sector: str
    n_organisations: int
    n_activities: int
    lowest: float | None = None  # people reached
    highest: float | None = None
    n_overlaps: int = 0  # activities that two or more organisations tell of in one period
    rows: tuple[SourceRows, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The 4W by place and sector; a place and a sector without a cell have no activity."""

    sectors: tuple[str, ...]
    places: tuple[str, ...]
    cells: tuple[Cell, ...]
    rule: str
    not_included: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One of the answers to a contested question, and who gives it."""

    value: str
    said_by: tuple[str, ...]
    rows: tuple[SourceRows, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A question that sources answer differently; none of the answers is chosen here."""

    about: str
    answers: tuple[Answer, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingOrganisation:
    """An organisation that was due to report and has not."""

    name: str
    period: str
    due_on: str = ""
    n_days_late: int | None = None  # None: not known
    is_silent: bool = False  # nothing of it was received for any period


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """Who was to report, who did, and who is missing from every figure."""

    n_due: int
    n_reported: int
    missing: tuple[MissingOrganisation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardCount:
    """How many hazardous areas stand in one state, in the words of IMAS."""

    state: str  # "suspected", "confirmed", "work", "completed" or "released"
    n_areas: int
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who can go where, as somebody said it."""

    place: str
    state: str
    since: str = ""
    said_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is different from an earlier report."""

    since: str  # its day
    lines: tuple[str, ...]  # whole sentences; none: nothing changed


@dataclass(frozen=True, slots=True, kw_only=True)
class SitrepContent:
    """A situation report."""

    title: str
    place: str
    as_of: str  # true when: the ISO day or month that the figures are for
    known: str  # known when: what had been received by then counts
    language: str  # "en" or "ar"
    audience: str  # "public" or "partners"
    made_by: str  # an organisation, no person
    sections: tuple[Section, ...]
    reporting: Reporting | None = None  # None: nobody keeps a calendar of who is due
    summary: Summary | None = None
    contested: tuple[Contested, ...] = ()
    hazards: tuple[HazardCount, ...] = ()
    access: tuple[Access, ...] = ()
    changes: Changes | None = None  # None: there is no earlier report
    map: MapContent | None = None
    not_included: tuple[str, ...] = ()
    licence: str = ""
