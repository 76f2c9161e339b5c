"""What every product is made of: the rows, for whom they are, of which day, and what is left out.

The rows are redacted before they come here. `Products` looks again: a set of rows with a column
that its readers may not see cannot be made, so no writer can publish it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from takatuf.activities.places.gazetteers.gazetteer import Gazetteer
from takatuf.formats.writers.products.disclosure import Audience, require_visible


@dataclass(frozen=True, slots=True)
class Maker:
    """The organisation that hands a product out; never a person."""

    name: str
    iati_reference: str = ""  # as registered, "XM-DAC-41127"; "" where it has none
    iati_type: str = ""  # a code of the IATI list OrganisationType, "22"


@dataclass(frozen=True, slots=True)
class Response:
    """What the activities answer to."""

    country: str = ""  # ISO 3166-1 alpha-2, "SY"
    glide: str = ""  # the emergency's GLIDE number
    plan: str = ""  # the code of the humanitarian plan, where a row names none of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """An activity frame, and what stands around it in every product.

    Raises `NotAllowedError` where a column is not for the audience.
    """

    frame: pl.DataFrame  # words of columns, as the register gives them
    title: str
    as_of: date  # true on that day
    audience: Audience
    made_by: Maker
    licence: str
    known: date | None = None  # as received until that day; None: all that was received
    gazetteer: Gazetteer | None = None  # for the drop-downs of places
    not_included: tuple[str, ...] = ()  # sentences: who and what is missing
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # further values by word
    response: Response = Response()

    def __post_init__(self) -> None:
        """Refuse columns that the audience may not see.

        Raises:
            NotAllowedError: There are such columns; all are named.
        """
        require_visible(self.frame.columns, self.audience)
