"""Read a plan from the JSON file in which it was kept."""

import json

from takatuf.formats.writers.plan_json import FORMAT, PlanDocument
from takatuf.vocabulary.errors import InputError, Problem, cut

_BEGINNING_BYTES = 4096


def is_plan(content: bytes) -> bool:
    """Say whether a file begins as JSON does; no table of reports begins so."""
    return content[:_BEGINNING_BYTES].lstrip().startswith(b"{")


def read_plan(content: bytes, name: str) -> PlanDocument:
    """Return the document of a kept plan.

    Raises:
        InputError: The file is no JSON, or no plan of ours.
    """
    try:
        document = json.loads(content)
    except ValueError as error:
        raise _refused(name, str(error)) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _refused(name, str(document)[:80])
    return document


def _refused(name: str, found: str) -> InputError:
    expected = f"a document of the format {FORMAT}, as takatuf plan keeps it"
    return InputError(
        [Problem(code="plan.unreadable", where=name, found=cut(found), expected=expected)]
    )
