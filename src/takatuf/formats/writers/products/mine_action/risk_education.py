"""Risk education among the activities of a 4W, as the table that mine action keeps of it."""

import re
import tomllib
from functools import cache
from importlib.resources import files

import polars as pl

from takatuf.formats.writers.products.content import Products

# Column of the table: the first column of the frame that has a value.
_FROM = {
    "id": ("activity",),
    "observed_at": ("end", "period", "start"),
    "received_at": ("received_at",),
    "place": ("place_label", "place_name", "adm4_name", "adm3_name", "adm2_name", "adm1_name"),
    "start": ("start", "period"),
    "organisation": ("implementing_partner", "reporting_organisation", "lead_organisation"),
    "method": ("activity_type", "activity_description"),
    "beneficiaries": ("reached_new", "reached", "reached_total"),
    "reported_by": ("reporting_organisation",),
    "report": ("report",),
    "end": ("end",),
    "period": ("period",),
    "girls": ("reached_girls",),
    "boys": ("reached_boys",),
    "women": ("reached_women",),
    "men": ("reached_men",),
    "implementing_partner": ("implementing_partner",),
    "status": ("status",),
    "attested_by": ("attested_by",),
    **{f"adm{level}_pcode": (f"adm{level}_pcode",) for level in (1, 2, 3, 4)},
}


def risk_education_of(products: Products) -> pl.DataFrame:
    """Return the rows of risk education, found by words in six languages; in order.

    The words stand in `tables.toml`. A row whose activity is described in other words is not
    found: nothing is guessed from its sector.
    """
    words, columns = _declared()
    frame = products.frame
    there = [word for word in columns if word in frame.columns]
    if not there:
        return _table(frame.clear())
    pattern = "(?i)" + "|".join(rf"(?:^|\PL){re.escape(word)}(?:$|\PL)" for word in words)
    is_found = pl.any_horizontal(pl.col(there).str.contains(pattern).fill_null(value=False))
    return _table(frame.filter(is_found))


def _table(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        pl.coalesce(there).alias(word)
        for word, sources in _FROM.items()
        if (there := [source for source in sources if source in frame.columns])
    )


@cache
def _declared() -> tuple[tuple[str, ...], tuple[str, ...]]:
    folder = files("takatuf.formats.writers.products.mine_action")
    declared = tomllib.loads((folder / "tables.toml").read_text("utf-8"))["risk_education"]
    return tuple(declared["words"]), tuple(declared["columns"])
