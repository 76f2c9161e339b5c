"""HXL hashtags as partners type them: with spaces inside, with capital letters, with a mark after.

A row is a row of tags if most of its filled cells are tags; an error cell (``#N/A``) is none.
"""

import re
from collections.abc import Sequence

from takatuf.activities.tables import ERROR_CELLS

MAX_TAG_ROW = 50  # filled rows from the top
_TAG = re.compile(r"^#\s*[^\W\d_]\w*(?:\s*[+ ]\s*\w+)*\s*\+?\s*[?*]?$")
_MAX_CHARACTERS = 120
_KNOWN = re.compile(
    r"^#\s*(?:org|sector|subsector|activity|adm\d|loc|geo|date|reached|targeted|beneficiary|status|"
    r"indicator|meta|value|country|region|population|affected|inneed|contact|output|item|modality|"
    r"channel|currency|cause|crisis|event|impact|need|operations|response|service|severity|actor|"
    r"access|capacity|description|group|x_)\b",
    re.IGNORECASE,
)


def is_tag(cell: str | None) -> bool:
    """Whether a cell is a hashtag with its attributes."""
    if not cell:
        return False
    text = cell.strip()
    if text in ERROR_CELLS or len(text) > _MAX_CHARACTERS:
        return False
    return bool(_TAG.match(text))


def is_tag_row(cells: Sequence[str | None]) -> bool:
    """Whether a row is one of tags: one known tag at least, and most of its cells tags."""
    filled = [cell for cell in cells if cell and cell.strip()]
    tags = [cell for cell in filled if is_tag(cell)]
    if not tags or len(tags) * 2 <= len(filled):
        return False
    return any(_KNOWN.match(tag.strip()) for tag in tags) or len(tags) > 2  # noqa: PLR2004
