"""Exit codes: 0 clean, 1 findings in an otherwise good file, 2 usage, 10 and above by family.

A test checks that every family of errors has its code here.
"""

from takatuf.vocabulary.errors import (
    InputError,
    NotAllowedError,
    NotFoundError,
    StaleError,
    TakatufError,
    UnavailableError,
)

FINDINGS = 1
USAGE = 2
OUR_FAULT = 70
INTERRUPTED = 130

BY_FAMILY: dict[type[TakatufError], int] = {
    InputError: 10,
    NotAllowedError: 11,
    NotFoundError: 12,
    StaleError: 13,
    UnavailableError: 14,
}


def exit_code(error: TakatufError) -> int:
    """Return the exit code of an error, by its family."""
    return next((code for family, code in BY_FAMILY.items() if isinstance(error, family)), 70)
