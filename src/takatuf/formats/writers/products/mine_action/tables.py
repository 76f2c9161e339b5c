"""Minimum data tables of mine action as CSV files in an archive, with what is missing named.

Ours is never the authority for the release of land: identities of the national system stand
beside ours, and a row says when it was true and when it was heard. There is no table of victims:
they are counted in accidents, with who holds the record.
"""

import io
import tomllib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from takatuf.formats.writers.products.about import about_lines
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.disclosure import Audience, require_class
from takatuf.formats.writers.products.neutralising import neutralised
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.sensitivity import Sensitivity

MISSING = "missing"
_MADE_ON = (1980, 1, 1, 0, 0, 0)  # the first day that an archive knows: the same bytes each time
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class TableForm:
    """What a table must have, may have, and who may see it."""

    sensitivity: Sensitivity
    required: tuple[str, ...]
    optional: tuple[str, ...]
    confidential: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in order."""
        return (*self.required, *self.optional, *self.confidential)


def write_imsma(products: Products, tables: Mapping[str, pl.DataFrame]) -> bytes:
    """Return an archive with a CSV file for each table, and a file that says what they are.

    Every file has all columns of its table; the column `missing` names what a row has not of
    the minimum data, so that gaps are seen before the national system refuses them.

    Args:
        products: For whom, of which day, by whom.
        tables: By name, as `table_forms` has them; their columns as declared there.

    Raises:
        InputError: A table or a column that is not declared; all are named.
        NotAllowedError: A table or a column is not for the audience.
    """
    problems = [problem for name, frame in tables.items() for problem in _unknown(name, frame)]
    if problems:
        raise InputError(problems)
    for name, frame in tables.items():
        _require_visible(name, frame, products.audience)
    content = {f"{name}.csv": _csv(name, frame) for name, frame in sorted(tables.items())}
    lines = [*about_lines(products, "en"), *(("Not included", n) for n in products.not_included)]
    about = "\r\n".join([products.title, *(f"{what}: {text}" for what, text in lines), ""])
    return _archive({"about.txt": _MARK + about.encode(), **content})


@cache
def table_forms() -> Mapping[str, TableForm]:
    """Return the tables that can be written, as `tables.toml` declares them."""
    declared = tomllib.loads(_declaration())
    every = declared["every"]
    return {
        name: TableForm(
            sensitivity=Sensitivity.from_word(form["sensitivity"]),
            required=(*every["required"], *form["required"]),
            optional=(*every["optional"], *form["optional"]),
            confidential=tuple(form["confidential"]),
        )
        for name, form in declared["table"].items()
    }


def _declaration() -> str:
    folder = files("takatuf.formats.writers.products.mine_action")
    return (folder / "tables.toml").read_text("utf-8")


def _unknown(name: str, frame: pl.DataFrame) -> list[Problem]:
    forms = table_forms()
    if name not in forms:
        return [_not_declared("the tables", name, ", ".join(forms))]
    known = forms[name].columns
    return [
        _not_declared(f"table {name}", word, ", ".join(known))
        for word in frame.columns
        if word not in known
    ]


def _not_declared(where: str, found: str, expected: str) -> Problem:
    return Problem(
        code="product.not-in-minimum-data",
        where=where,
        found=found,
        expected=f"one of {expected}",
        hint="Records of persons have no place here.",
    )


def _require_visible(name: str, frame: pl.DataFrame, audience: Audience) -> None:
    form = table_forms()[name]
    require_class(f"table {name}", form.sensitivity, audience)
    for word in form.confidential:
        if word in frame.columns:
            require_class(f"{name}: {word}", Sensitivity.CONFIDENTIAL, audience)


def _csv(name: str, frame: pl.DataFrame) -> bytes:
    form = table_forms()[name]
    whole = frame.with_columns(
        pl.lit(None, pl.String).alias(word) for word in form.columns if word not in frame.columns
    )
    missing = pl.concat_str(
        [pl.when(pl.col(word).is_null()).then(pl.lit(word)) for word in form.required],
        separator=" ",
        ignore_nulls=True,
    )
    rows = whole.select(*form.columns, missing.alias(MISSING))
    rows = rows.with_columns(neutralised(pl.col(pl.String)))
    return _MARK + rows.write_csv(line_terminator="\r\n").encode()


def _archive(content: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE_ON), text, zipfile.ZIP_DEFLATED)
    return target.getvalue()
