"""Gazetteers made of tables: COD-AB workbooks, HXL lists, lists in a partner's own workbook.

A wide table has a code and names for each level, so each row is a chain of places; a long one
has a row for each place and names its parent. What a table does not say is left open.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import polars as pl

from takatuf.activities.places.gazetteers.gazetteer import NAMES, PLACES, Gazetteer, merged
from takatuf.activities.places.gazetteers.headers import LONG, Heading, Part, headings_of
from takatuf.activities.places.spelling.countries import country_of
from takatuf.activities.tables import ERROR_CELLS, SheetTable

_OF_A_PLACE = (Part.LAT, Part.LON, Part.VALID_FROM, Part.VALID_TO)
PLACE_LEVEL = 5  # of places in areas: neighbourhoods, camps, settlements
_ISO_DAY = r"^(\d{4}-\d{2}-\d{2})"


def gazetteer_of(
    tables: Sequence[SheetTable],
    scheme: str = "",
    valid_from: str | None = None,
    valid_to: str | None = None,
) -> Gazetteer:
    """Return the gazetteer that some tables of places hold.

    Args:
        tables: Of one version of one source; tables that name no code are left out.
        scheme: Its name, such as ``COD-AB 2023``; a column of its own goes first.
        valid_from: The first day on which it holds, where the tables do not say.
        valid_to: The first day on which it no longer holds, likewise.
    """
    found = [_of_table(table) for table in tables]
    whole = merged(found)
    said = pl.when(pl.col("scheme") == "").then(pl.lit(scheme)).otherwise("scheme").alias("scheme")
    places = whole.places.with_columns(
        said,
        pl.col("valid_from").fill_null(pl.lit(valid_from, pl.String())),
        pl.col("valid_to").fill_null(pl.lit(valid_to, pl.String())),
    )
    return Gazetteer(places, whole.names.with_columns(said))


def _of_table(table: SheetTable) -> Gazetteer:
    headings = headings_of(table.columns)
    levels = sorted({each.level for each in headings if each.part is Part.CODE})
    cells = table.cells.with_columns(_cleaned(pl.col(name)) for name in table.cells.columns)
    if not levels:
        return merged(())
    if levels == [LONG]:
        return _of_long(cells, headings)
    return _of_wide(cells, headings, [level for level in levels if level != LONG])


def _cleaned(cell: pl.Expr) -> pl.Expr:
    plain = cell.str.replace_all(r"[\p{Cf}]", "").str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(~plain.is_in([*ERROR_CELLS, ""])).then(plain)


def _of_wide(cells: pl.DataFrame, headings: Sequence[Heading], levels: list[int]) -> Gazetteer:
    """Return the chains of a wide table; a place that has its area's code is that area."""
    if levels[-1] != PLACE_LEVEL or len(levels) == 1:
        return _chains(cells, headings, levels)
    letters = {each.level: each.letter for each in reversed(headings) if each.part is Part.CODE}
    is_area = (pl.col(letters[levels[-1]]) == pl.col(letters[levels[-2]])).fill_null(value=False)
    as_areas = [
        replace(each, level=levels[-2]) if each.level == PLACE_LEVEL else each for each in headings
    ]
    areas = _chains(cells.filter(is_area), as_areas, levels[:-1])
    return merged([areas, _chains(cells.filter(~is_area), headings, levels)])


def _chains(cells: pl.DataFrame, headings: Sequence[Heading], levels: list[int]) -> Gazetteer:
    places, names = [], []
    letters = {each.level: each.letter for each in reversed(headings) if each.part is Part.CODE}
    nearest = {below: above for above, below in pairwise(levels)}
    for level in levels:
        above = nearest.get(level)
        parent = pl.col(letters[above]) if above is not None else pl.lit("")
        own = {part: _own(headings, part, is_deepest=level == levels[-1]) for part in _OF_A_PLACE}
        rows = cells.select(
            code=pl.col(letters[level]),
            level=pl.lit(level),
            parent=parent.fill_null(""),
            scheme=pl.lit(""),
            **_read(own),
        ).filter(pl.col("code").is_not_null())
        places.append(rows.unique("code", keep="first", maintain_order=True))
        of_level = {level, LONG} if level == levels[-1] else {level}
        names.append(_names(cells, headings, letters[level], of_level))
    return _put_together(places, names)


