"""A situation report in words: what the page and the print show, each text ready to be set.

Both outlets draw this and nothing else, so they cannot say different things.
"""

from collections import Counter
from dataclasses import dataclass

from takatuf.formats.writers.maps.texts import Texts
from takatuf.formats.writers.sitrep.content import (
    Cell,
    Figure,
    HazardCount,
    MissingOrganisation,
    Reporting,
    Section,
    SitrepContent,
    Summary,
)
from takatuf.formats.writers.sitrep.footnotes import Detail, Note, Notes, merged, only_file

PACKAGE = "takatuf.formats.writers.sitrep"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure as it is printed."""

    label: str
    value: str
    unit: str
    is_number: bool
    how: str  # "" where the section says it
    not_included: tuple[str, ...]
    note: int  # 0: no rows are known


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """Figures under one title."""

    title: str
    note: str
    how: str  # the rule of all its figures; "" where they have rules of their own
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A cell of the table of places and sectors; all blank where nobody is."""

    counts: str = ""
    people: str = ""
    overlaps: str = ""
    note: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryView:
    """The table of places and sectors."""

    sectors: tuple[str, ...]
    lines: tuple[tuple[str, int, tuple[CellView, ...]], ...]  # place, its note, its cells
    how: str  # "" where the section says it
    not_included: tuple[str, ...]
    shortened: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingView:
    """Who is missing: a sentence, and the organisations with period, due day and lateness."""

    sentence: str
    effect: str
    lines: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardsView:
    """What is recorded of hazards; the warning always stands with it."""

    lead: str
    lines: tuple[tuple[str, str, str], ...]  # state word, the count in words, the places
    warning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestedView:
    """A question with its answers: value, who says it, note."""

    about: str
    note: str
    answers: tuple[tuple[str, tuple[str, ...], int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitrepView:
    """The whole report in words."""

    language: str
    direction: str
    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[SectionView, ...]
    missing: MissingView
    hazards: HazardsView
    changes: tuple[str, tuple[str, ...]]
    summary: SummaryView | None
    contested: tuple[ContestedView, ...]
    access: tuple[tuple[str, str, str, str], ...]
    not_included: tuple[str, ...]
    notes: tuple[Note, ...]
    file: str  # that all rows are of; "" where they are of several
    licence: str
    has_map: bool


def view_of(content: SitrepContent, detail: Detail) -> SitrepView:
    """Return the report in words.

    Args:
        content: What to say.
        detail: How much of the rows behind the figures to print.

    Raises:
        ValueError: There are no texts in the content's language.
    """
    words = Texts(PACKAGE, content.language)
    file = only_file(content)
    notes = Notes(detail, file)
    sections = tuple(_section(section, notes, words) for section in content.sections)
    summary = _summary(content.summary, (notes, detail), words) if content.summary else None
    contested = tuple(
        ContestedView(
            about=one.about,
            note=one.note,
            answers=tuple((a.value, a.said_by, notes.number(a.rows)) for a in one.answers),
        )
        for one in content.contested
    )
    return SitrepView(
        language=content.language,
        direction=words.direction,
        title=content.title,
        facts=_facts(content, words),
        sections=sections,
        missing=_missing(content.reporting, words),
        hazards=_hazards(content.hazards, words),
        changes=_changes(content, words),
        summary=summary,
        contested=contested,
        access=tuple((a.place, a.state, a.since, a.said_by) for a in content.access),
        not_included=content.not_included,
        notes=notes.all(),
        file=file,
        licence=content.licence,
        has_map=content.map is not None,
    )


def count_text(lowest: float | None, highest: float | None, words: Texts) -> str:
    """Return a count, or its range in words; "" where nobody reported it."""
    if lowest is None or highest is None:
        return ""
    if lowest == highest:
        return words.number(lowest)
    return words("figure.range", lowest=words.number(lowest), highest=words.number(highest))


def _facts(content: SitrepContent, words: Texts) -> tuple[tuple[str, str], ...]:
    facts = (
        (words("head.place"), content.place),
        (words("head.as_of"), words.day(content.as_of)),
        (words("head.known"), words.day(content.known)),
        (words("head.made_by"), content.made_by),
        (words("head.audience"), words.of("audience", content.audience)),
    )
    return tuple((label, value) for label, value in facts if value)


def _section(section: Section, notes: Notes, words: Texts) -> SectionView:
    # A rule that all figures share stands above them, once.
    rules = {figure.rule for figure in section.figures}
    shared = rules.pop() if len(rules) == 1 and len(section.figures) > 1 else ""
    return SectionView(
        title=section.title,
        note=section.note,
        how=shared,
        figures=tuple(_figure(figure, shared, notes, words) for figure in section.figures),
    )


def _figure(figure: Figure, shared_rule: str, notes: Notes, words: Texts) -> FigureView:
    value = count_text(figure.lowest, figure.highest, words)
    left_out = figure.not_included
    is_number = bool(value) and not figure.is_withheld
    if figure.is_withheld:
        value, left_out = words("figure.withheld"), (words("figure.withheld_note"), *left_out)
    elif not value:
        value, left_out = words("figure.unknown"), (words("figure.unknown_note"), *left_out)
    return FigureView(
        label=figure.label,
        value=value,
        unit=figure.unit if is_number else "",
        is_number=is_number,
        how="" if shared_rule else figure.rule,
        not_included=left_out,
        note=0 if figure.is_withheld else notes.number(figure.rows),
    )


def _missing(reporting: Reporting | None, words: Texts) -> MissingView:
    if reporting is None:
        return MissingView(sentence=words("missing.no_calendar"), effect="", lines=())
    if not reporting.missing:
        return MissingView(sentence=words("missing.none"), effect="", lines=())
    lines = tuple(
        (
            one.name,
            one.period,
            one.due_on,
            _lateness(one, words),
        )
        for one in reporting.missing
    )
    share = words(
        "missing.share",
        reported=words.number(reporting.n_reported),
        due=words.number(reporting.n_due),
    )
    return MissingView(sentence=share, effect=words("missing.effect"), lines=lines)


def _lateness(one: MissingOrganisation, words: Texts) -> str:
    days = "" if one.n_days_late is None else words.number(one.n_days_late)
    said = words("missing.silent") if one.is_silent or not days else ""
    return words("list.semicolon").join(text for text in (days, said) if text)


def _hazards(hazards: tuple[HazardCount, ...], words: Texts) -> HazardsView:
    lines = tuple(
        (
            one.state,
            words(
                "hazards.line",
                state=words.of("hazard", one.state),
                count=words.number(one.n_areas),
            ),
            words("hazards.where", places=words.listed(one.places)) if one.places else "",
        )
        for one in hazards
    )
    return HazardsView(
        lead=words("hazards.lead" if lines else "hazards.none"),
        lines=lines,
        warning=words("hazards.warning"),
    )


def _changes(content: SitrepContent, words: Texts) -> tuple[str, tuple[str, ...]]:
    if content.changes is None:
        return words("changes.first"), ()
    since = words("changes.since", day=words.day(content.changes.since))
    return since, content.changes.lines or (words("changes.none"),)


def _summary(summary: Summary, noting: tuple[Notes, Detail], words: Texts) -> SummaryView:
    cells = {(cell.place, cell.sector): cell for cell in summary.cells}
    notes, detail = noting
    places = _busiest(summary, detail.max_places)
    lines = []
    for place in places:
        here = [cells.get((place, sector)) for sector in summary.sectors]
        rows = [cell.rows for cell in here if cell]
        note = 0 if detail.notes_by_cell else notes.number(merged(rows))
        shown = tuple(_cell(c, notes if detail.notes_by_cell else None, words) for c in here)
        lines.append((place, note, shown))
    n_all = len(summary.places)
    counts = {"shown": words.number(len(places)), "all": words.number(n_all)}
    return SummaryView(
        sectors=summary.sectors,
        lines=tuple(lines),
        how=summary.rule,
        not_included=summary.not_included,
        shortened=words("summary.shortened", **counts) if n_all > len(places) else "",
    )


def _busiest(summary: Summary, max_places: int) -> tuple[str, ...]:
    if len(summary.places) <= max_places:
        return summary.places
    n_activities: Counter[str] = Counter()
    for cell in summary.cells:
        n_activities[cell.place] += cell.n_activities
    ranked = sorted(summary.places, key=lambda place: (-n_activities[place], place))
    kept = set(ranked[:max_places])
    return tuple(place for place in summary.places if place in kept)


def _cell(cell: Cell | None, notes: Notes | None, words: Texts) -> CellView:
    if cell is None:
        return CellView()
    counts = {
        "organisations": words.number(cell.n_organisations),
        "activities": words.number(cell.n_activities),
    }
    return CellView(
        counts=words("summary.counts", **counts),
        people=count_text(cell.lowest, cell.highest, words),
        overlaps=words("summary.overlaps", count=words.number(cell.n_overlaps))
        if cell.n_overlaps
        else "",
        note=notes.number(cell.rows) if notes else 0,
    )
