"""Columns by letter and by number: A is 1."""

import re

_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


def number_of(letters: str) -> int:
    """Return the number of a column: "A" is 1, "AA" is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letters_of(number: int) -> str:
    """Return the letters of a column: 1 is "A", 27 is "AA"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def row_and_column(reference: str) -> tuple[int, int]:
    """Return row and column of a cell such as "F14" or "$F$14".

    Raises:
        ValueError: It names no cell; the workbook is broken there.
    """
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        message = f"no cell is named {reference!r}"
        raise ValueError(message)
    return int(match[2]), number_of(match[1])


def reference_of(row: int, column: int) -> str:
    """Return the name of a cell: row 14 of column 6 is "F14"."""
    return f"{letters_of(column)}{row}"