def _of_long(cells: pl.DataFrame, headings: Sequence[Heading]) -> Gazetteer:
    letter = {each.part: each.letter for each in reversed(headings)}
    own = {part: pl.col(letter[part]) if part in letter else None for part in _OF_A_PLACE}
    said = {part: pl.col(letter[part]) for part in (Part.PARENT, Part.SCHEME) if part in letter}
    rows = cells.select(
        code=pl.col(letter[Part.CODE]),
        level=pl.col(letter[Part.LEVEL]) if Part.LEVEL in letter else pl.lit(None, pl.String()),
        parent=said.get(Part.PARENT, pl.lit("")).fill_null(""),
        scheme=said.get(Part.SCHEME, pl.lit("")).fill_null(""),
        **_read(own),
    ).filter(pl.col("code").is_not_null())
    rows = rows.with_columns(_level(rows))
    names = _names(cells, headings, letter[Part.CODE], {LONG})
    if Part.SCHEME in letter:
        own_scheme = rows.select("code", own=pl.col("scheme")).unique(maintain_order=True)
        names = names.join(own_scheme, on="code").with_columns(scheme="own").drop("own")
    return _put_together([rows.unique(["code", "scheme"], keep="first")], [names])


def _level(rows: pl.DataFrame) -> pl.Expr:
    """Return the level as said ("2", "adm2", "Admin 2"), or by the number of those above."""
    said = pl.col("level").str.extract(r"([0-4])").cast(pl.UInt8(), strict=False)
    above = dict(rows.select("code", "parent").iter_rows())
    depth = {code: _depth(code, above) for code in above}
    counted = pl.col("code").replace_strict(depth, default=None, return_dtype=pl.UInt8())
    return pl.coalesce(said, counted).fill_null(0)


def _depth(code: str, above: dict[str, str], limit: int = 4) -> int:
    depth = 0
    while above.get(code, "") in above and depth < limit:
        code, depth = above[code], depth + 1
    return depth if country_of(code) is not None else min(depth + 1, limit)


def _own(headings: Sequence[Heading], part: Part, *, is_deepest: bool) -> pl.Expr | None:
    # a row's point and days are those of its smallest place
    letters = [each.letter for each in headings if each.part is part]
    holds = is_deepest or part in {Part.VALID_FROM, Part.VALID_TO}
    return pl.col(letters[0]) if letters and holds else None


def _read(own: dict[Part, pl.Expr | None]) -> dict[str, pl.Expr]:
    read: dict[str, pl.Expr] = {}
    for part, cell in own.items():
        if part in {Part.LAT, Part.LON}:
            value = (
                pl.lit(None, pl.Float64())
                if cell is None
                else cell.cast(pl.Float64(), strict=False)
            )
        else:
            value = pl.lit(None, pl.String()) if cell is None else cell.str.extract(_ISO_DAY)
        read[part.value] = value
    return read


def _names(
    cells: pl.DataFrame, headings: Sequence[Heading], code: str, levels: set[int]
) -> pl.DataFrame:
    found = [
        cells.select(
            code=pl.col(code), scheme=pl.lit(""), language=pl.lit(each.language),
            name=pl.col(each.letter),
        )
        for each in headings
        if each.part is Part.NAME and each.level in levels
    ]  # fmt: skip
    known = pl.concat([*found, NAMES.to_frame()])
    return known.drop_nulls(["code", "name"]).unique(maintain_order=True)


def _put_together(places: list[pl.DataFrame], names: list[pl.DataFrame]) -> Gazetteer:
    cast = [frame.select(list(PLACES)).cast(PLACES) for frame in places]
    return merged([Gazetteer(pl.concat(cast), pl.concat(names))])
