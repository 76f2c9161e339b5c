"""Who a speaker is: a body that the register knows, the office, and never a private name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from takatuf.formats.readers.text.known import Known, empty_words, name_rules, telling_words
from takatuf.formats.readers.text.language.words import Word, text_between, words_of
from takatuf.vocabulary.identity import ThingId

_LEAST = 2  # words of an office that says no more
_LONGEST_NAME = 4  # words of a person's name


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as the text has it, and whom the register knows it as."""

    said_as: str = ""  # the words of the text
    organisation: str = ""  # an identity, or "" where nobody known is meant
    role: str = ""  # the office, with a name only beside an office
    surname: str = ""  # by which the text may name the same person again
    doubts: tuple[str, ...] = ()


def speaker_of(words: Sequence[Word], text: str, known: Known) -> Speaker:
    """Return who these words name.

    Args:
        words: The words of the speaker: name, office, body, in any order.
        text: The whole text.
        known: What the register knows.
    """
    said_as = " ".join(text_between(words, text).split())
    name = _person(words, text, known)
    organisation, doubts = _body(words, known, said_as)
    role, more = _role(words, text, name, known)
    return Speaker(said_as, organisation, role, name[-1].norm if name else "", (*doubts, *more))


def _body(words: Sequence[Word], known: Known, said_as: str) -> tuple[str, tuple[str, ...]]:
    mentions = known.organisations.find(words)
    longest = max((m.past - m.first for m in mentions), default=0)
    best = _by_office(words, known, longest)
    if len(best) == 1:
        thing, share = best[0]
        doubts = () if share == 1 else (f"“{said_as}” was taken for {thing}",)
        return thing, doubts
    if mentions and len(mentions[0].things) == 1:
        others = sorted({t for m in mentions[1:] for t in m.things} - {mentions[0].things[0]})
        also = (f"also named: {', '.join(others)}",) if others else ()
        return mentions[0].things[0], also
    several = [thing for thing, _ in best] or [t for m in mentions for t in m.things]
    if several:
        return "", (f"“{said_as}” may be {' or '.join(several)}",)
    return "", (f"no body that is known here is called “{said_as}”",)


def _by_office(words: Sequence[Word], known: Known, least: int) -> list[tuple[ThingId, float]]:
    """Return the bodies whose name is told best, if better than by a name in full."""
    rules = name_rules()
    told = telling_words(words)
    found: list[tuple[float, int, ThingId]] = []
    for thing, names in known.bodies.items():
        for name in names:
            hits = len(name & told)
            if hits >= rules["least"] and hits > least and hits >= rules["share"] * len(name):
                found.append((hits / len(name), hits, thing))
    best = max((entry[:2] for entry in found), default=None)
    return sorted({(thing, share) for share, hits, thing in found if (share, hits) == best})


def _person(words: Sequence[Word], text: str, known: Known) -> Sequence[Word]:
    """Return the words of a person's name: capitalised, of no office and no known body."""
    if not words[0].text.isascii():
        return _piece_without_office(words, text, known)
    runs: list[list[Word]] = [[]]
    for number, word in enumerate(words):
        is_new = number > 0 and text[words[number - 1].end : word.begin].strip(" ") != ""
        if is_new or not word.is_capital or _is_of_an_office(word):
            runs.append([])
        if word.is_capital and not _is_of_an_office(word):
            runs[-1].append(word)
    names = [run for run in runs if 0 < len(run) <= _LONGEST_NAME and not _is_known(run, known)]
    whole = [run for run in names if len(run) > 1]
    return (whole or names or [[]])[-1] if whole or len(words) == 1 else []


def _piece_without_office(words: Sequence[Word], text: str, known: Known) -> Sequence[Word]:
    """Return a name in a script without capitals: what stands apart from office and body."""
    pieces: list[list[Word]] = [[]]
    for number, word in enumerate(words):
        if number > 0 and text[words[number - 1].end : word.begin].strip(" ") != "":
            pieces.append([])
        pieces[-1].append(word)
    apart = [
        piece
        for piece in pieces[1:]
        if len(piece) <= _LONGEST_NAME
        and not any(map(_is_of_an_office, piece))
        and not _is_known(piece, known)
    ]
    return apart[-1] if apart else []


def _is_of_an_office(word: Word) -> bool:
    return bool(name_rules()["offices"].find([word]).hits)


def _is_known(run: Sequence[Word], known: Known) -> bool:
    return bool(known.organisations.find(run) or known.places.find(run))


def _role(
    words: Sequence[Word], text: str, name: Sequence[Word], known: Known
) -> tuple[str, tuple[str, ...]]:
    mentions = known.organisations.find(words)
    if mentions and mentions[0].past - mentions[0].first >= len(words) - 1:
        return "", ()
    named = " ".join(word.text for word in name)
    office = (
        " ".join(text_between(words, text).replace(named, " ").split())
        if named
        else (" ".join(text_between(words, text).split()))
    )
    office = office.strip(" ,،").removeprefix("the ").removeprefix("The ")
    if not any(_is_of_an_office(word) for word in words_of(office)):
        private = "a person is named without a public office: the name is left out"
        return ("", (private,)) if named else (office, ())
    return (f"{office} ({named})" if named else office), ()


def same_speaker(words: Sequence[Word], said_before: Mapping[str, Speaker]) -> Speaker | None:
    """Return the speaker of this surname whom the text has named in full before."""
    if len(words) == 1 and (words[0].is_capital or not words[0].text.isascii()):
        return said_before.get(words[0].norm)
    return None


def is_only_an_office(words: Sequence[Word]) -> bool:
    """Say whether words such as "the general" name an office and nothing else."""
    telling = [word for word in words if not empty_words().intersection(word.forms)]
    return 0 < len(telling) <= _LEAST and all(map(_is_of_an_office, telling))


def of_a_body_named_before(
    speaker: Speaker, words: Sequence[Word], spoken: Sequence[Speaker], known: Known
) -> Speaker:
    """Return a speaker "of the directorate" with the directorate that spoke before, if any."""
    told = telling_words(words)
    for earlier in spoken:
        for name in known.bodies.get(ThingId(earlier.organisation), ()):
            if any(_is_of_an_office(word) for word in words_of(" ".join(name & told))):
                doubt = f"“{speaker.said_as}” was taken for {earlier.organisation}"
                return replace(speaker, organisation=earlier.organisation, doubts=(doubt,))
    return speaker
