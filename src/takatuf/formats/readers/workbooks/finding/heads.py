"""Where a table begins: its header of one row or several, its row of tags, and what is above.

With a row of tags the header is the row above it, or the row below where that reads as one.
Without tags the header is the row that is most unlike what follows it: texts, all different,
over columns that hold numbers, dates, or the same few words again and again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from takatuf.formats.readers.workbooks.finding.tags import MAX_TAG_ROW, is_tag_row
from takatuf.formats.readers.workbooks.finding.words import group_of, simple
from takatuf.formats.readers.workbooks.grids import Area, Grid, column_of

HEAD_ROWS = 80  # filled rows from the top that are looked at one by one
_NUMBER = re.compile(r"^[\s\d٠-٩۰-۹.,٫٬%+\-–/:()T$€£]*[\d٠-٩۰-۹][\s\d٠-٩۰-۹.,٫٬%+\-–/:()T$€£]*$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_CODE = re.compile(r"^[A-Z]{2,3}\d{2,}$")
_MAX_HEADER_CHARACTERS = 250
_MAX_NUMBER = 60  # characters
_MAX_LEVELS = 4
_LEAST_SCORE = 2.1
_JOINED = " / "

Cells = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One of the first rows of a region: its number and cells, merged ones filled."""

    number: int
    cells: Cells  # as entered
    filled: Cells  # a merged cell's text in each cell that it covers

    @property
    def n_filled(self) -> int:
        """How many cells have something in them."""
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table."""

    headers: tuple[str, ...]  # one for each column of the region
    tags: tuple[str, ...]
    header_row: int  # the lowest; 0 where no row heads the table
    tag_row: int | None
    other_tag_rows: tuple[int, ...]
    above: tuple[tuple[int, str], ...]  # rows above the header, as text
    last_row: int  # of all these: data begins below


def head_rows(grid: Grid) -> list[HeadRow]:
    """Return the first rows of a region."""
    columns = [column_of(letter) for letter in grid.cells.columns]
    numbers = grid.rows.head(HEAD_ROWS).to_list()
    rows = grid.cells.head(HEAD_ROWS).rows()
    filled = _merged_filled(dict(zip(numbers, map(list, rows), strict=True)), columns, grid.merges)
    return [HeadRow(n, cells, tuple(filled[n])) for n, cells in zip(numbers, rows, strict=True)]


def find_head(rows: Sequence[HeadRow]) -> Head | None:
    """Return the head of the table that begins in these rows; None if nothing heads it."""
    tagged = [place for place, row in enumerate(rows[:MAX_TAG_ROW]) if is_tag_row(row.cells)]
    if tagged:
        return _head_by_tags(rows, tagged)
    place = _likeliest_header(rows)
    return None if place is None else _head_of(rows, _lowest_level(rows, place), [])


def reads_as_header(rows: Sequence[HeadRow], place: int) -> bool:
    """Whether a row reads as the header of the rows below it, by more than one sign."""
    return _header_score(rows, place) >= _LEAST_SCORE and (
        _n_typed_below(rows, place) > 0 or n_known_headers(rows[place].filled) > 1
    )


def n_known_headers(cells: Cells) -> int:
    """How many cells have a word that heads columns of a 4W."""
    return sum(bool(group_of(cell)) for cell in cells if cell)


def is_number(cell: str | None) -> bool:
    """Whether a cell is a number, a date or a time."""
    return cell is not None and len(cell) <= _MAX_NUMBER and bool(_NUMBER.match(cell))


def _merged_filled(
    rows: dict[int, list[str | None]], columns: list[int], merges: Sequence[Area]
) -> dict[int, list[str | None]]:
    place_by_column = {column: place for place, column in enumerate(columns)}
    for area in merges:
        top = rows.get(area.top)
        at = place_by_column.get(area.left)
        if top is None or at is None or top[at] is None:
            continue
        covered = [n for n, column in enumerate(columns) if area.left <= column <= area.right]
        for number in range(area.top, min(area.bottom, area.top + HEAD_ROWS) + 1):
            row = rows.get(number, [])
            for place in covered:
                if row and row[place] is None:
                    row[place] = top[at]
    return rows


def _head_by_tags(rows: Sequence[HeadRow], tagged: list[int]) -> Head:
    place = tagged[0]
    n_tags = rows[place].n_filled
    below = next((n for n in range(place + 1, len(rows)) if n not in tagged), None)
    above = place - 1
    if above >= 0 and _can_head(rows[above], n_tags):
        return _head_of(rows, above, tagged)
    if below is not None and _is_header_below_tags(rows, below, rows[place]):
        return _head_of(rows, _lowest_below_tags(rows, below, rows[place]), tagged)
    return _head_of(rows, place, tagged)


def _can_head(row: HeadRow, n_tags: int) -> bool:
    """Whether a row above tags is a header and no title."""
    texts = [cell for cell in row.filled if cell and not is_number(cell)]
    n_merged = len({cell for cell in row.filled if cell})
    return len(texts) * 2 >= n_tags and (n_merged > 1 or n_tags == 1)


def _is_header_below_tags(rows: Sequence[HeadRow], place: int, tags: HeadRow) -> bool:
    cells = rows[place].filled
    filled = [cell for cell in cells if cell]
    n_tagged = sum(1 for cell, tag in zip(cells, tags.cells, strict=True) if cell and tag)
    if n_tagged * 2 < tags.n_filled or sum(map(is_number, filled)) > 1:
        return False
    n_like = sum(_is_like(cell, tag) for cell, tag in zip(cells, tags.cells, strict=True))
    n_signs = n_known_headers(cells) + n_like + 2 * _n_typed_below(rows, place)
    is_unique = len({simple(cell) for cell in filled}) > 0.8 * len(filled)
    return is_unique and n_signs >= max(2, len(filled) / 3)


def _lowest_below_tags(rows: Sequence[HeadRow], place: int, tags: HeadRow) -> int:
    """Return the lowest row of a header below tags; its groups may be as full as it is."""
    lowest = _lowest_level(rows, place)
    after = lowest + 1
    if after < len(rows) and rows[after].number == rows[lowest].number + 1:
        n_known = n_known_headers(rows[after].filled)
        is_fuller = rows[after].n_filled > rows[lowest].n_filled
        if is_fuller and n_known > 1 and _is_header_below_tags(rows, after, tags):
            return after
    return lowest


def _is_like(cell: str | None, tag: str | None) -> bool:
    """Whether a header says what its tag says ("Sector" under ``#sector``)."""
    if not cell or not tag:
        return False
    words = set(re.findall(r"[a-z]{3,}|adm\w*", simple(tag)))
    said = re.findall(r"[a-z]{3,}", simple(cell))
    return any(word.startswith(other) or other.startswith(word) for word in said for other in words)


def _likeliest_header(rows: Sequence[HeadRow]) -> int | None:
    scores = [(_header_score(rows, place), -place) for place in range(min(len(rows), MAX_TAG_ROW))]
    best, place = max(scores, default=(0.0, 0))
    return -place if best >= _LEAST_SCORE else None


def _header_score(rows: Sequence[HeadRow], place: int) -> float:
    """Return how much a row is a header, from 0 to about 4.5; less the lower it stands."""
    cells = rows[place].filled
    filled = [cell for cell in cells if cell]
    below = [row.cells for row in rows[place + 1 : place + 31]]
    if not filled or max(map(len, filled)) > 4 * _MAX_HEADER_CHARACTERS:
        return 0
    if not below and any(row.n_filled > 1 for row in rows[:place]):
        return 0  # the last row heads nothing, unless it is all there is
    used = [any(row[n] is not None for row in below) for n in range(len(cells))]
    n_used = sum(used) or len(filled)
    if len(filled) == 1 and n_used > 1:
        return 0
    covered = sum(1 for cell, is_used in zip(cells, used, strict=True) if cell and is_used)
    share_covered = covered / n_used if below else 1.0
    share_text = sum(map(_is_label, filled)) / len(filled)
    share_unique = len({simple(cell) for cell in filled}) / len(filled)
    known = min(n_known_headers(cells) / len(filled), 1)
    contrast = _contrast(cells, below)
    return share_covered + share_text**2 + share_unique * 0.5 + known + contrast - 0.01 * place


def _contrast(cells: Cells, below: Sequence[Cells]) -> float:
    """Return the share of columns whose head is unlike them: a text over numbers, or not again."""
    judged, unlike = 0, 0.0
    for n, cell in enumerate(cells):
        under = [row[n] for row in below if row[n] is not None]
        if cell is None or not under:
            continue
        judged += 1
        n_numbers = sum(map(is_number, under))
        if _is_label(cell) and n_numbers * 2 > len(under) and cell not in under:
            unlike += 1
        elif cell not in under:
            unlike += 0.5 if len(set(under)) < len(under) else 0.2
    return unlike / judged if judged else 0.2


def _is_label(cell: str) -> bool:
    """Whether a cell may head a column: a text that is no code, or a year."""
    return bool(_YEAR.match(cell)) or not (is_number(cell) or _CODE.match(cell))


def _n_typed_below(rows: Sequence[HeadRow], place: int) -> int:
    below = [row.cells for row in rows[place + 1 : place + 31]]
    n_typed = 0
    for n, cell in enumerate(rows[place].filled):
        under = [row[n] for row in below if row[n] is not None]
        if cell and under and not is_number(cell):
            n_typed += sum(map(is_number, under)) * 2 > len(under)
    return n_typed


def _head_of(rows: Sequence[HeadRow], header: int, tagged: list[int]) -> Head:
    tag = tagged[0] if tagged else None
    is_headed = header != tag
    levels = _levels(rows, header) if is_headed else []
    first = min([*levels, *tagged[:1], header])
    last = max([header, *tagged[:1]])
    others = tuple(rows[place].number for place in tagged[1:])
    while last + 1 < len(rows) and last + 1 in tagged:
        last += 1
    above = tuple((rows[n].number, _as_text(rows[n])) for n in range(first))
    between = range(first, last + 1)
    known = {*levels, *tagged}
    above += tuple(
        (rows[n].number, _as_text(rows[n])) for n in between if n not in known and n != header
    )
    return Head(
        headers=_joined([rows[n] for n in levels], len(rows[header].cells)),
        tags=tuple(cell or "" for cell in rows[tag].cells) if tag is not None else (),
        header_row=rows[header].number,
        tag_row=rows[tag].number if tag is not None else None,
        other_tag_rows=others,
        above=above,
        last_row=rows[last].number,
    )


def _levels(rows: Sequence[HeadRow], header: int) -> list[int]:
    """Return the rows of a header, from the top: it, and the rows above that group its columns."""
    levels = [header]
    while len(levels) < _MAX_LEVELS and levels[0] > 0:
        above, lower = rows[levels[0] - 1], rows[levels[0]]
        if above.number != lower.number - 1 or not _groups(above, lower):
            break
        levels.insert(0, levels[0] - 1)
    return levels


def _groups(above: HeadRow, lower: HeadRow) -> bool:
    texts = {cell for cell in above.filled if cell and not is_number(cell)}
    is_merged = above.filled != above.cells
    if is_tag_row(above.cells) or not texts or any(len(t) > _MAX_HEADER_CHARACTERS for t in texts):
        return False
    if is_merged:
        widest = max(above.filled.count(text) for text in texts)
        return len(texts) > 1 or widest * 10 < len(above.filled) * 9
    needs_more = any(a and not b for a, b in zip(above.cells, lower.filled, strict=True))
    names = [cell for cell in lower.filled if cell]
    return len(texts) > 1 and (needs_more or len(set(names)) < len(names))


def _lowest_level(rows: Sequence[HeadRow], header: int) -> int:
    """Return the row below a row of groups, where the groups have names of their own below."""
    if header + 1 >= len(rows) or rows[header + 1].number != rows[header].number + 1:
        return header
    upper, lower = rows[header], rows[header + 1]
    names = [
        (place, cell)
        for place, cell in enumerate(lower.cells)
        if cell and _is_below_a_group(upper, lower, place)
    ]
    is_all_below = len(names) == lower.n_filled and len(names) > 1
    if not is_all_below or any(is_number(cell) for _, cell in names):
        return header
    is_parted = any(upper.cells[place] is None for place, _ in names)
    return header + 1 if is_parted and len({cell for _, cell in names}) > 1 else header


def _is_below_a_group(upper: HeadRow, lower: HeadRow, place: int) -> bool:
    """Whether the cell above is blank, merged over several, or begins a group of several."""
    if upper.cells[place] is None or upper.filled.count(upper.filled[place]) > 1:
        return True
    after = place + 1
    return (
        after < len(upper.cells) and upper.cells[after] is None and lower.cells[after] is not None
    )


def _joined(levels: list[HeadRow], n_columns: int) -> tuple[str, ...]:
    if not levels:
        return ("",) * n_columns
    spread = [_spread(level) for level in levels[:-1]] + [levels[-1].filled]
    headers = []
    for parts in zip(*spread, strict=True):
        kept: list[str] = []
        for part in parts:
            if part and (not kept or kept[-1].strip() != part.strip()):
                kept.append(part)
        headers.append(_JOINED.join(kept))
    return tuple(headers)


def _spread(row: HeadRow) -> Cells:
    """Return a row of groups with each group over the blank cells to its right."""
    if row.filled != row.cells:
        return row.filled  # merged cells say exactly how far a group goes
    group: str | None = None
    spread = []
    for cell in row.cells:
        group = cell or group
        spread.append(group)
    return tuple(spread)


def _as_text(row: HeadRow) -> str:
    return " | ".join(cell for cell in row.cells if cell)
