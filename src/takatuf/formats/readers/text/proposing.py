"""From a text to proposals: every statement with its speaker, thing, value, date and doubts.

Nothing is guessed and nothing is dropped in silence: what is missing stays blank and is named,
a statement that no cue fits comes with a blank property, and sentences that state nothing are
counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from takatuf.formats.readers.text.clauses import (
    Clause,
    Statement,
    modality_of,
    statements_in,
    wording_of,
)
from takatuf.formats.readers.text.cues import cue_book
from takatuf.formats.readers.text.documents import Document, Kind
from takatuf.formats.readers.text.hints import Hints
from takatuf.formats.readers.text.known import Known
from takatuf.formats.readers.text.language.days import FoundDay, days_of
from takatuf.formats.readers.text.language.numbers import amounts_of
from takatuf.formats.readers.text.language.phrases import Finds
from takatuf.formats.readers.text.language.words import words_of
from takatuf.formats.readers.text.proposal import Article, Proposal, Proposals
from takatuf.formats.readers.text.speech.speakers import Speaker, speaker_of
from takatuf.formats.readers.text.speech.voices import OWN, Saying, sayings_of
from takatuf.formats.readers.text.things import Scene, meant_before, places_in, thing_of
from takatuf.vocabulary.identity import ThingId, is_thing_id, type_of
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.things.schema import ValueType

OnProgress = Callable[[int, int], None]
_BETWEEN_PROGRESS = 100  # sayings
_MEDIA = frozenset({"media", "state_media", "opposition_media"})
_DEEDS = frozenset({"event", "activity"})
_REMEMBERED = 3  # places
_QUESTION = ("?", "؟")
_LEAST = 3  # words that say something


@dataclass(slots=True)
class _Reader:
    """One text on its way to proposals; it remembers the places named so far."""

    document: Document
    article: Article
    known: Known
    vocabulary: Vocabulary
    publisher: Speaker
    hints: Hints
    found: list[Proposal] = field(default_factory=list)
    head: tuple[ThingId, ...] = ()  # the place that the headline names
    places: tuple[ThingId, ...] = ()  # those named since, the last one first
    block: int = -1  # where the last one stands
    before: Finds = field(default_factory=lambda: Finds({}))  # cues of the sentence before
    sentence: int = -1  # where the sentence of the last saying begins


def propose(
    document: Document,
    article: Article,
    known: Known,
    vocabulary: Vocabulary,
    name: str,
    on_progress: OnProgress | None = None,
) -> Proposals:
    """Return what a text says as proposals.

    Args:
        document: The text.
        article: Where it was published; a title that is not given is the text's own.
        known: What the register knows.
        vocabulary: The properties.
        name: Of its file.
        on_progress: Told now and then how many letters are read, of how many.
    """
    article = replace(article, title=article.title or document.title)
    publisher = _publisher(article.publisher, known)
    reader = _Reader(document, article, known, vocabulary, publisher, Hints(vocabulary))
    reader.head = _places_of_headlines(reader)
    said: dict[int, bool] = {}
    n_unsaid = 0
    for number, saying in enumerate(sayings_of(document, known)):
        n_before = len(reader.found)
        n_unsaid += saying.utterance.is_unsaid
        _read(saying, reader)
        begin = saying.sentence.begin
        said[begin] = said.get(begin, False) or len(reader.found) > n_before
        if on_progress is not None and number % _BETWEEN_PROGRESS == 0:
            on_progress(saying.sentence.end, len(document.text))
    return Proposals(
        name=name,
        article=article,
        proposals=tuple(reader.found),
        n_sentences=len(said),
        n_without_statement=sum(not is_said for is_said in said.values()),
        n_headlines=sum(block.kind is Kind.HEADLINE for block in document.blocks),
        n_unsaid=n_unsaid,
    )


def _publisher(name: str, known: Known) -> Speaker:
    if is_thing_id(name):
        return Speaker(said_as=name, organisation=name)
    words = words_of(name)
    return speaker_of(words, name, known) if words else Speaker()


def _places_of_headlines(reader: _Reader) -> tuple[ThingId, ...]:
    heads = [reader.article.title] + [
        reader.document.text[block.begin : block.end]
        for block in reader.document.blocks
        if block.kind is Kind.HEADLINE
    ]
    return next((named for head in heads if (named := _named_in(head, reader.known))), ())


def _named_in(text: str, known: Known) -> tuple[ThingId, ...]:
    places = places_in(words_of(text), known)
    return tuple(p.things[0] for p in places if len(p.things) == 1 and _is_place(p.things[0]))[:1]


def _is_place(thing: ThingId) -> bool:
    return type_of(thing) == "place"


def _read(saying: Saying, reader: _Reader) -> None:
    context = _context(saying, reader)
    is_asked = reader.document.text[saying.sentence.end - 1] in _QUESTION
    if saying.utterance.is_unsaid or is_asked or len(saying.words) < _LEAST:
        return
    clause = _clause(saying, reader)
    scene = _scene(saying, clause, reader)
    statements = statements_in(clause, context, reader.vocabulary)
    offered = [(s, _proposal(s, clause, scene, saying, reader)) for s in statements]
    for statement, proposal in offered:
        if not _is_told_better(statement, proposal, offered):
            reader.found.append(replace(proposal, number=len(reader.found) + 1))
    is_open = saying.utterance.is_reported or saying.speaker is not OWN
    if not statements and (is_open or any(amount.unit for amount in clause.amounts)):
        reader.found.append(_open_proposal(clause, saying, reader))
    named = [p.things[0] for p in scene.here if len(p.things) == 1 and _is_place(p.things[0])]
    if named:
        reader.places = tuple(dict.fromkeys([*reversed(named), *reader.places]))[:_REMEMBERED]
        reader.block = saying.sentence.block


def _is_told_better(
    statement: Statement, proposal: Proposal, offered: Sequence[tuple[Statement, Proposal]]
) -> bool:
    """Say whether the same words state something of a thing that is known."""
    return not proposal.thing and any(
        other.thing and one.first <= statement.first and statement.past <= one.past
        for one, other in offered
    )


def _context(saying: Saying, reader: _Reader) -> Finds:
    """Return the cue words of this sentence and of the one before it."""
    now = cue_book().book.find(saying.sentence_words)
    before = reader.before if saying.sentence.begin != reader.sentence else Finds({})
    if saying.sentence.begin != reader.sentence:
        reader.sentence, reader.before = saying.sentence.begin, now
    return Finds({**before.hits, **now.hits})


def _clause(saying: Saying, reader: _Reader) -> Clause:
    text, sentence = reader.document.text, saying.sentence
    days = days_of(text, sentence.begin, sentence.end, reader.article.published_on)
    begin, end = saying.words[0].begin, saying.words[-1].end
    return Clause(
        text=text,
        words=saying.words,
        finds=cue_book().book.find(saying.words),
        amounts=amounts_of(saying.words, text, [(day.begin, day.end) for day in days]),
        days=tuple(day for day in days if begin <= day.begin < end) or days,
    )


def _scene(saying: Saying, clause: Clause, reader: _Reader) -> Scene:
    published = reader.article.published_on
    return Scene(
        here=places_in(clause.words, reader.known),
        around=places_in(saying.sentence_words, reader.known),
        before=_before(saying, reader),
        speaker=_organisation(saying, reader),
        days=tuple(day.on for day in clause.days if day.on is not None),
        published_on=published,
    )


def _before(saying: Saying, reader: _Reader) -> tuple[ThingId, ...]:
    """Return the places named before: in the same paragraph, else in the headline, first."""
    named = (*reader.places, *reader.head)
    meant = meant_before(saying.sentence_words, named, reader.known)
    is_near = reader.block == saying.sentence.block
    large = [place for place in reader.places if reader.known.is_large(place)]
    return (*meant, *(named if is_near else (*reader.head, *large)))


def _organisation(saying: Saying, reader: _Reader) -> str:
    is_own = saying.speaker is OWN
    return reader.publisher.organisation if is_own else saying.speaker.organisation


def _proposal(
    statement: Statement, clause: Clause, scene: Scene, saying: Saying, reader: _Reader
) -> Proposal:
    begin, end = wording_of(statement, clause)
    chosen = thing_of(statement.found, statement.declared, scene, reader.known)
    modality, turned = modality_of(statement, clause, saying.utterance.modality)
    observed_at, undated = _observed(statement, clause, reader)
    note = (statement.found.cue.note,) if statement.found.cue.note else ()
    return replace(
        _blank(begin, end, saying, reader),
        thing=chosen.thing,
        property=statement.declared.name,
        value=statement.value,
        unit=statement.unit,
        modality=modality,
        observed_at=observed_at,
        unsure=tuple(
            dict.fromkeys(
                (*statement.doubts, *note, *turned, *chosen.doubts, *undated,
                 *_doubts_of_speaker(saying, reader))
            )
        ),
    )  # fmt: skip


def _open_proposal(clause: Clause, saying: Saying, reader: _Reader) -> Proposal:
    near = reader.hints.nearest(clause.words)
    hint = f"no rule fits; the nearest properties: {', '.join(near)}" if near else "no rule fits"
    modality = saying.utterance.modality
    return replace(
        _blank(clause.words[0].begin, clause.words[-1].end, saying, reader),
        modality=modality,
        unsure=(hint, *_doubts_of_speaker(saying, reader)),
    )


def _blank(begin: int, end: int, saying: Saying, reader: _Reader) -> Proposal:
    text, sentence = reader.document.text, saying.sentence
    is_own = saying.speaker is OWN
    organisation = _organisation(saying, reader)
    return Proposal(
        number=len(reader.found) + 1,
        sentence=text[sentence.begin : sentence.end],
        begin=begin,
        end=end,
        in_sentence=(begin - sentence.begin, end - sentence.begin),
        speaker=saying.speaker.said_as,
        wording=" ".join(text[begin:end].split()),
        organisation=organisation,
        role="" if is_own else saying.speaker.role,
        method=_method(organisation, is_own=is_own, reader=reader),
    )


def _method(organisation: str, *, is_own: bool, reader: _Reader) -> str:
    if not is_own:
        is_retold = organisation != reader.publisher.organisation
        return "press report of a statement" if is_retold else "statement"
    kind = reader.known.organisation_types.get(ThingId(reader.publisher.organisation), "")
    return "press report" if kind in _MEDIA else "report"


def _doubts_of_speaker(saying: Saying, reader: _Reader) -> tuple[str, ...]:
    if saying.speaker is not OWN:
        return saying.speaker.doubts
    if not reader.article.publisher:
        return ("the article's own words: name its publisher",)
    return reader.publisher.doubts if not reader.publisher.organisation else ()


def _observed(statement: Statement, clause: Clause, reader: _Reader) -> tuple[str, tuple[str, ...]]:
    """Return when the statement was true, and what is in doubt about it."""
    if statement.declared.type is ValueType.DATE:
        return statement.value, ()
    published = reader.article.published_on
    known = [day for day in clause.days if day.on is not None and not day.is_bound]
    if known:
        nearest = _nearest(known, clause.words[statement.first].begin)
        if published is None or nearest.on is None or nearest.on.earliest <= published:
            return str(nearest.on), (nearest.doubt,) if nearest.doubt else ()
    doubts = [day.doubt for day in clause.days if day.on is None and day.doubt]
    if doubts:
        return "", tuple(doubts)
    if published is None or (statement.declared.of <= _DEEDS and statement.found.cue.value):
        return "", ("the text gives no date",)
    return published.isoformat(), ("no date in the text: taken as of its publication",)


def _nearest(days: Sequence[FoundDay], place: int) -> FoundDay:
    return min(days, key=lambda day: (abs(day.begin - place), day.begin))
