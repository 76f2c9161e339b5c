"""Log that two things are the same, different, or that somebody is unsure; and what it changes.

Nothing is written but the judgement, so the next one of the same organisation on the same
pair replaces it: to take a judgement back is to judge again.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from takatuf.actions.import_reports import Intake
from takatuf.actions.judging.log_report import log_reports, source_of
from takatuf.actions.read_picture import Reading
from takatuf.picture.fold import fold, judgements_in
from takatuf.picture.identities import SAME_AS
from takatuf.picture.names import Names
from takatuf.picture.sameness import Judgement, Pair, Sameness, pair_of, sameness_of
from takatuf.reports.receipt import Receipt
from takatuf.reports.register import Entry, Register
from takatuf.reports.report import Certainty, Claim, Modality, Report, report_from_json
from takatuf.reports.standing import standing_in
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem
from takatuf.vocabulary.identity import Position, ReportId, ThingId, is_thing_id, type_of
from takatuf.vocabulary.spelling import nearest
from takatuf.vocabulary.time import day, parse_instant
from takatuf.vocabulary.value import Reference

_METHOD = "judgement of sameness"
_REPLACES = '"supersedes"'  # in the stored text of a report that replaces another


@dataclass(frozen=True, slots=True, kw_only=True)
class SameJudgement:
    """What a named person says of two things."""

    one: str  # a name in any script, or an identity: only that tells apart what was joined
    other: str
    judgement: Judgement
    by: str  # the name and office of the person who answers for it
    organisation: ThingId  # for whom that person speaks
    why: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Under which identity the statements on a thing are read from now on."""

    thing: ThingId
    n_statements: int  # that speak of it, in the whole record
    read_with: ThingId  # itself where it is read by itself again


@dataclass(frozen=True, slots=True)
class SameJudged:
    """What was logged, and what follows from it."""

    pair: Pair
    judgement: Judgement
    receipt: Receipt
    effects: tuple[Effect, ...]
    is_contested: bool  # another organisation says the opposite: the two are not joined
    left_out: tuple[Pair, ...]  # now not joined: they would join what somebody says is different


def judge_sameness(said: SameJudgement, reading: Reading, intake: Intake) -> SameJudged:
    """Log a judgement; an earlier one of the same organisation on the same pair is replaced.

    Args:
        said: The judgement.
        reading: The picture as the person sees it.
        intake: Where it goes, by whom, and the time.

    Raises:
        InputError: A thing is not known, the two are of two types or one and the same, nobody
            answers for it, or no reason is given; nothing was stored.
        NotAllowedError: The actor may not submit for this organisation.
    """
    pair = _pair(said, reading.names)
    before = _sameness(intake)
    earlier: list[ReportId | None] = [
        judged.statement.report
        for judged in before.judged
        if judged.pair == pair and judged.statement.source.organisation == said.organisation
    ]
    receipt = log_reports(
        [_report(said, pair, replaced, reading, intake) for replaced in earlier or [None]],
        intake,
        reading.names.introduced(),
    )
    after = _sameness(intake)
    return SameJudged(
        pair=pair,
        judgement=said.judgement,
        receipt=receipt,
        effects=_effects(before.identities, after.identities, intake.register),
        is_contested=pair in after.contested,
        left_out=tuple(pair for pair in after.left_out if pair not in before.left_out),
    )


def _pair(said: SameJudgement, names: Names) -> Pair:
    problems: list[Problem] = []
    found: list[ThingId] = []
    for where, text in (("first thing", said.one), ("second thing", said.other)):
        try:
            found.append(_meant(text, names))
        except NotFoundError as error:
            problems.append(_unknown(text, where, str(error), names))
    problems += _problems(said, found)
    if problems:
        raise InputError(problems)
    return pair_of(*found)


def _meant(text: str, names: Names) -> ThingId:
    """Return the thing itself for an identity, though it is read with another by now."""
    if is_thing_id(text) and ThingId(text) in names.introduced():
        return ThingId(text)
    return names.find(text)


def _unknown(text: str, where: str, why: str, names: Names) -> Problem:
    return Problem(
        code="claim.unknown-thing",
        where=where,
        found=text,
        expected="the name or identity of a thing in the register",
        hint=nearest(text, names.introduced()) if is_thing_id(text) else why,
    )


def _problems(said: SameJudgement, found: list[ThingId]) -> Iterator[Problem]:
    if len(set(map(type_of, found))) > 1:
        yield Problem(
            code="judgement.of-two-types",
            where="second thing",
            found=found[1],
            expected=f"a thing of type {type_of(found[0])}, as {found[0]}",
        )
    if len(found) > len(set(found)):
        yield Problem(
            code="judgement.of-one-thing",
            where="second thing",
            found=found[1],
            expected="another thing than the first",
            hint="Name things that are read as one by their own identities.",
        )
    if not said.by.strip():
        yield Problem(
            code="judgement.nobody-answers",
            where="by",
            found="nothing",
            expected="the name and office of the person who answers for it",
        )
    if not said.why.strip():
        yield Problem(
            code="judgement.without-a-reason",
            where="why",
            found="nothing",
            expected="what the judgement rests on, in a sentence",
        )


def _report(
    said: SameJudgement,
    pair: Pair,
    replaced: ReportId | None,
    reading: Reading,
    intake: Intake,
) -> Report:
    is_unsure = said.judgement is Judgement.UNSURE
    is_denied = said.judgement is Judgement.DIFFERENT
    claim = Claim(
        thing=pair[0],
        property=SAME_AS,
        value=Reference(pair[1]),
        modality=Modality.DENIED if is_denied else Modality.ASSERTED,
        observed_at=day(intake.now.date()),
        certainty=Certainty.UNSURE if is_unsure else None,
        wording=said.why,
    )
    source = source_of(said.organisation, said.by, _METHOD, reading)
    return Report(source=source, claims=(claim,), supersedes=replaced)


def _sameness(intake: Intake) -> Sameness:
    quarantined = standing_in(intake.register).quarantined
    entries = _entries_with(intake.register, {f'"{SAME_AS}"'})
    return sameness_of(judgements_in(entries, quarantined=quarantined))


def _effects(
    before: Mapping[ThingId, ThingId], after: Mapping[ThingId, ThingId], register: Register
) -> tuple[Effect, ...]:
    changed = [
        thing
        for thing in sorted(before.keys() | after.keys())
        if before.get(thing, thing) != after.get(thing, thing)
    ]
    if not changed:
        return ()
    entries = _entries_with(register, {f'"{thing}"' for thing in changed})
    n_said = dict.fromkeys(changed, 0)
    for (thing, name), statements in fold(entries, identities={}).statements.items():
        if thing in n_said and name != SAME_AS:
            n_said[thing] += len(statements)
    return tuple(Effect(thing, n_said[thing], after.get(thing, thing)) for thing in changed)


def _entries_with(register: Register, words: set[str]) -> Iterator[Entry]:
    """Give the entries whose text has one of the words, or that replace others; no other is read.

    Reading 100,000 reports to log one judgement would take the longest part of a minute.
    """
    for position, identity, received_at, text in register.forms():
        if _REPLACES in text or any(word in text for word in words):
            report = report_from_json(json.loads(text), ReportId(identity))
            yield Entry(Position(position), parse_instant(received_at), report)
