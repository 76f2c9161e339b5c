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
