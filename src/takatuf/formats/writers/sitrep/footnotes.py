"""The rows behind each figure as numbered notes; figures with the same rows share a note.

Long notes are cut, and say by how much: the whole list goes into a table of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from takatuf.formats.writers.sitrep.content import SitrepContent, SourceRows

REPORT_ID_LENGTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """How much of the rows a report prints; what it leaves out it counts."""

    max_reports: int = 24  # identities for an organisation in one note
    max_runs: int = 24  # of rows next to each other, such as 5-14
    max_organisations: int = 40  # in one note
    max_places: int = 30  # in the table of places and sectors
    notes_by_cell: bool = True  # of that table; else a note for each place


# From the fullest to the shortest: a report takes the first that fits.
DETAILS = (
    Detail(),
    Detail(max_reports=8),
    Detail(max_reports=0),
    Detail(max_reports=0, max_runs=12, notes_by_cell=False),
    Detail(max_reports=0, max_runs=4, max_organisations=20, notes_by_cell=False),
    Detail(max_reports=0, max_runs=2, max_organisations=12, notes_by_cell=False),
    Detail(max_reports=0, max_runs=1, max_organisations=8, notes_by_cell=False),
    Detail(max_reports=0, max_runs=1, max_organisations=4, max_places=20, notes_by_cell=False),
    Detail(max_reports=0, max_runs=1, max_organisations=4, max_places=12, notes_by_cell=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteGroup:
    """The rows of one organisation in one file, ready to be printed."""

    organisation: str
    file: str
    rows: str  # "5-14, 16"
    n_rows: int
    n_rows_unlisted: int
    reports: tuple[str, ...]  # shortened identities, in the order of the rows
    n_reports_unlisted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A numbered note."""

    number: int
    groups: tuple[NoteGroup, ...]
    n_organisations_unlisted: int
    n_rows_unlisted: int  # of those organisations


class Notes:
    """The notes of a report, numbered as they are first referred to."""

    def __init__(self, detail: Detail, only_file: str = "") -> None:
        """Start without notes; the name of the only file, if there is but one, is left out."""
        self._detail, self._only_file = detail, only_file
        self._number_by_rows: dict[tuple[SourceRows, ...], int] = {}
        self._notes: list[Note] = []

    def number(self, rows: tuple[SourceRows, ...]) -> int:
        """Return the number of the note for these rows; 0 where there are none."""
        if not rows:
            return 0
        known = self._number_by_rows.get(rows)
        if known is not None:
            return known
        number = len(self._notes) + 1
        self._number_by_rows[rows] = number
        self._notes.append(self._note(number, rows))
        return number

    def all(self) -> tuple[Note, ...]:
        """Return the notes in the order of their numbers."""
        return tuple(self._notes)

    def _note(self, number: int, rows: tuple[SourceRows, ...]) -> Note:
        unlisted = rows[self._detail.max_organisations :]
        return Note(
            number=number,
            groups=tuple(self._group(group) for group in rows[: self._detail.max_organisations]),
            n_organisations_unlisted=len({group.organisation for group in unlisted}),
            n_rows_unlisted=sum(len(group.rows) for group in unlisted),
        )

    def _group(self, group: SourceRows) -> NoteGroup:
        runs = row_runs(group.rows)
        identities = [one for reports in group.reports for one in reports.split()]
        reports = tuple(dict.fromkeys(one[:REPORT_ID_LENGTH] for one in identities))
        return NoteGroup(
            organisation=group.organisation,
            file="" if group.file == self._only_file else group.file,
            rows=", ".join(
                f"{a}-{b}" if b > a else f"{a}" for a, b in runs[: self._detail.max_runs]
            ),
            n_rows=len(group.rows),
            n_rows_unlisted=sum(b - a + 1 for a, b in runs[self._detail.max_runs :]),
            reports=reports[: self._detail.max_reports],
            n_reports_unlisted=max(len(reports) - self._detail.max_reports, 0),
        )


def only_file(content: SitrepContent) -> str:
    """Return the name of the file that all rows are of, or "" where they are of several."""
    files = {group.file for _, groups in _figures(content) for group in groups}
    return files.pop() if len(files) == 1 else ""


def merged(parts: Iterable[tuple[SourceRows, ...]]) -> tuple[SourceRows, ...]:
    """Return the rows of several figures as those of one, each row once, most rows first."""
    found: dict[tuple[str, str], dict[int | None, tuple[str, str]]] = {}
    for group in (group for part in parts for group in part):
        rows = found.setdefault((group.organisation, group.file), {})
        rows.update({row: (activity, report) for row, activity, report in group.by_row()})
    groups = [
        _group_of(*source, {row: beside for row, beside in rows.items() if row is not None})
        for source, rows in found.items()
    ]
    return tuple(sorted(groups, key=lambda one: (-len(one.rows), one.organisation, one.file)))


def _group_of(organisation: str, file: str, rows: Mapping[int, tuple[str, str]]) -> SourceRows:
    ordered = sorted(rows)
    return SourceRows(
        organisation=organisation,
        file=file,
        rows=tuple(ordered),
        activities=tuple(rows[row][0] for row in ordered),
        reports=tuple(rows[row][1] for row in ordered),
    )


def row_runs(rows: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the runs of rows that follow one another, each with its first and last."""
    ordered = sorted(set(rows))
    if not ordered:
        return ()
    breaks = [at for at, (one, next_) in enumerate(pairwise(ordered), 1) if next_ > one + 1]
    starts, ends = [0, *breaks], [*breaks, len(ordered)]
    return tuple((ordered[a], ordered[b - 1]) for a, b in zip(starts, ends, strict=True))


def rows_table(content: SitrepContent) -> list[dict[str, object]]:
    """Return every row behind every figure, uncut: the table that goes beside the report."""
    table: list[dict[str, object]] = []
    for figure, groups in _figures(content):
        for group in groups:
            table += [
                {
                    "figure": figure,
                    "organisation": group.organisation,
                    "file": group.file,
                    "row": row,
                    "activity": activity,
                    "report": report,
                }
                for row, activity, report in group.by_row()
            ]
    return table


def _figures(content: SitrepContent) -> Iterator[tuple[str, tuple[SourceRows, ...]]]:
    for section in content.sections:
        for figure in section.figures:
            yield f"{section.title}: {figure.label}", figure.rows
    for cell in content.summary.cells if content.summary else ():
        yield f"{cell.place}: {cell.sector}", cell.rows
    for contested in content.contested:
        for answer in contested.answers:
            yield f"{contested.about}: {answer.value}", answer.rows
