"""A statement that is proposed from a text: nothing but an offer until a person keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

FIELDS = (
    "thing", "property", "value", "unit", "modality", "observed_at", "wording", "organisation",
    "role", "method",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Where a text was published, as far as its sender says."""

    published_on: date | None = None
    title: str = ""
    publisher: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One statement as the rules read it, with the words it was read from.

    The fields are those of the layout *statements*, as text; a blank one must be filled by
    whoever keeps it. Places count the letters of the text that was read.
    """

    number: int  # in its text, from 1
    sentence: str
    begin: int  # of the wording in the text
    end: int
    in_sentence: tuple[int, int]  # the same, in the sentence
    speaker: str  # as the text has it; "" for its own words
    thing: str = ""
    property: str = ""
    value: str = ""
    unit: str = ""
    modality: str = "asserted"
    observed_at: str = ""
    wording: str = ""
    organisation: str = ""
    role: str = ""
    method: str = ""
    unsure: tuple[str, ...] = ()  # what is missing or must be checked, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What a text was found to say."""

    name: str  # of the file
    article: Article
    proposals: tuple[Proposal, ...]
    n_sentences: int
    n_without_statement: int  # sentences that state nothing the rules know
    n_headlines: int  # not read: they repeat what the text says
    n_unsaid: int  # "did not say": nobody's statement


def changed(proposal: Proposal, name: str, value: str) -> Proposal:
    """Return a proposal with one of its `FIELDS` written anew.

    Raises:
        KeyError: There is no such field; the caller's fault.
    """
    if name not in FIELDS:
        raise KeyError(name)
    fields: dict[str, Any] = {name: value.strip()}
    return replace(proposal, **fields)


def is_whole(proposal: Proposal) -> bool:
    """Say whether nothing is missing that an import needs."""
    return all((proposal.thing, proposal.property, proposal.value, proposal.organisation))


def statement_row(proposal: Proposal, article: Article, keep: str = "") -> Mapping[str, str]:
    """Return a proposal as a row of the layout *statements*, with the column `keep` first."""
    published = article.published_on
    return {
        "keep": keep,
        **{name: getattr(proposal, name) for name in FIELDS},
        "published_on": published.isoformat() if published else "",
        "title": article.title,
        "publisher": article.publisher,
        "address": article.address,
        "unsure": "; ".join(proposal.unsure),
        "sentence": proposal.sentence,
    }
