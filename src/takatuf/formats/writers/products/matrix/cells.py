"""The cells of a matrix of place by sector, as `activities.counting.matrix_of` gives them.

A gap is a pair that nobody reported. That is not the same as nobody works there, and every form
of the matrix says so. Rows that name only a larger area stand under a place of their own.
"""

from dataclasses import dataclass

import polars as pl

from takatuf.activities.counting.sectors import sectors
from takatuf.formats.writers.products.words import load_texts, text_of
from takatuf.vocabulary.errors import InputError, Problem

GAP, OVERLAP = "gap", "overlap"
FIGURES = {  # column and its tag
    "n_organisations": "#org+num",
    "n_activities": "#activity+num",
    "n_overlaps": "#activity+overlap+num",
    "reached_lowest": "#reached+ind+min",
    "reached_highest": "#reached+ind+max",
    "in_need": "#inneed+ind",
}
_NEEDED = ("place", "place_label", "sector_word", "n_organisations", "state")
_OPTIONAL = tuple(word for word in FIGURES if word not in _NEEDED)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one sector in one place."""

    state: str  # gap, one, several, overlap; "" where rows name only a larger area
    figures: dict[str, float | None]  # by the words of `FIGURES`; None: nobody said

    @property
    def n_organisations(self) -> int:
        """How many organisations report work."""
        return int(self.figures["n_organisations"] or 0)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All pairs of place and sector, in the order of the frame."""

    places: dict[str, str]  # code and label; "" for a larger area
    sectors: tuple[str, ...]  # our words; "" for none
    cells: dict[tuple[str, str], Cell]  # by code and sector
    figures: tuple[str, ...]  # those that the frame has


def matrix_cells(frame: pl.DataFrame) -> Matrix:
    """Return the cells of a frame; a pair that is not in it is a gap.

    Raises:
        InputError: A column is missing, or one stands there that no matrix has; all are named.
    """
    wrong = [
        *(_wrong(word, "a column of this name") for word in _NEEDED if word not in frame.columns),
        *(
            _wrong(word, "no other column in a matrix")
            for word in frame.columns
            if word not in {*_NEEDED, *_OPTIONAL}
        ),
    ]
    if wrong:
        raise InputError(wrong)
    figures = tuple(word for word in FIGURES if word in frame.columns)
    blank = pl.col("place", "place_label", "sector_word", "state").fill_null("")
    rows = frame.with_columns(blank).to_dicts()
    places = {row["place"]: row["place_label"] or row["place"] for row in rows}
    found = tuple(dict.fromkeys(row["sector_word"] for row in rows))
    empty = Cell(GAP, {word: 0 if word.startswith("n_") else None for word in figures})
    given = {
        (row["place"], row["sector_word"]): Cell(row["state"], {w: row[w] for w in figures})
        for row in rows
    }
    pairs = ((place, sector) for place in places for sector in found)
    return Matrix(places, found, {pair: given.get(pair, empty) for pair in pairs}, figures)


def place_label(matrix: Matrix, place: str, language: str) -> str:
    """Return how a place is shown: its name and its code."""
    if not place:
        return text_of("matrix", "larger_area", language)
    label = matrix.places[place]
    return label if label == place else f"{label} ({place})"


def sector_label(word: str, language: str) -> str:
    """Return the label of a sector of ours, and any other as it was entered."""
    if not word:
        return text_of("matrix", "no_sector", language)
    sector = sectors().get(word)
    return sector.labels.get(language, word) if sector else word


def state_label(cell: Cell, language: str) -> str:
    """Return the state in words, "" where there is none."""
    texts = load_texts()["state"].get(cell.state)
    return texts[language] if texts else ""


def _wrong(word: str, expected: str) -> Problem:
    return Problem(code="product.no-matrix", where="the matrix", found=word, expected=expected)
