"""The refusal of a whole file, in one shape."""

from takatuf.vocabulary.errors import InputError, Problem, cut


def refused(code: str, where: str, found: str, expected: str, hint: str = "") -> InputError:
    """Return the error of a file, or a part of one, that is not read."""
    problem = Problem(code=code, where=where, found=cut(found), expected=expected, hint=hint)
    return InputError([problem])


def broken(where: str, found: str, expected: str = "a whole workbook") -> InputError:
    """Return the error of a file that was cut short or damaged."""
    hint = "Open it, save it again as .xlsx and send that."
    return refused("workbook.broken", where, found, expected, hint)


def too_many_cells(where: str, found: str, most: int) -> InputError:
    """Return the error of a sheet that is too wide, too long, or both."""
    hint = "Delete the empty rows and columns to the end of the sheet, or split it."
    return refused("workbook.too-many-cells", where, found, f"up to {most:,} cells", hint)
