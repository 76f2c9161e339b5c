"""What changed between two activity frames, in sentences."""

import polars as pl

from takatuf.formats.writers.maps.texts import Listed, Texts
from takatuf.formats.writers.sitrep.rows import ORGANISATION, PLACE

_MAX_NAMES = 12


def changes_between(before: pl.DataFrame, now: pl.DataFrame, words: Texts) -> tuple[str, ...]:
    """Return a sentence for each thing that changed; none where nothing did.

    Args:
        before: The activities of the report before, with the columns of a report.
        now: Those of this report.
        words: The texts.
    """
    lines = [
        words(f"changes.{word}", before=words.number(was), now=words.number(has))
        for word, column in (
            ("organisations", "organisation_key"),
            ("activities", "activity_key"),
            ("places", PLACE),
        )
        if (was := _count(before, column)) != (has := _count(now, column))
    ]
    for word, old, new in (
        ("came", _organisations(before), _organisations(now)),
        ("gone", _organisations(now), _organisations(before)),
        ("places_came", _places(before), _places(now)),
        ("places_gone", _places(now), _places(before)),
    ):
        names = sorted(name for key, name in new.items() if key not in old)
        if names:
            lines.append(words(f"changes.{word}", names=_listed(names, words)))
    return tuple(lines)


def _count(frame: pl.DataFrame, column: str) -> int:
    return int(frame[column].drop_nulls().n_unique())


def _organisations(frame: pl.DataFrame) -> dict[str, str]:
    found = frame.filter(pl.col("organisation_key").is_not_null()).unique(
        "organisation_key", keep="first", maintain_order=True
    )
    return {
        key: name or key for key, name in found.select("organisation_key", ORGANISATION).iter_rows()
    }


def _places(frame: pl.DataFrame) -> dict[str, str]:
    return {name: name for name in frame[PLACE].drop_nulls().unique()}


def _listed(names: list[str], words: Texts) -> Listed:
    shown = words.listed(names[:_MAX_NAMES])
    n_more = len(names) - _MAX_NAMES
    if n_more <= 0:
        return shown
    return Listed(f"{shown} {words('rows.more', count=words.number(n_more))}")
