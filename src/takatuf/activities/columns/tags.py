"""HXL tags as people write them, and what they say.

A tag is read with spaces, capital letters and unusual attributes. What it says exactly stands
in `columns.toml`; otherwise its attributes are compared with those of the tags known.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from takatuf.activities.columns.meanings import Meaning, meanings

_NOT_TAG = re.compile(r"[^#+\w]+")
_LEAST_ALIKE = 0.5  # of the attributes of both, so that one of two does for a guess
_SAME_ATTRIBUTE = {
    "implementing": "impl", "implementer": "impl", "partner": "impl", "ip": "impl",
    "programming": "prog", "programme": "prog", "program": "prog", "lead": "prog",
    "funding": "funder", "donor": "funder", "pcode": "code", "id": "code", "codes": "code",
    "abbreviation": "acronym", "abbr": "acronym", "short": "acronym", "report": "reported",
    "households": "hh", "household": "hh", "families": "hh", "individuals": "ind",
    "people": "ind", "persons": "ind", "individual": "ind", "total": "ind",
    "disabled": "disability", "disabilities": "disability", "pwd": "disability",
    "older": "elderly", "seniors": "elderly", "female": "f", "females": "f", "male": "m",
    "males": "m", "child": "children", "adult": "adults", "latitude": "lat", "longitude": "lon",
    "description": "description", "desc": "description", "details": "description",
}  # fmt: skip
_PAIRS = {
    "girls": ("f", "children"),
    "boys": ("m", "children"),
    "women": ("f", "adults"),
    "men": ("m", "adults"),
}
_SAME_HASHTAG = {
    "#actor": "#org", "#adm0": "#country", "#admin1": "#adm1", "#admin2": "#adm2",
    "#admin3": "#adm3", "#lat_deg": "#geo", "#affected": "#reached", "#recipients": "#reached",
    "#people": "#reached",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag in parts, in small letters."""

    hashtag: str  # with the hash
    attributes: frozenset[str]

    @property
    def usual(self) -> "Tag":
        """The tag with the usual word for each attribute: ``+impl`` for ``+implementing``."""
        plain = (_PAIRS.get(name, (_SAME_ATTRIBUTE.get(name, name),)) for name in self.attributes)
        hashtag = _SAME_HASHTAG.get(self.hashtag, self.hashtag)
        return Tag(hashtag, frozenset(name for names in plain for name in names))


@dataclass(frozen=True, slots=True)
class TagSays:
    """What a tag says: the words that fit it, the best first."""

    words: tuple[str, ...] = ()
    is_exact: bool = False


@lru_cache(maxsize=4096)
def parse_tag(text: str) -> Tag | None:
    """Return the tag in a text such as ``# org +Code``, or None where it holds none."""
    joined = _NOT_TAG.sub("", text).casefold()
    hashtag, *attributes = joined.split("+")
    if not hashtag.startswith("#") or len(hashtag) < 2:  # noqa: PLR2004 - a hash and a letter
        return None
    return Tag(hashtag, frozenset(name for name in attributes if name))


def is_of_the_data(text: str) -> bool:
    """Say whether a tag is about the data themselves: ``#meta``."""
    tag = parse_tag(text)
    return tag is not None and tag.hashtag == "#meta"


@lru_cache(maxsize=4096)
def words_of_tag(text: str) -> TagSays:
    """Return what a tag says: exactly where it is known, otherwise by its attributes."""
    tag = parse_tag(text)
    if tag is None:
        return TagSays()
    exact = _exact().get(tag) or _usual().get(tag.usual)
    if exact:
        return TagSays(tuple(exact), is_exact=True)
    scored = sorted(
        ((score, word) for word, score in _scores(tag.usual).items() if score >= _LEAST_ALIKE),
        key=lambda found: -found[0],
    )
    best = [word for score, word in scored if score == scored[0][0]]
    return TagSays(tuple(best))


def tags_of(meaning: Meaning) -> Iterable[Tag]:
    """Return every tag that says exactly this, ours first."""
    parsed = (parse_tag(text) for text in (meaning.hxl, *meaning.tags))
    return (tag for tag in parsed if tag is not None)


@cache
def _exact() -> dict[Tag, list[str]]:
    found: dict[Tag, list[str]] = {}
    for word, meaning in meanings().items():
        for tag in tags_of(meaning):
            known = found.setdefault(tag, [])
            known += [word] if word not in known else []
    return found


@cache
def _usual() -> dict[Tag, list[str]]:
    found: dict[Tag, list[str]] = {}
    for tag, words in _exact().items():
        for word in words:
            known = found.setdefault(tag.usual, [])
            known += [word] if word not in known else []
    return found


def _scores(tag: Tag) -> dict[str, float]:
    scores: dict[str, float] = {}
    for known, words in _usual().items():
        if known.hashtag == tag.hashtag:
            every = len(known.attributes | tag.attributes)
            alike = len(known.attributes & tag.attributes) / every if every else 1.0
            for word in words:
                scores[word] = max(scores.get(word, 0.0), alike)
    return scores
