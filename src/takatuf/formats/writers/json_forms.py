"""Beliefs and pictures as canonical JSON (RFC 8785): the same picture is the same bytes."""

from datetime import date
from typing import Any

import rfc8785

from takatuf.picture.belief import Answer, Belief
from takatuf.picture.picture import Statement
from takatuf.picture.weighing import Weigher
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.value import Token, Value, value_to_json


def picture_json(weigher: Weigher, at: date | None = None) -> bytes:
    """Return every belief of a picture on a day as canonical JSON, UTF-8."""
    topics = sorted({*weigher.picture.statements, *weigher.picture.withheld})
    beliefs = [
        belief_to_json(weigher.belief(thing, name, at))
        for thing, name in topics
        if name in weigher.vocabulary.properties
    ]
    return rfc8785.dumps({"at": at.isoformat() if at else None, "beliefs": beliefs})


def belief_to_json(belief: Belief) -> dict[str, Any]:
    """Return a belief as JSON values; every report is named by its identity."""
    return {
        "thing": belief.thing,
        "property": belief.property,
        "status": belief.status.value,
        "value": _value(belief.value),
        "act_on": _value(belief.act_on),
        "since": str(belief.since) if belief.since else None,
        "answers": [_answer(answer) for answer in belief.answers],
        "earlier": [_said(statement) for statement in belief.earlier],
        "because_of": list(belief.because_of),
        "disputed_by": list(belief.disputed_by),
        "notes": list(belief.notes),
        "is_assumption": belief.is_assumption,
        "n_withheld": belief.n_withheld,
    }


def statement_row(statement: Statement) -> dict[str, str]:
    """Return a statement as a row of the layout *statements*, so that it can be imported again."""
    claim, source, published = statement.claim, statement.source, statement.published
    value = claim.value
    return {
        "report": statement.report,
        "thing": claim.thing,
        "property": claim.property,
        "value": value.figure if isinstance(value, Amount) else _text(value),
        "unit": value.unit if isinstance(value, Amount) else "",
        "modality": claim.modality.value,
        "observed_at": str(claim.observed_at or ""),
        "certainty": claim.certainty.value if claim.certainty else "",
        "wording": claim.wording,
        "organisation": source.organisation,
        "source_type": source.organisation_type,
        "role": source.role,
        "method": source.method,
        "published_on": str(published.on or ""),
        "title": published.title,
        "publisher": published.publisher,
        "address": published.address,
        "origin": statement.origin,
        "sensitivity": "" if claim.sensitivity is None else claim.sensitivity.word,
    }


def _text(value: Value) -> str:
    match value:
        case Token():
            return value.word
        case Point():
            return f"{value.lat}, {value.lon}"
        case _:
            return str(value)


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "value": _value(answer.value),
        "is_denial": answer.is_denial,
        "n_origins": answer.n_origins,
        "statements": [_said(statement) for statement in answer.statements],
    }


def _said(statement: Statement) -> dict[str, Any]:
    claim = statement.claim
    return {
        "report": statement.report,
        "thing": claim.thing,
        "organisation": statement.source.organisation,
        "value": _value(claim.value),
        "modality": claim.modality.value,
        "observed_at": str(claim.observed_at) if claim.observed_at else None,
        "is_implied": statement.is_implied,
    }


def _value(value: Value | None) -> dict[str, Any] | None:
    return None if value is None else value_to_json(value)
