"""Who says what in a sentence: quotations, reported speech, and the article's own words.

Only the sentence is looked at here; who "he" is, and whose a quotation of several sentences
is, follows from its neighbours (`voices.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from takatuf.formats.readers.text.known import Known
from takatuf.formats.readers.text.language.words import Word
from takatuf.formats.readers.text.sentences import Sentence
from takatuf.formats.readers.text.speech.arabic import arabic_report
from takatuf.formats.readers.text.speech.english import english_report
from takatuf.formats.readers.text.speech.parts import Parse, Report, Span
from takatuf.formats.readers.text.speech.verbs import Verb, speech_rules

_VERBS_MOST = 12  # verbs of saying that are looked at in a sentence
_OWN_LEAST = 4  # words that make a clause of its own before somebody speaks
_LEAST = 2  # words that say something


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker says in a sentence; words by their number in it."""

    words: Span
    speaker: Span | None = None  # None: the same as before, or nobody
    is_reported: bool = False  # False: the article's own words, or a quotation going on
    is_unsaid: bool = False  # "did not say": nobody's statement
    told_inside: bool = False  # by a speaker whom another speaker quotes
    modality: str = "asserted"


def utterances_of(
    sentence: Sentence, text: str, words: Sequence[Word], known: Known
) -> tuple[Utterance, ...]:
    """Return what is said in a sentence, in its order; at least one utterance."""
    parse = Parse(text, sentence, words, speech_rules().book.find(words), known)
    for first, past, verb in islice(_verbs(parse), _VERBS_MOST):
        if first >= parse.starts():
            read = english_report if words[first].text.isascii() else arabic_report
            report = read(parse, first, past, verb)
            if report is not None:
                parse.reports.append(report)
    return tuple(_utterances(parse)) or (Utterance((0, len(words))),)


def _verbs(parse: Parse) -> Iterator[tuple[int, int, Verb]]:
    verbs = speech_rules().verbs
    hits = sorted(
        (hit.first, -hit.past, phrase)
        for phrase, found in parse.finds.hits.items()
        if phrase in verbs
        for hit in found
        if not hit.is_future
    )
    end = 0
    for first, past, phrase in hits:
        if first >= end and not parse.is_quoted(first):
            end = -past
            yield first, end, verbs[phrase]


def _utterances(parse: Parse) -> Iterator[Utterance]:
    reports = parse.reports
    if reports and (own := _own(parse, reports[0])):
        yield Utterance((0, _without_turn(parse, 0, own)))
    for number, report in enumerate(reports):
        first, past = report.clause
        if number + 1 < len(reports) and past > report.opens:
            past = _without_turn(parse, first, min(past, reports[number + 1].opens))
        if past - first < _LEAST and report.verb.modality == "denied":
            first = report.opens  # "denied it": what is denied was said before
        if past - first >= _LEAST or report.is_unsaid:
            yield Utterance(
                words=(first, max(past, first)),
                speaker=report.speaker,
                is_reported=True,
                is_unsaid=report.is_unsaid,
                told_inside=report.told_inside,
                modality=report.verb.modality,
            )


def _without_turn(parse: Parse, first: int, past: int) -> int:
    return past - 1 if past > first and parse.has(past - 1, "turns") else past


def _own(parse: Parse, report: Report) -> int:
    """Return where the article's own words before the first report of a sentence end, or 0."""
    end = min(report.opens, report.clause[0])
    is_apart = end >= _OWN_LEAST and (parse.has(end - 1, "turns") or ";" in parse.gap(end))
    return end if is_apart else 0
