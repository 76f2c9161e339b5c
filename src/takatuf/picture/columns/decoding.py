"""Decode stored reports into columns: what is needed to select, filter and order claims.

Everything else stays in the stored text, which statements are built from when somebody asks
(`stating.py`). So nothing that a report says can be lost here: a key that the columns do not
know is simply not a column.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import polars as pl

from takatuf.reports.register import StoredForm
from takatuf.vocabulary.sensitivity import Sensitivity

ROWS_AT_ONCE = 2_048  # reports in one piece of work; a few megabytes of text
MAX_WAITING = 4  # pieces that are read ahead: what bounds the memory
N_THREADS = 2

_CLAIM = pl.Struct(
    {
        "thing": pl.String,
        "property": pl.String,
        "sensitivity": pl.String,
        "value": pl.Struct({"text": pl.String, "thing": pl.String}),
    }
)
_REPORT = pl.Struct(
    {
        "claims": pl.List(_CLAIM),
        "source": pl.Struct({"organisation": pl.String}),
        "supersedes": pl.String,
    }
)
_CLASS_OF_WORD: dict[str | None, int] = {None: 0, **{one.word: int(one) for one in Sensitivity}}
_REPORTS = {
    "id": pl.String,
    "received_at": pl.String,
    "form": pl.String,
    "organisation": pl.String,
    "supersedes": pl.String,
    "n_claims": pl.UInt32,
}
_CLAIMS = {
    "thing": pl.String,
    "property": pl.String,
    "sensitivity": pl.UInt8,
    "text": pl.String,
    "reference": pl.String,
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Reports and their claims in columns, both in the order the rows came in.

    `reports`: id, received_at, form (the JSON text), organisation, supersedes, n_claims.
    `claims`: thing, property, sensitivity (0 where the claim names none), and the value
    itself where it is a text or a reference.
    """

    reports: pl.DataFrame
    claims: pl.DataFrame
    position: int | None  # the last one; None where there was no row


def decode(rows: Iterable[StoredForm]) -> Decoded:
    """Return these rows in columns; the work is shared by threads, and its memory bounded.

    Raises:
        ValueError: A row is no report of ours; the register that gave it is damaged.
    """
    position: int | None = None
    reports, claims = [pl.DataFrame(schema=_REPORTS)], [pl.DataFrame(schema=_CLAIMS)]
    for last, some_reports, some_claims in _in_threads(iter(rows)):
        position = last
        reports.append(some_reports)
        claims.append(some_claims)
    return Decoded(pl.concat(reports), pl.concat(claims), position)


_Piece = tuple[int, pl.DataFrame, pl.DataFrame]


def _in_threads(rows: Iterator[StoredForm]) -> Iterator[_Piece]:
    waiting: deque[Future[_Piece]] = deque()
    with ThreadPoolExecutor(N_THREADS) as pool:
        while piece := list(islice(rows, ROWS_AT_ONCE)):
            stored = pl.DataFrame(
                piece,
                schema={"position": pl.Int64, **dict(islice(_REPORTS.items(), 3))},
                orient="row",
            )
            waiting.append(pool.submit(_decoded, stored))
            if len(waiting) > MAX_WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _decoded(stored: pl.DataFrame) -> _Piece:
    try:
        said = stored["form"].str.json_decode(_REPORT)
        reports = stored.select(
            "id",
            "received_at",
            "form",
            organisation=said.struct.field("source").struct.field("organisation"),
            supersedes=said.struct.field("supersedes"),
            n_claims=said.struct.field("claims").list.len(),
        )
        claims = _claims_of(said.struct.field("claims"))
    except pl.exceptions.PolarsError as error:
        raise ValueError(f"a stored report cannot be read: {error}") from error
    _require(reports, "organisation", "n_claims")
    _require(claims, "thing", "property")
    return int(stored["position"][-1]), reports, claims


def _claims_of(lists: pl.Series) -> pl.DataFrame:
    said = lists.explode(empty_as_null=False).struct
    value = said.field("value").struct
    return pl.DataFrame(
        {
            "thing": said.field("thing"),
            "property": said.field("property"),
            "sensitivity": said.field("sensitivity").replace_strict(
                _CLASS_OF_WORD, return_dtype=pl.UInt8
            ),
            "text": value.field("text"),
            "reference": value.field("thing"),
        }
    )


def _require(frame: pl.DataFrame, *names: str) -> None:
    for name in names:
        if frame[name].has_nulls():
            raise ValueError(f"a stored report has no {name}")
