"""Find a key by what a person types: its whole identity, or the beginning of its fingerprint."""

import re

from takatuf.reports.keys import fingerprint
from takatuf.reports.standing import Standing
from takatuf.reports.submission import KeyId, SubmissionId
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem, cut

FEWEST_DIGITS = 16  # a second key that begins with them takes 2^64 attempts to make
ALL_DIGITS = 64
_DIGITS = re.compile(rf"[0-9a-f]{{{FEWEST_DIGITS},{ALL_DIGITS}}}")


def find_key(text: str, standing: Standing) -> KeyId:
    """Return the key that somebody names; a whole identity need not be known here yet.

    Raises:
        InputError: The text is no beginning of a fingerprint, or a too short one.
        NotFoundError: No key, or more than one, begins like this.
    """
    digits = _digits_of(text, "key")
    if len(digits) == ALL_DIGITS:
        return KeyId(digits)
    return KeyId(_only([key for key in standing.keys if key.startswith(digits)], "key", digits))


def find_submission(text: str, key: KeyId, standing: Standing) -> SubmissionId:
    """Return the submission of this key that somebody names.

    Raises:
        InputError: The text is no beginning of an identity, or a too short one.
        NotFoundError: The key signed no such submission, or more than one.
    """
    digits = _digits_of(text, "last-good")
    signed = [one for one, s in standing.submissions.items() if s.key == key]
    what = f"submission signed with {fingerprint(key)}"
    return SubmissionId(_only([one for one in signed if one.startswith(digits)], what, digits))


def _digits_of(text: str, where: str) -> str:
    digits = "".join(text.split()).lower()
    if _DIGITS.fullmatch(digits) is None:
        expected = f"{FEWEST_DIGITS} to {ALL_DIGITS} hexadecimal digits, with or without spaces"
        raise InputError(
            [Problem(code="key.not-a-fingerprint", where=where, found=cut(text), expected=expected)]
        )
    return digits


def _only(found: list[str], what: str, digits: str) -> str:
    if len(found) == 1:
        return found[0]
    many = f"{len(found)} of them begin" if found else "none here begins"
    raise NotFoundError(f"There is no single {what} of that name: {many} with {digits}.")
