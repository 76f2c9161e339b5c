"""Code schemes in a table: how its codes are written, and how one way becomes the other.

Without a gazetteer a code can only be compared with the other codes of its file. That two
columns write the country differently is shown as a mapping, and no row is refused for it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from takatuf.activities.places.checks import AS_ONE, Checked, code_word, counted
from takatuf.activities.places.faults import as_faults
from takatuf.activities.places.spelling.codes import (
    as_one_scheme,
    code_key,
    country_in,
    scheme_of,
)
from takatuf.activities.questions import AS_ENTERED, Answers, Kind, Option, Question
from takatuf.vocabulary.errors import Problem, cut

HOW = "code scheme"
_LEAST_SHARE_OF_A_SCHEME = 0.1  # of a column's codes; what is rarer is a slip, not a scheme


@dataclass(frozen=True, slots=True)
class _Column:
    level: int
    letter: str
    codes: pl.DataFrame  # code, n_rows, scheme, country, plain

    @property
    def main(self) -> str:
        """Return the scheme of most of its codes."""
        return _main(self.codes)


def check_schemes(
    frame: pl.DataFrame, columns: Mapping[str, str], levels: tuple[int, ...], answers: Answers
) -> Checked:
    """Return the schemes of the codes of some levels, with what does not follow them.

    Args:
        frame: An activity frame, without error cells.
        columns: The letter of each of its words.
        levels: Those that no gazetteer covers.
        answers: Given so far.
    """
    present = [level for level in levels if code_word(level) in frame.columns]
    found = [_column(frame, level, columns) for level in present]
    found = [column for column in found if column.codes.height]
    if not found:
        return Checked()
    mapping = _mapping(found)
    question = _question(frame, found, mapping, columns)
    is_asked = question is not None and question.id not in answers
    return Checked(
        faults=pl.concat([_slips(frame, column) for column in found]),
        mapping=mapping,
        questions=(question,) if question is not None and is_asked else (),
        notes=_notes(found),
    )


def _column(frame: pl.DataFrame, level: int, columns: Mapping[str, str]) -> _Column:
    word = code_word(level)
    codes = frame.select(code=word).drop_nulls().group_by("code").len("n_rows").sort("code")
    known = codes["code"].to_list()
    return _Column(
        level,
        columns.get(word, ""),
        codes.with_columns(
            pl.Series("scheme", map(scheme_of, known), dtype=pl.String),
            pl.Series("country", map(country_in, known), dtype=pl.String),
            pl.Series("plain", as_one_scheme(known).values(), dtype=pl.String),
            pl.Series("key", map(code_key, known), dtype=pl.String),
        ),
    )


def _main(codes: pl.DataFrame) -> str:
    order = codes.group_by("scheme").agg(pl.len(), pl.col("n_rows").sum())
    return str(order.sort("len", "n_rows", "scheme", descending=[True, True, False])["scheme"][0])


def _slips(frame: pl.DataFrame, column: _Column) -> pl.DataFrame:
    """Return the cells whose code follows a scheme that hardly any other follows."""
    shares = Counter(column.codes["scheme"].to_list())
    least = _LEAST_SHARE_OF_A_SCHEME * column.codes.height
    rare = [scheme for scheme, n_codes in shares.items() if n_codes < least]
    wrong = column.codes.filter(pl.col("scheme").is_in(rare))
    example = column.codes.filter(pl.col("scheme") == column.main)["code"][0]
    cells = frame.select("row", found=code_word(column.level)).join(
        wrong.select("scheme", found="code"), on="found"
    )
    return as_faults(
        cells,
        code="place.code-of-other-scheme",
        column=column.letter,
        expected=f"a code such as {example} ({column.main})",
        hint=pl.format("It is written as {}.", "scheme"),
    )


def _mapping(found: list[_Column]) -> pl.DataFrame:
    """Return the codes with their country in three letters or none, where others use two."""
    lengths = {len(key) - len(plain) for column in found for key, plain in _isos(column)}
    rows = [
        column.codes.filter(pl.col("key") != pl.col("plain")).select(
            entered="code",
            repaired="plain",
            level=pl.lit(column.level, pl.UInt8),
            n_rows=pl.col("n_rows").cast(pl.UInt32),
            how=pl.lit(HOW),
        )
        for column in found
    ]
    mapped = pl.concat(rows)
    return mapped if len(lengths) > 1 else mapped.clear()


def _isos(column: _Column) -> list[tuple[str, str]]:
    is_known = (pl.col("country") != "") | (pl.col("key") != pl.col("plain"))
    return list(column.codes.filter(is_known).select("key", "plain").iter_rows())


def _question(
    frame: pl.DataFrame, found: list[_Column], mapping: pl.DataFrame, columns: Mapping[str, str]
) -> Question | None:
    if mapping.is_empty():
        return None
    mapped = set(mapping["entered"])
    is_mapped = pl.any_horizontal(pl.col(code_word(c.level)).is_in(mapped) for c in found)
    rows = tuple(frame.filter(is_mapped)["row"].sort())
    shown = mapping.row(0, named=True)
    schemes = sorted({scheme for column in found for scheme in column.codes["scheme"]})
    names = "; ".join(f"{c.main} in column {c.letter}" for c in found)
    return Question(
        kind=Kind.PLACE,
        code="ask.two-code-schemes",
        about="|".join(schemes),
        text=(
            f"Codes are written in two ways ({names}). Is {shown['entered']} the same as "
            f"{shown['repaired']}, and likewise for {counted(mapping.height, 'code')}? "
            f"{counted(len(rows), 'row')}."
        ),
        options=(
            Option(
                AS_ONE, f"Read {shown['entered']} as {shown['repaired']}", _agreeing(frame, found)
            ),
            Option(AS_ENTERED, "Leave the codes as they were entered"),
        ),
        rows=rows,
        where=f"column {columns.get(code_word(int(shown['level'])), '')}",
    )


def _agreeing(frame: pl.DataFrame, found: list[_Column]) -> str:
    """Return in how many rows the smaller area's code begins with the larger's, once read so."""
    if len(found) == 1:
        return ""
    plain = {c.level: dict(c.codes.select("code", "plain").iter_rows()) for c in found}
    upper, lower = found[0].level, found[1].level
    pairs = frame.group_by(code_word(upper), code_word(lower)).len().drop_nulls()
    both = sum(
        n_rows
        for above, below, n_rows in pairs.iter_rows()
        if plain[lower][below].startswith(plain[upper][above])
    )
    return f"then {both:,} of {int(pairs['len'].sum()):,} rows agree with the area above"


def _notes(found: list[_Column]) -> tuple[Problem, ...]:
    shown = [
        f"{scheme} in column {column.letter} ({n_codes:,} codes)"
        for column in found
        for scheme, n_codes in Counter(column.codes["scheme"].to_list()).most_common()
    ]
    styles = {column.main.split(" + ")[0] for column in found if column.main.startswith("ISO")}
    if len(styles) <= 1 and len(shown) == len(found):
        return ()
    return (
        Problem(
            code="place.code-schemes",
            where=f"columns {', '.join(column.letter for column in found)}"
            if len(found) > 1
            else f"column {found[0].letter}",
            found=cut("; ".join(shown)),
            expected="one way to write codes",
            hint="What was read as what is listed; no row is refused for it.",
        ),
    )
