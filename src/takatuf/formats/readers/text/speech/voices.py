"""Who speaks in each sentence of a text: carried on from sentence to sentence, never guessed.

"He added" is the last who spoke; a quotation of several sentences is one speaker's; what
nobody is quoted for is the article's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from takatuf.formats.readers.text.documents import Document, Kind
from takatuf.formats.readers.text.known import Known, name_rules
from takatuf.formats.readers.text.language.words import Word, words_of
from takatuf.formats.readers.text.sentences import Sentence, sentences_of
from takatuf.formats.readers.text.speech.speakers import (
    Speaker,
    is_only_an_office,
    of_a_body_named_before,
    same_speaker,
    speaker_of,
)
from takatuf.formats.readers.text.speech.utterances import Utterance, utterances_of

_REMEMBERED = 20  # speakers of whom the text may speak again
_SHORT = 3  # letters of a word that names no office
OWN = Speaker()  # the article's own words


@dataclass(frozen=True, slots=True)
class Saying:
    """What one speaker says in one sentence."""

    sentence: Sentence
    sentence_words: Sequence[Word]
    words: Sequence[Word]  # of what is said
    speaker: Speaker  # `OWN` for the article itself
    utterance: Utterance


@dataclass(slots=True)
class _Memory:
    last: Speaker | None = None
    spoken: list[Speaker] = field(default_factory=list)  # the last one first
    by_surname: dict[str, Speaker] = field(default_factory=dict)


def sayings_of(document: Document, known: Known) -> Iterator[Saying]:
    """Give what is said in a text, sentence by sentence; headlines are not read."""
    memory = _Memory()
    waiting: list[Saying] = []  # quoted sentences whose speaker may follow
    for sentence in sentences_of(document):
        if sentence.kind is Kind.HEADLINE:
            continue
        if waiting and not _goes_on(document.text, sentence, waiting[0].sentence):
            yield from _spoken(waiting, memory.last)
            waiting = []
        found = list(_sayings(document.text, sentence, known, memory))
        if len(found) == 1 and _is_open_quote(found[0]):
            waiting += found
            continue
        if waiting:
            yield from _spoken(waiting, found[0].speaker if found else memory.last)
            waiting = []
        yield from found
    yield from _spoken(waiting, memory.last)


def _is_open_quote(saying: Saying) -> bool:
    return saying.sentence.is_quoted and not saying.utterance.is_reported


def _goes_on(text: str, sentence: Sentence, first: Sentence) -> bool:
    """Say whether a sentence begins inside the same quotation."""
    same_block = sentence.block == first.block and sentence.begins_in_quote
    return same_block and text[sentence.begin] not in '"“«„'


def _spoken(sayings: Sequence[Saying], speaker: Speaker | None) -> Iterator[Saying]:
    for saying in sayings:
        if speaker is None or speaker is OWN:
            doubt = replace(OWN, doubts=("a quotation, and the text does not say whose",))
            yield replace(saying, speaker=doubt)
        else:
            yield replace(saying, speaker=speaker)


def _sayings(text: str, sentence: Sentence, known: Known, memory: _Memory) -> Iterator[Saying]:
    words = words_of(text, sentence.begin, sentence.end)
    if not words:
        return
    for utterance in utterances_of(sentence, text, words, known):
        speaker = OWN
        if utterance.is_reported:
            speaker = _speaker(utterance, words, text, known, memory)
            memory.last = speaker
        said = words[utterance.words[0] : utterance.words[1]]
        yield Saying(sentence, words, said, speaker, utterance)


def _named_before(words: Sequence[Word], memory: _Memory) -> Speaker | None:
    """Return who is meant by "he", or by "the general": one of that office, never another."""
    key = " ".join(word.norm for word in words)
    if memory.last is None or key in name_rules()["pronouns"]:
        return memory.last
    is_carried = key in name_rules()["carried"]
    if not (is_carried or is_only_an_office(words)):
        return None
    offices = [form for word in words for form in word.forms if len(form) > _SHORT]
    for speaker in memory.spoken:
        said = {form for word in words_of(speaker.said_as) for form in word.forms}
        if said.intersection(offices):
            return speaker
    doubt = f"“{key}” was taken for {memory.last.said_as}"
    return replace(memory.last, doubts=(*memory.last.doubts, doubt)) if is_carried else None


def _speaker(
    utterance: Utterance, words: Sequence[Word], text: str, known: Known, memory: _Memory
) -> Speaker:
    if utterance.speaker is None:
        return memory.last or Speaker(said_as="?", doubts=("who speaks is not said",))
    named = words[utterance.speaker[0] : utterance.speaker[1]]
    carried = _named_before(named, memory)
    if carried is not None:
        return carried
    speaker = same_speaker(named, memory.by_surname) or speaker_of(named, text, known)
    if not speaker.organisation:
        speaker = of_a_body_named_before(speaker, named, memory.spoken, known)
    last = memory.last.organisation if memory.last else ""
    if not speaker.organisation and last and named[0].norm in name_rules()["possessive"]:
        doubt = f"“{speaker.said_as}” was taken for {last}"
        speaker = replace(speaker, organisation=last, doubts=(doubt,))
    memory.spoken = [speaker, *memory.spoken[: _REMEMBERED - 1]]
    if speaker.surname:
        memory.by_surname.setdefault(speaker.surname, speaker)
    if utterance.told_inside and memory.last:
        doubt = f"quoted by {memory.last.said_as or 'another speaker'}"
        return replace(speaker, doubts=(*speaker.doubts, doubt))
    return speaker
