"""A sentence under examination: its words, its stops, and what could be a speaker in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from takatuf.formats.readers.text.known import Known, name_rules
from takatuf.formats.readers.text.language.phrases import Finds
from takatuf.formats.readers.text.language.words import Word
from takatuf.formats.readers.text.sentences import Sentence
from takatuf.formats.readers.text.speech.verbs import Verb, speech_rules

CLOSING = '"”»'
_STOP = re.compile(r"[,;:،؛—–()\"“”«»]|\s-\s")
_NAME_MOST = 4  # capitalised words that make a name of a person
_SPEAKER_MOST = 24  # words of a speaker with office and body
Span = tuple[int, int]  # words, by number: the first and the one after the last


@dataclass(frozen=True, slots=True)
class Report:
    """A verb of saying with its speaker and the clause it reports."""

    verb: Verb
    opens: int  # the first word of speaker and verb: what stands before is not theirs
    past: int  # the word after both
    speaker: Span | None  # None: the same as before
    clause: Span
    is_unsaid: bool = False
    told_inside: bool = False


@dataclass(slots=True)
class Parse:
    """The sentence; reports are added from left to right."""

    text: str
    sentence: Sentence
    words: Sequence[Word]
    finds: Finds
    known: Known
    reports: list[Report] = field(default_factory=list)

    def gap(self, place: int) -> str:
        """Return what stands between the word before this place and the word at it."""
        begin = self.words[place - 1].end if place else self.sentence.begin
        end = self.words[place].begin if place < len(self.words) else self.sentence.end
        return self.text[begin:end]

    def is_quoted(self, place: int) -> bool:
        """Say whether a word stands inside quotation marks."""
        begin = self.words[place].begin
        return any(first <= begin < past for first, past in self.sentence.quotes)

    def has(self, place: int, kind: str) -> bool:
        """Say whether a phrase of this kind begins here."""
        return self.ends(place, kind) > place

    def ends(self, place: int, kind: str) -> int:
        """Return where the longest phrase of this kind that begins here ends."""
        end, _ = self.finds.longest_at(place, speech_rules().words[kind])
        return place if end == place + 1 and _is_acronym(self.words[place]) else end

    def begins(self, place: int, kind: str) -> int:
        """Return where the longest phrase of this kind that ends before here begins."""
        begin, _ = self.finds.longest_before(place, speech_rules().words[kind])
        return place if begin == place - 1 and _is_acronym(self.words[begin]) else begin

    def is_stop(self, place: int) -> bool:
        """Say whether a comma, a bracket or a quotation mark stands before this word."""
        return _STOP.search(self.gap(place)) is not None

    def next_stop(self, first: int, past: int) -> int:
        """Return the first place after `first` that a stop stands before, or `past`."""
        return next((n for n in range(first + 1, past) if self.is_stop(n)), past)

    def pieces(self, span: Span) -> Iterator[Span]:
        """Give the pieces of a span between its stops."""
        first, past = span
        while first < past:
            stop = self.next_stop(first, past)
            yield first, stop
            first = stop

    def starts(self) -> int:
        """Return where the words begin that no report has taken yet."""
        return self.reports[-1].past if self.reports else 0

    def is_name(self, span: Span) -> bool:
        """Say whether a span is nothing but capitalised words, as a person's name."""
        words = self.words[span[0] : span[1]]
        return 0 < len(words) <= _NAME_MOST and all(word.is_capital for word in words)

    def could_speak(self, span: Span) -> bool:
        """Say whether a span names a body, an office, a person, or one named before."""
        words = self.words[span[0] : span[1]]
        if not 0 < len(words) <= _SPEAKER_MOST or words[0].is_number:
            return False
        key = " ".join(word.norm for word in words)
        if key in name_rules()["carried"] or key in name_rules()["pronouns"]:
            return True
        if self.has(span[0], "prepositions"):
            return False
        if any(self.has(place, "finite") for place in range(*span)):
            return False
        return (
            self.is_name(span)
            or bool(name_rules()["offices"].find(words).hits)
            or bool(self.known.organisations.find(words))
        )

    def without_helpers(self, span: Span) -> Span:
        """Return a span without helpers such as "had also" at either end."""
        first, past = span
        while first < past and (end := self.ends(first, "helpers")) > first:
            first = min(end, past)
        while first < past and (begin := self.begins(past, "helpers")) < past:
            past = max(begin, first)
        return first, past


def _is_acronym(word: Word) -> bool:
    """Say whether a word is such as WHO, which is none of the words it looks like."""
    return len(word.text) > 1 and word.text.isupper()
