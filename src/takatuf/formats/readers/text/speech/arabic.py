"""Reported speech in Arabic: the verb, then the speaker, then "that" and what is said."""

from takatuf.formats.readers.text.speech.english import according
from takatuf.formats.readers.text.speech.parts import CLOSING, Parse, Report, Span
from takatuf.formats.readers.text.speech.verbs import Verb, Way

_FAR = 25  # words from a verb to its "that"
_SUBJECT_MOST = 15  # words of a speaker before the verb
_LEAST = 2  # words that make a clause
_UNKNOWN_NAME = 4  # words taken for a speaker where nothing shows its end


def arabic_report(parse: Parse, first: int, past: int, verb: Verb) -> Report | None:
    """Return the report that a verb makes, or None where it reports nobody's words."""
    if verb.way is Way.ACCORDING:
        return according(parse, first, past, verb)
    if parse.begins(first, "unsaid") < first:
        return Report(verb, first, past, None, (past, len(parse.words)), is_unsaid=True)
    that = _that(parse, past)
    inverted = _inverted(parse, first, past, verb)
    if inverted is not None and (that is None or that > inverted.past):
        return inverted
    before = None if verb.way is Way.GOES_ON else _subject_before(parse, first)
    if before is not None:
        clause = _clause(parse, past if that is None else that)
        return Report(verb, before[0], past, before, clause)
    speaker, clause = _speaker_and_clause(parse, past, that)
    is_short = clause[1] - clause[0] < _LEAST and verb.modality != "denied"
    if is_short or not _may_report(parse, verb, speaker, that, clause):
        return None
    is_nested = bool(parse.reports) and not parse.is_stop(first) and speaker is not None
    named = None if verb.way is Way.GOES_ON else speaker
    return Report(verb, first, clause[0], named, clause, told_inside=is_nested)


def _may_report(
    parse: Parse, verb: Verb, speaker: Span | None, that: int | None, clause: Span
) -> bool:
    if verb.way is not Way.WEAK:
        is_told = that is not None or parse.has(clause[0], "noun_clauses")
        return is_told or (speaker is not None and parse.could_speak(speaker))
    return that is not None and (speaker is None or parse.could_speak(speaker))


def _that(parse: Parse, past: int) -> int | None:
    """Return the place of the word "that", or of the first word after a colon or a quote mark."""
    for place in range(past, min(past + _FAR, len(parse.words))):
        if parse.has(place, "that") or parse.is_quoted(place):
            return place
        if place > past and ":" in parse.gap(place):
            return place
    return None


def _clause(parse: Parse, place: int) -> Span:
    return parse.ends(place, "that"), len(parse.words)


def _inverted(parse: Parse, first: int, past: int, verb: Verb) -> Report | None:
    """Read «...»، قال X."""
    left = parse.starts(), first
    if left[0] == left[1] or not any(mark in parse.gap(first) for mark in CLOSING):
        return None
    end = parse.next_stop(past, len(parse.words))
    return Report(verb, first, end, (past, end) if end > past else None, left)


def _subject_before(parse: Parse, first: int) -> Span | None:
    begin = parse.starts()
    for place in range(begin, first):
        if place > begin and (parse.is_stop(place) or parse.has(place, "turns")):
            begin = place
    span = parse.without_helpers((begin, first))
    if not 0 < span[1] - span[0] <= _SUBJECT_MOST or not parse.could_speak(span):
        return None
    return span


def _speaker_and_clause(parse: Parse, past: int, that: int | None) -> tuple[Span | None, Span]:
    first = parse.ends(past, "helpers")
    if that is not None and parse.ends(first, "prepositions") == that:
        return None, _clause(parse, that)
    if that is not None:
        speaker = first, _circumstances_from(parse, first, that)
        return (speaker if speaker[0] < speaker[1] else None), _clause(parse, that)
    named = parse.known.organisations.find(parse.words[first : first + _FAR])
    noun = _noun_clause(parse, first)
    if named and named[0].first <= 1:
        end = first + named[0].past
        return (first, end), (max(noun or end, end), len(parse.words))
    if noun is not None:
        return (first, _circumstances_from(parse, first, noun)), (noun, len(parse.words))
    end = min(first + _UNKNOWN_NAME, len(parse.words))
    end = next((n for n in range(first + 1, end) if parse.has(n, "it")), end)
    return (first, end), (end, len(parse.words))


def _noun_clause(parse: Parse, first: int) -> int | None:
    """Return where what is announced begins as a noun, such as the arrival of."""
    for place in range(first + 1, min(first + _FAR, len(parse.words))):
        if parse.has(place, "noun_clauses") or parse.is_stop(place):
            return place
    return None


def _circumstances_from(parse: Parse, first: int, past: int) -> int:
    """Return where "in a statement", "on Tuesday" and the like begin, or `past`."""
    return next((n for n in range(first, past) if parse.has(n, "circumstances")), past)
