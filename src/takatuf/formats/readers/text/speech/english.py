"""Reported speech in English: the speaker before the verb, or after it."""

from takatuf.formats.readers.text.speech.parts import CLOSING, Parse, Report, Span
from takatuf.formats.readers.text.speech.verbs import Verb, Way

_LONGEST_NEST = 10  # words of a speaker inside the words of another
_SHORT_NAME = 5  # words of a speaker of whom nothing else is known
_FAR = 12  # words from a verb to its "that"
_DETERMINERS = frozenset({"the", "a", "an"})
_LEAST = 2  # words that make a clause


def english_report(parse: Parse, first: int, past: int, verb: Verb) -> Report | None:
    """Return the report that a verb makes, or None where it reports nobody's words."""
    if verb.way is Way.ACCORDING:
        return according(parse, first, past, verb)
    if verb.way is Way.TOLD_BY:
        return _told_by(parse, first, past, verb)
    if verb.way is Way.GOES_ON:
        return _going_on(parse, first, past, verb)
    if _is_no_saying(parse, first):
        return None
    return _inverted(parse, first, past, verb) or _subject_first(parse, first, past, verb)


def _is_no_saying(parse: Parse, first: int) -> bool:
    return parse.begins(first, "infinitive") < first


def _subject_first(parse: Parse, first: int, past: int, verb: Verb) -> Report | None:
    region, is_nested = _region(parse, first)
    is_unsaid, place = _unsaid(parse, first)
    clause = _clause_after(parse, past, verb)
    has_clause = clause[1] - clause[0] >= _LEAST
    if parse.reports and _is_coordinated(parse, (region[0], place)):
        return Report(verb, place, past, None, clause, is_unsaid) if has_clause else None
    named = _subject(parse, (region[0], place), has_clause=has_clause)
    if named is None or (verb.way is Way.WEAK and not _is_sure(parse, named, past)):
        return None
    if has_clause or is_unsaid:
        return Report(verb, named[0], past, named, clause, is_unsaid, is_nested)
    before = parse.starts(), named[0]
    if verb.modality == "denied" and before[0] == before[1]:
        return Report(verb, named[0], past, named, (past, past))
    return Report(verb, named[0], past, named, before) if before[1] > before[0] else None


def _is_coordinated(parse: Parse, region: Span) -> bool:
    """Say whether the verb has no subject of its own: "denied that ..., and said"."""
    return region[0] >= region[1] and parse.begins(region[1], "turns") < region[1]


def _region(parse: Parse, first: int) -> tuple[Span, bool]:
    """Return where the subject may stand, and whether that is inside another's words."""
    begin = parse.starts()
    turn = begin
    for place in range(begin, first):
        if parse.is_quoted(place):
            turn = place + 1
        elif place > begin and (parse.has(place, "turns") or ";" in parse.gap(place)):
            turn = parse.ends(place, "turns")
    is_nested = bool(parse.reports) and turn == begin
    if is_nested and (first - begin > _LONGEST_NEST or parse.is_stop(first)):
        return (first, first), True
    return (_after_that(parse, turn, first), first), is_nested


def _after_that(parse: Parse, first: int, past: int) -> int:
    return min(parse.ends(first, "that"), past)


def _unsaid(parse: Parse, first: int) -> tuple[bool, int]:
    """Say whether the verb is negated, and return where its subject ends."""
    _, place = parse.without_helpers((0, first))
    begin = parse.begins(place, "unsaid")
    if begin == place:
        return False, place
    return True, parse.without_helpers((0, begin))[1]


def _subject(parse: Parse, region: Span, *, has_clause: bool) -> Span | None:
    pieces = [piece for piece in parse.pieces(region) if not parse.has(piece[0], "relative")]
    pieces = [named for named in map(parse.without_helpers, pieces) if named[0] < named[1]]
    if not pieces:
        return None
    if not has_clause:
        return _last_name(parse, pieces)
    whole = next((n for n, piece in enumerate(pieces) if parse.could_speak(piece)), None)
    last = pieces[-1]
    if whole is None:
        return _inner_name(parse, last)
    if len(pieces) - whole > 1 and not _are_names(parse, pieces[whole:]):
        return last if parse.could_speak(last) else None
    return pieces[whole][0], last[1]


def _inner_name(parse: Parse, piece: Span) -> Span | None:
    """Return the speaker in "in a statement on Monday the directorate", or None."""
    for first in reversed(range(piece[0] + 1, piece[1])):
        is_start = parse.words[first].norm in _DETERMINERS or bool(
            parse.known.organisations.find(parse.words[first : piece[1]])
        )
        if is_start and parse.could_speak((first, piece[1])):
            return first, piece[1]
    return None


def _are_names(parse: Parse, pieces: list[Span]) -> bool:
    """Say whether pieces between commas are a name with what explains it."""
    return all(not any(parse.has(n, "finite") for n in range(*piece)) for piece in pieces)


