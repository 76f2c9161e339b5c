"""Turn beliefs into what pages and tables show: names for identities, words for values."""

from dataclasses import replace

from takatuf.actions.read_picture import Reading
from takatuf.formats.city_report import Answer as AnswerView
from takatuf.formats.city_report import BeliefView, Name, QuestionView, Voice
from takatuf.picture.belief import Answer, Belief, BeliefStatus
from takatuf.picture.picture import Picture, Statement
from takatuf.picture.questions import Question
from takatuf.reports.standing import Backing, BackingKind
from takatuf.vocabulary.identity import ThingId, statement_id
from takatuf.vocabulary.things import Labels, Property
from takatuf.vocabulary.value import Reference, Token, Value

_MARKS = {BackingKind.HOST_HELD: "host_held", BackingKind.UNSIGNED: "unsigned"}


def view_of_belief(belief: Belief, reading: Reading) -> BeliefView:
    """Return a belief as it is shown."""
    declared = reading.weigher.vocabulary.properties[belief.property]
    return BeliefView(
        thing=belief.thing,
        name=name_of(belief.thing, reading),
        property=belief.property,
        label=declared.label,
        topic=declared.topic,
        status=belief.status.value,
        value=_shown_value(belief, reading),
        value_label=_label_of(belief.value, declared),
        act_on=_shown(belief.act_on, reading) if belief.value is None else "",
        since=str(belief.since or ""),
        answers=tuple(_view_of_answer(answer, belief, reading) for answer in belief.answers),
        earlier=_earlier(belief, reading),
        notes=belief.notes,
        n_withheld=belief.n_withheld,
        reason=belief.reason,
        estimate=_estimate(belief),
    )


def view_of_question(question: Question, reading: Reading) -> QuestionView:
    """Return a written or found contradiction as it is shown."""
    return QuestionView(
        key=question.key,
        title=question.title,
        why=question.why,
        is_one_question=question.is_one_question,
        members=tuple(view_of_belief(member, reading) for member in question.members),
    )


def name_of(thing: ThingId, reading: Reading) -> Name:
    """Return a thing's name in both scripts."""
    return Name(en=reading.names.of(thing), ar=reading.names.arabic(thing))


def _shown_value(belief: Belief, reading: Reading) -> str:
    if belief.value is None:
        return ""
    if len(belief.values) > 1 and all(isinstance(v, Reference) for v in belief.values):
        return "; ".join(_shown(value, reading) for value in belief.values)
    return _shown(belief.value, reading)


def _shown(value: Value | None, reading: Reading) -> str:
    if value is None:
        return ""
    return reading.names.of(value.thing) if isinstance(value, Reference) else str(value)


def _label_of(value: Value | None, declared: Property) -> Labels | None:
    if not isinstance(value, Token):
        return None
    return next((v.label for v in declared.values if v.word == value.word), None)


def _view_of_answer(answer: Answer, belief: Belief, reading: Reading) -> AnswerView:
    declared = reading.weigher.vocabulary.properties[belief.property]
    denied = "not: " if answer.is_denial else ""
    return AnswerView(
        value=f"{denied}{_shown(answer.value, reading)}",
        label=None if answer.is_denial else _label_of(answer.value, declared),
        n_origins=answer.n_origins,
        voices=tuple(
            replace(voice_of(s, belief.thing, reading), counts=_counts(s, belief))
            for s in sorted(answer.statements, key=Statement.time_key)
        ),
        chance=answer.chance,
    )


def _counts(statement: Statement, belief: Belief) -> str:
    return belief.counted_with.get(statement.sort_key(), "")


def _estimate(belief: Belief) -> str:
    found = belief.estimate
    if found is None:
        return ""
    middle, low, high = (_figure(n) for n in (found.middle, found.low, found.high))
    origins = "1 origin" if found.n_origins == 1 else f"{found.n_origins} origins"
    split = " (the lower of two that share it)" if found.is_split else ""
    return f"{middle} in the middle{split} of {low} to {high} {found.unit}, {origins}"


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.1f}"


def _earlier(belief: Belief, reading: Reading) -> tuple[AnswerView, ...]:
    declared = reading.weigher.vocabulary.properties[belief.property]
    return tuple(
        AnswerView(
            value=_shown(statement.claim.value, reading),
            label=_label_of(statement.claim.value, declared),
            n_origins=1,
            voices=(voice_of(statement, belief.thing, reading),),
        )
        for statement in sorted(belief.earlier, key=Statement.time_key)
    )


def voice_of(statement: Statement, asked: ThingId, reading: Reading) -> Voice:
    """Return who makes a statement, and what was said, as published."""
    claim, published = statement.claim, statement.published
    backing = reading.standing.of(statement.report, statement.source.organisation)
    return Voice(
        who=reading.names.of(statement.source.organisation),
        role=statement.source.role,
        organisation_type=statement.source.organisation_type,
        said=_shown(claim.value, reading),
        wording=claim.wording,
        modality=claim.modality.value,
        observed=str(claim.observed_at or ""),
        published=str(published.on or ""),
        title=published.title,
        publisher=published.publisher,
        address=published.address,
        retells=reading.names.of(ThingId(statement.origin)) if statement.origin else "",
        about="" if claim.thing == asked else reading.names.of(claim.thing),
        is_assumption=statement.is_assumption,
        report=statement.report,
        claim=statement.number + 1,
        backing=_sentence(backing, reading),
        mark=_MARKS.get(backing.kind, ""),
        grade=grade_of(statement, reading.weigher.picture),
    )


def _sentence(backing: Backing, reading: Reading) -> str:
    if backing.kind is BackingKind.PASSED_ON and backing.organisation is not None:
        return f"passed on by {reading.names.of(backing.organisation)}"
    return backing.sentence


def grade_of(statement: Statement, picture: Picture) -> str:
    """Return the Admiralty grade that a named person last gave a statement, such as "B2"."""
    thing = statement_id(statement.report, statement.number)
    letters, digits = (
        sorted(picture.about(thing, name), key=Statement.time_key)
        for name in ("source_reliability", "information_credibility")
    )
    return f"{letters[-1].claim.value}{digits[-1].claim.value}" if letters and digits else ""


def is_said(belief: Belief) -> bool:
    """Say whether anybody said anything on the question, seen by this reader or not."""
    return belief.status is not BeliefStatus.UNKNOWN
