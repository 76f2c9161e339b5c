"""Write rows as CSV that a spreadsheet opens as text: UTF-8 with a mark, no cell is a formula."""

import csv
import io
from collections.abc import Mapping, Sequence

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return the rows as CSV, with every column that any row has; a missing cell is blank.

    A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV
    injection); numbers stay as they are.
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value
