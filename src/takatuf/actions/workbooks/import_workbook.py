"""Import a partner's workbook: understood, asked about, shown, and stored only when confirmed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from takatuf.actions.read_picture import Reading, read_picture
from takatuf.actions.reception import Intake, receive
from takatuf.actions.workbooks.activity_frame import reported_rows
from takatuf.actions.workbooks.fates import Fate, RowFate
from takatuf.actions.workbooks.judging_rows import Here, fates_of
from takatuf.actions.workbooks.known_bodies import introductions, known_organisations, types_of
from takatuf.actions.workbooks.row_reports import RowSources
from takatuf.actions.workbooks.understanding import Known, Understood, understand
from takatuf.activities.columns.layout import Layout
from takatuf.activities.memory import Memory, answers_for, layouts_for, learnt, settled
from takatuf.activities.organisations import NewOrganisation, Organisation, Organisations
from takatuf.activities.places import Gazetteer
from takatuf.activities.questions import Answers, Question, in_order
from takatuf.formats.readers.workbooks import Book, FileKind, read_book
from takatuf.formats.writers.products.neutralising import restored
from takatuf.picture.columns.whole import SeenReport
from takatuf.reports.checking import Known as KnownThings
from takatuf.reports.checking import problems_of
from takatuf.reports.register import Arrival
from takatuf.reports.submission import SubmissionId
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.identity import ThingId

Told = Callable[[str, int, int], None]  # which step, how much of it is done, of how much


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookSent:
    """A file as it was sent in."""

    name: str
    content: bytes
    sender: ThingId
    sender_name: str = ""  # of a sender that nobody has named before, to be introduced
    encoding: str = ""  # "": found from the content
    sheets: tuple[str, ...] = ()  # (): those that hold activities
    layout: Layout | None = None  # what its columns mean, as it was saved from another file
    answers: Answers = field(default_factory=dict)
    asked: tuple[Question, ...] = ()  # the questions that were answered, to be remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a file goes: the register, what was settled before, and the places that are known."""

    intake: Intake
    memory: Memory
    gazetteer: Gazetteer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file would do, before anything is stored."""

    sent: WorkbookSent
    book: Book
    tables: tuple[Understood, ...]
    fates: tuple[RowFate, ...]  # one for every row of every table
    new_organisations: tuple[NewOrganisation, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, by kind, most rows first."""
        asked = [*self.book.questions, *(q for table in self.tables for q in table.questions)]
        return in_order(tuple({question.id: question for question in asked}.values()))

    @property
    def counts(self) -> Mapping[Fate, int]:
        """The number of rows by what becomes of them; together they are all rows of data."""
        counted = Counter(fate.fate for fate in self.fates)
        return {fate: counted[fate] for fate in Fate}

    @property
    def n_faults(self) -> int:
        """The number of faulty cells."""
        return sum(table.faults.height for table in self.tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookReceipt:
    """What became of a confirmed file."""

    name: str
    sha256: str
    counts: Mapping[Fate, int]
    submission: SubmissionId | None  # None where nothing was new
    head: str
    stored: tuple[tuple[str, int, str], ...]  # (sheet, row, report) of every row that was stored


def preview_workbook(sent: WorkbookSent, desk: Desk, told: Told | None = None) -> Preview:
    """Return what the file would do; nothing is stored.

    Raises:
        InputError: The file cannot be read at all.
        NotAllowedError: The actor may not submit here.
    """
    intake = desk.intake
    require(intake.actor, Action.SUBMIT, Object())
    tell = told or _silent
    tell("reading the file", 0, 1)
    book = _as_meant(read_book(sent.content, sent.name, encoding=sent.encoding, sheets=sent.sheets))
    reading = _reading(intake)
    organisations = known_organisations(reading).joined(_new_sender(sent))
    known = _known(sent, desk, organisations)
    tables = []
    for number, table in enumerate(book.tables):
        tell("understanding tables", number, len(book.tables))
        tables.append(understand(table, known, sent.name))
    new = _new_ones(tables)
    tell("comparing rows", 0, 1)
    known = replace(known, organisations=organisations.joined(one.organisation for one in new))
    # Once more, as the organisations that are met for the first time have identities now.
    understood = [understand(table.table, known, sent.name) for table in tables] if new else tables
    asked = [
        replace(now, questions=was.questions) for now, was in zip(understood, tables, strict=True)
    ]
    fates = _fates(asked, sent, intake, reading, known.organisations)
    return Preview(sent=sent, book=book, tables=tuple(asked), fates=fates, new_organisations=new)


def store_workbook(preview: Preview, desk: Desk, told: Told | None = None) -> WorkbookReceipt:
    """Store the rows of a preview that may be stored, all or none; remember what was settled.

    Raises:
        NotAllowedError: The actor may not submit, or not with this key; nothing was stored.
        UnavailableError: The register cannot be written; nothing was stored.
    """
    tell = told or _silent
    reception = receive(desk.intake)
    intake, sent = reception.intake, preview.sent
    rows = [fate for fate in preview.fates if fate.fate.is_stored and fate.report]
    tell("storing rows", 0, len(rows))
    new = [*_new_sender(sent), *(one.organisation for one in preview.new_organisations)]
    introduced = introductions(new, sent.sender, _reading(intake))
    reports = [*introduced, *(fate.report.report for fate in rows if fate.report)]
    handed = reception.hand_in([Arrival(report, reception.heard_at) for report in reports])
    _remember(preview, desk)
    tell("storing rows", len(rows), len(rows))
    return WorkbookReceipt(
        name=sent.name,
        sha256=preview.book.sha256,
        counts=preview.counts,
        submission=handed.submission,
        head=handed.head,
        stored=tuple((f.sheet, f.row, f.report.report.id) for f in rows if f.report),
    )


def here_of(
    intake: Intake, reading: Reading, sender: ThingId, organisations: Organisations
) -> Here:
    """Return what the rows of a sender are compared with."""
    rows: dict[ThingId, list[SeenReport]] = {}
    for activity, report in reported_rows(reading):
        rows.setdefault(activity, []).append(report)
    return Here(
        rows=rows,
        vocabulary=intake.vocabulary,
        actor=intake.actor,
        sources=RowSources(sender=sender, types=types_of(organisations, reading)),
    )


def _as_meant(book: Book) -> Book:
    """Return a text file without the marks that keep spreadsheets from running its texts."""
    if book.kind is not FileKind.TEXT:
        return book
    tables = (replace(t, cells=t.cells.with_columns(restored(pl.all()))) for t in book.tables)
    return replace(book, tables=tuple(tables))


def _silent(step: str, done: int, total: int) -> None:
    del step, done, total


def _reading(intake: Intake) -> Reading:
    return read_picture(intake.register, intake.vocabulary, intake.actor, claims=intake.claims)


def _new_sender(sent: WorkbookSent) -> tuple[Organisation, ...]:
    return (Organisation(id=sent.sender, name=sent.sender_name),) if sent.sender_name else ()


def _known(sent: WorkbookSent, desk: Desk, organisations: Organisations) -> Known:
    decisions = desk.memory.decisions()
    saved = {sent.layout.fingerprint: sent.layout} if sent.layout else {}
    return Known(
        today=desk.intake.now.date(),
        gazetteer=desk.gazetteer,
        organisations=organisations,
        answers={**answers_for(decisions, sent.sender), **sent.answers},
        layouts={**layouts_for(decisions, sent.sender), **saved},
    )


def _new_ones(tables: Sequence[Understood]) -> tuple[NewOrganisation, ...]:
    met = [new for table in tables for new in table.new_organisations]
    return tuple({new.organisation.id: new for new in reversed(met)}.values())


def _fates(
    tables: Sequence[Understood],
    sent: WorkbookSent,
    intake: Intake,
    reading: Reading,
    organisations: Organisations,
) -> tuple[RowFate, ...]:
    here = here_of(intake, reading, sent.sender, organisations)
    seen: Counter[str] = Counter()
    judged = [fate for table in tables for fate in fates_of(table, here, seen)]
    return tuple(_checked(judged, organisations, intake))


def _checked(
    fates: Sequence[RowFate], organisations: Organisations, intake: Intake
) -> Sequence[RowFate]:
    things = {ThingId(identity) for identity in organisations.by_id}
    things |= {fate.report.id.activity for fate in fates if fate.report}
    known = KnownThings(intake.vocabulary, things, intake.now)
    return [_refused_if_wrong(fate, known) for fate in fates]


def _refused_if_wrong(fate: RowFate, known: KnownThings) -> RowFate:
    if fate.report is None or not fate.fate.is_stored:
        return fate
    problems = problems_of(fate.report.report, f"row {fate.row}", known)
    if not problems:
        return fate
    because = " ".join(str(problem) for problem in problems)
    return replace(fate, fate=Fate.REFUSED, because=because)


def _remember(preview: Preview, desk: Desk) -> None:
    sent, intake = preview.sent, desk.intake
    by, on = intake.actor.name, intake.now
    layouts = [learnt(table.layout, sent.sender, by, on) for table in preview.tables]
    known = layouts_for(desk.memory.decisions(), sent.sender)
    fresh = [one for one in layouts if one.about not in known]
    answered = settled(sent.asked, sent.answers, sent.sender, by, on)
    desk.memory.remember([*answered, *fresh])
