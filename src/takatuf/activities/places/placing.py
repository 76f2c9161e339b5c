"""Say where each row of a table is, against a gazetteer or, without one, by the table itself."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from takatuf.activities.places.alone.checking import check_alone
from takatuf.activities.places.alone.gaps import check_gaps
from takatuf.activities.places.checks import (
    LEVELS,
    Checked,
    code_word,
    counted,
    local_word,
    name_word,
    pcode_word,
)
from takatuf.activities.places.coordinates import (
    LAT,
    LON,
    Around,
    check_coordinates,
)
from takatuf.activities.places.deciding import Aliases, Decider
from takatuf.activities.places.faults import fault_frame, mapping_frame
from takatuf.activities.places.gazetteers.centres import usual_points
from takatuf.activities.places.gazetteers.gazetteer import Gazetteer
from takatuf.activities.places.gazetteers.index import PlaceIndex
from takatuf.activities.places.matching import Matched, match_table
from takatuf.activities.places.spelling.codes import country_in
from takatuf.activities.places.spelling.countries import Country, countries, country_of
from takatuf.activities.places.versions import check_versions
from takatuf.activities.questions import Answers, Question, in_order
from takatuf.activities.tables import ERROR_CELLS
from takatuf.vocabulary.errors import Problem

_PLACE_COLUMNS = [*map(pcode_word, LEVELS), "place_label"]


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """Where the rows of a table are, and what stands in the way of knowing it."""

    frame: pl.DataFrame  # the table's, with `adm1_pcode` to `adm4_pcode` and `place_label`
    faults: pl.DataFrame  # as `FAULTS`
    questions: tuple[Question, ...]
    mapping: pl.DataFrame  # as `MAPPING`: what was read as something else than it says
    notes: tuple[Problem, ...] = ()  # of columns as a whole


def match_places(
    frame: pl.DataFrame,
    entered: pl.DataFrame,
    columns: Mapping[str, str],
    gazetteer: Gazetteer | None,
    aliases: Aliases | None = None,
    answers: Answers | None = None,
) -> PlaceMatch:
    """Return the places of a table's rows; no row is refused, and no likeness is accepted.

    Args:
        frame: An activity frame.
        entered: The same as it was entered, row by row.
        columns: The letter of each word of the frame.
        gazetteer: The places to match by; without one, the table is only compared with itself.
        aliases: Codes learnt before, by level, code above ("" for none) and `place_key`.
        answers: Given so far; a question that is answered is not asked again.
    """
    given = answers or {}
    cleaned = _cleaned(frame)
    columns = _with_local(columns)
    index = gazetteer.index if gazetteer is not None else PlaceIndex((), ())
    older = gazetteer.older if gazetteer is not None else ()
    decider = Decider(index, older, aliases, given)
    matched = match_table(cleaned, columns, index, decider)
    uncovered = tuple(level for level in LEVELS if level not in index.levels)
    checks = [
        *check_alone(cleaned, entered, columns, uncovered, given),
        check_gaps(cleaned, entered, columns, LEVELS),
        check_versions(cleaned, columns, gazetteer),
    ]
    placed = cleaned.with_columns(place=_place(matched, index))
    points, checked = check_coordinates(placed, entered, columns, _around(placed, index), given)
    checks.append(checked)
    return PlaceMatch(
        frame=_filled(frame, matched, points, checks),
        faults=fault_frame([matched.faults, *(each.faults for each in checks)]),
        questions=in_order((*matched.questions, *(q for each in checks for q in each.questions))),
        mapping=mapping_frame([matched.mapping, *(each.mapping for each in checks)]),
        notes=(*_elsewhere(matched, columns), *(note for each in checks for note in each.notes)),
    )


def _cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the words of places without error cells and outer spaces; these are blank here.

    A name in the local language stands in where the other is blank.
    """
    words = [word(level) for level in (0, *LEVELS) for word in (code_word, name_word, local_word)]
    present = [word for word in words if word in frame.columns]
    texts = (pl.col(word).cast(pl.String).str.strip_chars() for word in present)
    kept = (pl.when(~text.is_in([*ERROR_CELLS, ""])).then(text) for text in texts)
    plain = frame.with_columns(text.alias(word) for text, word in zip(kept, present, strict=True))
    for level in LEVELS:
        if local_word(level) in present:
            names = [word for word in (name_word(level), local_word(level)) if word in present]
            plain = plain.with_columns(pl.coalesce(names).alias(name_word(level)))
    return plain


