"""The columns that a product shows, in the order of the vocabulary, with the row's own id first.

The code of a place is that of the gazetteer where it was matched, else as it was entered: so a
product speaks one scheme. The month and the year of a period are not repeated beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from takatuf.activities.columns.meanings import base_word, meanings
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.disclosure import WITHHELD, is_withheld
from takatuf.formats.writers.products.row_ids import row_ids
from takatuf.formats.writers.products.words import text_of

ROW_ID = "row_id"
_LEVELS = (1, 2, 3, 4)
_SAID_BY_THE_PERIOD = ("period_month", "period_year")
_COUNT = "n_withheld"  # where it is not said which cells these are
_ADDED_TO_THE_FRAME = {  # further columns of a product: the tag of each
    "sector_word": "#meta+sector",
    "attested_by": "#meta+attested",
    "withheld": "#meta+withheld",
}


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as it stands in a product."""

    word: str
    value: str  # text, amount, date, month
    hxl: str
    header: str


def shown_columns(frame: pl.DataFrame, language: str) -> tuple[ShownColumn, ...]:
    """Return the columns of a frame made by `shown_frame`."""
    return tuple(_column(word, language) for word in frame.columns)


def shown_frame(products: Products) -> pl.DataFrame:
    """Return the rows as a product shows them, one column for each word."""
    frame = products.frame
    if "activity" in frame.columns:
        frame = frame.with_columns(row_ids(frame).alias(ROW_ID))
    frame = frame.with_columns(
        pl.coalesce(f"adm{level}_pcode", *_if_there(frame, f"adm{level}_code")).alias(
            f"adm{level}_code"
        )
        for level in _LEVELS
        if _is_matched(frame, level)
    )
    words = _in_order(frame.columns)
    if "period" in words:
        words = [word for word in words if word not in _SAID_BY_THE_PERIOD]
    frame = frame.with_columns(pl.when(pl.selectors.float().is_finite()).then(pl.selectors.float()))
    first = _if_there(frame, ROW_ID)
    shown = frame.select(*first, *words, *_if_there(frame, *_ADDED_TO_THE_FRAME))
    counts = frame[_COUNT] if _COUNT in frame.columns else pl.repeat(0, len(frame), eager=True)
    return _with_reasons(shown, counts)


def _is_matched(frame: pl.DataFrame, level: int) -> bool:
    code = f"adm{level}_pcode"
    return code in frame.columns and frame[code].null_count() < len(frame)


def _with_reasons(frame: pl.DataFrame, counts: pl.Series) -> pl.DataFrame:
    """Withheld cells as that one word, and in a column of its own which they are, or how many."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    found = [name for name in texts if frame.select(is_withheld(name).any()).item()]
    if not found and not (counts > 0).any():
        return frame
    reasons = [pl.when(is_withheld(name)).then(_reason(name)) for name in found]
    together = pl.concat_str([*reasons, pl.lit("")], separator="; ", ignore_nulls=True)
    said = pl.when(together != "").then(together.str.strip_suffix("; "))
    number = pl.when(counts > 0).then(counts.cast(pl.String))
    words = [
        pl.when(is_withheld(name)).then(pl.lit(WITHHELD)).otherwise(name).alias(name)
        for name in found
    ]
    return frame.with_columns(*words, pl.coalesce(said, number).alias(WITHHELD))


def _reason(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_prefix(WITHHELD).str.strip_chars(" :()")
    return pl.concat_str(pl.lit(name), pl.when(text != "").then(": " + text).otherwise(pl.lit("")))


def _column(word: str, language: str) -> ShownColumn:
    if word in _ADDED_TO_THE_FRAME:
        tag = _ADDED_TO_THE_FRAME[word]
        return ShownColumn(word, "text", tag, text_of("added", word, language))
    meaning = meanings()[base_word(word)]
    number = word.removeprefix(meaning.word).replace("_", " ")
    header = f"{meaning.label.in_language(language)}{number}"
    return ShownColumn(word, meaning.value.value, meaning.hxl, header)


def _in_order(words: Iterable[str]) -> list[str]:
    """The words of columns among these, as the vocabulary has them; those that repeat together."""
    order = {word: number for number, word in enumerate(meanings())}
    known = [word for word in words if base_word(word) in order and word != ROW_ID]
    return sorted(known, key=lambda word: (order[base_word(word)], len(word), word))


def _if_there(frame: pl.DataFrame, *words: str) -> list[str]:
    return [word for word in words if word in frame.columns]
