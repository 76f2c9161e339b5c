"""What is known of the made-up country before a file comes: its places and organisations."""

import polars as pl

from benchmarks.workbooks.made_up import SMALL, Country, organisation_names, place_rows
from takatuf.activities.organisations import Organisation, Organisations
from takatuf.activities.places import Gazetteer, gazetteer_of
from takatuf.activities.tables import Column, SheetTable
from takatuf.vocabulary.identity import slug_of


def made_up_gazetteer(country: Country = SMALL) -> Gazetteer:
    """Return the places of the made-up country as a gazetteer."""
    frame = place_rows(country)
    letters = [chr(65 + n) for n in range(len(frame.columns))]
    table = SheetTable(
        sheet="admin",
        columns=tuple(Column(*pair) for pair in zip(letters, frame.columns, strict=True)),
        cells=frame.rename(dict(zip(frame.columns, letters, strict=True))),
        rows=pl.Series(range(2, 2 + len(frame)), dtype=pl.UInt32),
        header_row=1,
    )
    return gazetteer_of([table], scheme="made up 2024")


def made_up_organisations() -> Organisations:
    """Return the organisations that work there as a register."""
    return Organisations(
        Organisation(id=f"organisation/{slug_of(en)}", name=en, acronym=short, names={"ar": ar})
        for en, short, ar in organisation_names()
    )