def _with_local(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the letters, with a name's local column where there is no other."""
    local = {
        name_word(level): columns[local_word(level)]
        for level in LEVELS
        if local_word(level) in columns
    }
    return local | dict(columns)


def _filled(
    frame: pl.DataFrame, matched: Matched, points: pl.DataFrame, checks: list[Checked]
) -> pl.DataFrame:
    """Return the table's frame with what is known now; spellings and points only as answered."""
    taken: dict[str, dict[str, str]] = {}
    for each in checks:
        for word, spellings in each.spellings.items():
            taken.setdefault(word, {}).update(spellings)
    rest = frame.drop(*_PLACE_COLUMNS, strict=False)
    named = rest.with_columns(
        pl.col(word).str.strip_chars().replace(dict(spellings))
        for word, spellings in taken.items()
        if word in rest.columns
    )
    label = matched.frame["place_label"]
    if "place_name" in frame.columns:
        label = frame.select(
            pl.concat_str(pl.col("place_name"), label, separator=", ", ignore_nulls=True)
        ).to_series()
        label = label.replace("", None)
    return named.with_columns(
        *points.get_columns(),
        *matched.frame.drop("place_label").get_columns(),
        label.alias("place_label"),
    )


def _place(matched: Matched, index: PlaceIndex) -> pl.Series:
    """Return where a row's point is expected: its smallest place with a middle, or its label."""
    known = index.centres["place"].to_list()
    codes = (pl.col(pcode_word(level)) for level in reversed(LEVELS))
    with_middle = (pl.when(code.is_in(known)).then(code) for code in codes)
    return matched.frame.select(place=pl.coalesce(*with_middle, "place_label")).to_series()


def _around(frame: pl.DataFrame, index: PlaceIndex) -> Around:
    """Return where points are expected: by the country, the gazetteer, and the table's others."""
    if LAT not in frame.columns or LON not in frame.columns:
        return Around()
    land = _country(frame, index)
    others = frame.filter(~pl.col("place").is_in(index.centres["place"].implode()))
    return Around(
        frame=land.frame if land else None,
        country=land.names["en"] if land else "",
        centres=pl.concat([index.centres, usual_points(others)]),
        label=lambda place: index.label(place) if place in index.places else f"“{place}”",
    )


def _country(frame: pl.DataFrame, index: PlaceIndex) -> Country | None:
    """Return the one country of a table, by its gazetteer, its own columns or its codes."""
    if len(index.countries) == 1:
        return countries()[next(iter(index.countries))]
    words = [word for word in (code_word(0), name_word(0)) if word in frame.columns]
    stated = {
        land.alpha_2
        for word in words
        for text in frame[word].unique().drop_nulls()
        for land in [country_of(text)]
        if land is not None
    }
    coded = {
        country_in(text)
        for word in map(code_word, LEVELS)
        if word in frame.columns
        for text in frame[word].unique().drop_nulls()
    }
    found = stated or coded - {""}
    return countries()[next(iter(found))] if len(found) == 1 else None


def _elsewhere(matched: Matched, columns: Mapping[str, str]) -> tuple[Problem, ...]:
    if not matched.n_rows_elsewhere:
        return ()
    letter = columns.get(code_word(0), columns.get(name_word(0), ""))
    return (
        Problem(
            code="place.other-country",
            where=f"column {letter}",
            found=f"{counted(matched.n_rows_elsewhere, 'row')} in countries that are not listed",
            expected="countries whose places are loaded",
            hint="Load the places of these countries to match them.",
        ),
    )
