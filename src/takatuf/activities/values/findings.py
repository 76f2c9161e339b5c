"""What is found besides the values while a table is read: faults, and cells without a value."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from takatuf.activities.values.asking import ReadColumn
from takatuf.activities.values.faulting import faults_in, faults_where, no_faults
from takatuf.activities.values.unstated import UNSTATED, State


@dataclass(slots=True)
class Findings:
    """The faults and the unstated cells of one table."""

    rows: pl.Series
    fault_frames: list[pl.DataFrame] = field(default_factory=list)
    unstated_frames: list[pl.DataFrame] = field(default_factory=list)

    @property
    def faults(self) -> pl.DataFrame:
        """All faults in one fault frame."""
        return pl.concat([no_faults(), *self.fault_frames])

    @property
    def unstated(self) -> pl.DataFrame:
        """Row, column and state of every cell that is not blank and holds no value."""
        return pl.concat([pl.DataFrame(schema=UNSTATED), *self.unstated_frames])

    def add(
        self,
        letter: str,
        cells: pl.Series,
        faults: Iterable[tuple[str, str, str, str]],
        shown: str = "",
    ) -> None:
        """Keep a fault for each cell of a column that holds one of the texts.

        Args:
            letter: The column.
            cells: What its cells hold.
            faults: Text, code, what was expected, a hint.
            shown: What is shown instead of the text, where that must not be seen.
        """
        found = faults_in(self.rows, cells, letter, faults)
        if found.height:
            masked = found.with_columns(pl.lit(shown).alias("found")) if shown else found
            self.fault_frames.append(masked)

    def add_where(
        self, column: ReadColumn, is_wrong: pl.Series, says: tuple[str, str, str]
    ) -> None:
        """Keep a fault for each cell of a column where something is wrong."""
        if is_wrong.any():
            found = faults_where(self.rows, is_wrong, column.letter, column.entered, says)
            self.fault_frames.append(found)

    def mark_states(self, column: ReadColumn, without: State | None = None) -> None:
        """Keep the cells of a column in which a word stands instead of a value."""
        states = column.states.filter(pl.col("state") != without) if without else column.states
        if states.is_empty():
            return
        held = pl.DataFrame({"row": self.rows.cast(pl.UInt32), "text": column.cleaned})
        letter = pl.lit(column.letter).alias("column")
        self.unstated_frames.append(held.join(states, on="text").select("row", letter, "state"))

    def mark_unreadable(self, column: ReadColumn, values: pl.Series) -> None:
        """Keep the cells of a column that say something and have no reading."""
        lost = column.texts.is_not_null() & values.is_null()
        if lost.any():
            rows = self.rows.filter(lost).cast(pl.UInt32)
            letter, state = pl.lit(column.letter), pl.lit(State.UNREADABLE.value)
            marked = pl.DataFrame({"row": rows}).with_columns(
                letter.alias("column"), state.alias("state")
            )
            self.unstated_frames.append(marked)