def _last_name(parse: Parse, pieces: list[Span]) -> Span | None:
    """Return the speaker at the end of the words: the last piece, with a name before it."""
    last = pieces[-1]
    if not parse.could_speak(last):
        return last if _follows_quote(parse, last) else None
    before = pieces[-2] if len(pieces) > 1 else None
    if before is None or parse.is_name(before) == parse.is_name(last):
        return last
    return (before[0], last[1]) if parse.could_speak(before) else last


def _follows_quote(parse: Parse, piece: Span) -> bool:
    """Say whether a few words stand right after a quotation: they name its speaker."""
    is_short = piece[1] - piece[0] <= _SHORT_NAME
    return is_short and any(mark in parse.gap(piece[0]) for mark in CLOSING)


def _is_sure(parse: Parse, named: Span, past: int) -> bool:
    words = parse.words[named[0] : named[1]]
    return parse.has(past, "that") or bool(parse.known.organisations.find(words))


def _clause_after(parse: Parse, past: int, verb: Verb) -> Span:
    del verb
    end = len(parse.words)
    first = past
    that = next((n for n in range(past, min(past + _FAR, end)) if parse.has(n, "that")), None)
    if that is not None and _is_circumstance(parse, past, that):
        return parse.ends(that, "that"), end
    if parse.has(past, "listeners"):
        first = parse.ends(past, "listeners")
    elif parse.words[past - 1].norm in {"told", "tells", "informed"}:
        first = _after_listener(parse, past)
    if parse.has(first, "circumstances") and not parse.is_quoted(first):
        quoted = next((n for n in range(first, end) if parse.is_quoted(n)), None)
        stop = parse.next_stop(first, end)
        first = quoted if quoted is not None else stop
    return first, end


def _after_listener(parse: Parse, past: int) -> int:
    heard = parse.known.organisations.find(parse.words[past : past + 4])
    if heard and heard[0].first == 0:
        return past + heard[0].past
    first = past
    while first < len(parse.words) and parse.words[first].is_capital and not parse.is_stop(first):
        first += 1
    return first


def _is_circumstance(parse: Parse, first: int, past: int) -> bool:
    return (
        first == past
        or any(parse.has(first, kind) for kind in ("circumstances", "listeners"))
        or parse.words[first - 1].norm in {"told", "tells", "informed"}
    )


def _inverted(parse: Parse, first: int, past: int, verb: Verb) -> Report | None:
    """Read a speaker after the verb: "...", said X."""
    before = parse.gap(first)
    left = parse.starts(), first
    if left[0] == left[1] or not any(mark in before for mark in (",", *CLOSING, "?", "!")):
        return None
    speaker = _speaker_after(parse, past)
    if speaker is None or (
        not _has_any(before, CLOSING)
        and parse.could_speak(parse.without_helpers(list(parse.pieces(left))[-1]))
    ):
        return None
    return Report(verb, first, speaker[1], speaker, left)


def _has_any(text: str, marks: str) -> bool:
    return any(mark in text for mark in marks)


def _speaker_after(parse: Parse, past: int) -> Span | None:
    pieces = list(parse.pieces((past, _name_end(parse, past))))
    if not pieces or not parse.could_speak(pieces[0]):
        return None
    end = pieces[0][1]
    for piece in pieces[1:]:
        if not parse.could_speak(piece) or parse.is_quoted(piece[0]):
            break
        end = piece[1]
    return past, end


def _name_end(parse: Parse, past: int) -> int:
    """Return where a speaker after its verb ends at the latest."""
    for place in range(past, len(parse.words)):
        if parse.is_quoted(place) or any(
            parse.has(place, kind) for kind in ("that", "circumstances", "turns", "relative")
        ):
            return place
    return len(parse.words)


def _going_on(parse: Parse, first: int, past: int, verb: Verb) -> Report | None:
    if not parse.reports and not parse.is_stop(first):
        return None
    return Report(verb, first, past, None, _clause_after(parse, past, verb))


def _told_by(parse: Parse, first: int, past: int, verb: Verb) -> Report | None:
    end = _name_end(parse, past)
    if not parse.could_speak((past, end)):
        return None
    return Report(verb, first, end, (past, end), _clause_after(parse, end, verb))


def according(parse: Parse, first: int, past: int, verb: Verb) -> Report | None:
    """Read "according to X, ..." or "..., according to X", in either script."""
    speaker = _speaker_after(parse, past) or (past, parse.next_stop(past, _name_end(parse, past)))
    if speaker[0] >= speaker[1]:
        return None
    begin = parse.starts()
    own = begin
    for place in range(begin + 1, first):
        if parse.has(place, "turns") and parse.is_stop(place):
            own = parse.ends(place, "turns")
    if first - own >= _LEAST:
        return Report(verb, first, speaker[1], speaker, (own, first))
    after = min(parse.ends(speaker[1], "that"), len(parse.words))
    return Report(verb, first, speaker[1], speaker, (after, len(parse.words)))
