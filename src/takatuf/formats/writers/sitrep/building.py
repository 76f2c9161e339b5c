"""Build a situation report from the frames of the register, each figure with its rows.

Figures come counted, with their rule and their range; organisations, activities and places
are counted here only where nobody did. Nothing is added up over sectors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from takatuf.activities.counting.reached import PEOPLE
from takatuf.activities.counting.sectors import sectors
from takatuf.formats.writers.maps import MapContent
from takatuf.formats.writers.maps.texts import Texts
from takatuf.formats.writers.sitrep.changes import changes_between
from takatuf.formats.writers.sitrep.content import (
    Access,
    Changes,
    Contested,
    Figure,
    HazardCount,
    Reporting,
    Section,
    SitrepContent,
)
from takatuf.formats.writers.sitrep.missing import reporting_of
from takatuf.formats.writers.sitrep.rows import (
    ORGANISATION,
    PLACE,
    SECTORS,
    source_rows,
    with_needed_columns,
)
from takatuf.formats.writers.sitrep.summing import summary_of
from takatuf.formats.writers.sitrep.view import PACKAGE

# What a blank means where it is not that a figure is missing.
_BLANK_WORDS = {
    "organisations": "no_organisation",
    "activities": "no_activity",
    "places": "no_place",
}
_NAMING_COLUMNS = {"organisations": "organisation_key", "places": PLACE}
# The columns that state a figure, as `reached_of` reads them.
_PEOPLE_COLUMNS = {
    figure: tuple(name for name in (new, *totals) if name)
    for figure, (new, totals) in PEOPLE.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands over a report."""

    place: str
    as_of: str
    known: str
    language: str
    audience: str
    made_by: str
    title: str = ""  # "" for "Situation report: PLACE"
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted of the same rows; None where nobody counted it."""

    reached: pl.DataFrame | None = None  # of `reached_of`, in all
    by_sector: pl.DataFrame | None = None  # of `reached_of`, by ``sector_word``
    matrix: pl.DataFrame | None = None  # of `matrix_of`
    due: pl.DataFrame | None = None  # of `due_of`


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """What the register knows beside the activities."""

    earlier: pl.DataFrame | None = None  # the activities of the report before
    earlier_day: str = ""
    contested: tuple[Contested, ...] = ()
    hazards: tuple[HazardCount, ...] = ()
    access: tuple[Access, ...] = ()
    map: MapContent | None = None
    not_included: tuple[str, ...] = ()
    organisation_names: Mapping[str, str] = field(default_factory=dict)  # by identity


def sitrep_of(
    frame: pl.DataFrame, counted: Counted, head: Head, further: Further | None = None
) -> SitrepContent:
    """Return the situation report of the activities in a frame.

    Args:
        frame: An activity frame, already redacted for the audience.
        counted: People reached, the matrix, and who was due.
        head: Title, place, days, language.
        further: Contradictions, hazards, access, the map, the report before.

    Raises:
        ValueError: There are no texts in the language.
    """
    further = further or Further()
    words = Texts(PACKAGE, head.language)
    full = with_needed_columns(frame)
    labels = _sector_labels(full, words)
    names = _organisation_names(full) | dict(further.organisation_names)
    due = counted.due
    reporting = reporting_of(due, head.as_of, names) if due is not None else None
    sections = [_headline(full, counted.reached, reporting, words)]
    if counted.by_sector is not None:
        sections.append(_by_sector(full, counted.by_sector, labels, words))
    return SitrepContent(
        title=head.title or words("built.title", place=head.place),
        place=head.place,
        as_of=head.as_of,
        known=head.known,
        language=head.language,
        audience=head.audience,
        made_by=head.made_by,
        sections=tuple(section for section in sections if section.figures),
        reporting=reporting,
        summary=summary_of(full, counted.matrix, labels, words),
        contested=further.contested,
        hazards=further.hazards,
        access=further.access,
        changes=_changes(full, further, words),
        map=further.map,
        not_included=further.not_included,
        licence=head.licence,
    )


def _headline(
    full: pl.DataFrame, reached: pl.DataFrame | None, reporting: Reporting | None, words: Texts
) -> Section:
    n_late = len(reporting.missing) if reporting else 0
    late = (words("built.late", count=words.number(n_late)),) if n_late else ()
    if reached is None:
        figures = _counts(full, late, words)
    else:
        figures = [
            _figure(full, row, words.of("amount", str(row["figure"])), late, words)
            for row in _stated(reached).iter_rows(named=True)
        ]
    return Section(title=words("built.headline"), figures=tuple(figures))


def _counts(full: pl.DataFrame, late: tuple[str, ...], words: Texts) -> list[Figure]:
    has_activity = full["activity"].null_count() < full.height
    counts = (
        ("organisations", "organisation_key", "organisations_rule", "no_organisation"),
        ("activities", "activity_key", "activities_rule" if has_activity else "rows_rule", ""),
        ("places", PLACE, "places_rule", "no_place"),
    )
    figures = []
    for word, column, rule, blank in counts:
        n_blank = full[column].null_count()
        said = (words(f"built.{blank}", count=words.number(n_blank)),) if n_blank else ()
        n_found = float(full[column].drop_nulls().n_unique())
        figures.append(
            Figure(
                label=words(f"built.{word}"),
                lowest=n_found,
                highest=n_found,
                rule=words(f"built.{rule}"),
                not_included=(*said, *late),
                rows=source_rows(full, pl.col(column).is_not_null()),
            )
        )
    return figures


def _by_sector(
    full: pl.DataFrame, by_sector: pl.DataFrame, labels: Mapping[str, str], words: Texts
) -> Section:
    people = _stated(by_sector.filter(pl.col("figure").is_in(list(PEOPLE))))
    n_kinds = people["figure"].n_unique()
    figures = []
    for row in people.iter_rows(named=True):
        word = row["sector_word"]
        label = labels.get(word or "", words("built.no_sector_name"))
        if n_kinds > 1:
            label = f"{label}: {words.of('amount', row['figure'])}"
        mine = full.filter(
            pl.col(SECTORS).list.contains(word) if word else pl.col(SECTORS).is_null()
        )
        figures.append(_figure(mine, row, label, (), words))
    return Section(
        title=words("built.by_sector"), figures=tuple(figures), note=words("built.sector_note")
    )


def _stated(counted: pl.DataFrame) -> pl.DataFrame:
    # A figure that no group states was not asked for; one that some state is shown for all.
    return counted.filter(pl.col("n_stated").sum().over("figure") > 0)


def _figure(
    rows: pl.DataFrame,
    counted: Mapping[str, object],
    label: str,
    not_included: tuple[str, ...],
    words: Texts,
) -> Figure:
    word = str(counted["figure"])
    is_people = word in PEOPLE and "households" not in word
    return Figure(
        label=label,
        lowest=_number(counted["lowest"]),
        highest=_number(counted["highest"]),
        unit=words("built.people") if is_people else "",
        rule=str(counted[f"rule_{words.language}"]),
        not_included=(*_left_out(counted, words), *not_included),
        rows=source_rows(rows, _stating(word, rows)),
    )


def _stating(figure: str, rows: pl.DataFrame) -> pl.Expr | None:
    # Which rows say something of a figure; None: all of them.
    if figure in _NAMING_COLUMNS:
        return pl.col(_NAMING_COLUMNS[figure]).is_not_null()
    columns = [name for name in _PEOPLE_COLUMNS.get(figure, ()) if name in rows.columns]
    if not columns:
        return None
    amounts = pl.col(*columns).cast(pl.Float64, strict=False)  # a withheld one is a text
    return pl.any_horizontal(amounts.is_not_null())


def _left_out(counted: Mapping[str, object], words: Texts) -> tuple[str, ...]:
    blank = _BLANK_WORDS.get(str(counted["figure"]), "no_amount")
    counts = ((blank, "n_blank"), ("unknown", "n_unknown"), ("withheld", "n_withheld"))
    found = ((word, _number(counted[column])) for word, column in counts)
    return tuple(words(f"built.{word}", count=words.number(n)) for word, n in found if n)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _sector_labels(full: pl.DataFrame, words: Texts) -> dict[str, str]:
    found = full[SECTORS].explode(empty_as_null=True).drop_nulls().unique().sort()
    known = sectors()
    return {word: known[word].labels[words.language] if word in known else word for word in found}


def _organisation_names(full: pl.DataFrame) -> dict[str, str]:
    named = full.select("organisation_key", ORGANISATION).drop_nulls()
    return dict(named.unique("organisation_key", keep="first", maintain_order=True).iter_rows())


def _changes(full: pl.DataFrame, further: Further, words: Texts) -> Changes | None:
    if further.earlier is None:
        return None
    before = with_needed_columns(further.earlier)
    lines = changes_between(before, full, words)
    return Changes(since=further.earlier_day, lines=lines)
