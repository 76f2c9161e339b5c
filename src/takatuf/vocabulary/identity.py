"""Identities: how things, reports and places in a register are named.

A thing's identity is ``type/slug``, for example ``place/aleppo-city``; the type is part of
the identity, so a statement never needs to repeat it. Identities are plain text in every
file and on every page; nobody has to ask a server for a new one.
"""

import re
import unicodedata
from typing import NewType

ThingId = NewType("ThingId", str)
ReportId = NewType("ReportId", str)  # 64 hexadecimal digits: the SHA-256 of the report
Position = NewType("Position", int)  # place in one host's register; never compared between hosts

_THING_ID = re.compile(r"[a-z][a-z_]*/[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
_STATEMENT_ID = re.compile(r"statement/([0-9a-f]{64})-([1-9][0-9]{0,6})")


def is_thing_id(text: str) -> bool:
    """Say whether the text has the form ``type/slug`` in small Latin letters and digits."""
    return _THING_ID.fullmatch(text) is not None


def type_of(thing: ThingId) -> str:
    """Return the type part of an identity: ``place`` for ``place/aleppo-city``."""
    return thing.partition("/")[0]


def slug_of(name: str) -> str:
    """Return a name as the second part of an identity: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("'", ""))
    return _NOT_IN_A_SLUG.sub("-", plain.encode("ascii", "ignore").decode()).strip("-")


def name_key(name: str) -> str:
    """Return the form under which names are looked up: case, width and spaces do not count.

    Only what never changes a name's meaning is dropped, in any script: letter case,
    compatibility forms, Arabic tatweel and vowel marks, zero-width characters, runs of white
    space. Likeness of spelling is not judged here.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    kept = (
        letter
        for letter in folded
        if letter != "\u0640" and unicodedata.category(letter) not in {"Cf", "Mn"}
    )
    return " ".join("".join(kept).split())


def statement_id(report: ReportId, number: int) -> ThingId:
    """Return the identity of one claim of a report as a thing that people can judge.

    Args:
        report: The report.
        number: The claim's place in it, from 0.
    """
    return ThingId(f"statement/{report}-{number + 1}")


def statement_of(thing: ThingId) -> tuple[ReportId, int] | None:
    """Return the report and the place that `statement_id` was made of, or None."""
    found = _STATEMENT_ID.fullmatch(thing)
    return None if found is None else (ReportId(found[1]), int(found[2]) - 1)
