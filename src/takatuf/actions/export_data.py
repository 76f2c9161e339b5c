"""Export: statements, the picture, places or the latest plan, redacted for their readers."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from takatuf.actions.read_picture import Reading, read_picture
from takatuf.formats.writers.json_forms import picture_json, statement_row
from takatuf.formats.writers.tables import write_csv
from takatuf.picture.belief import Belief
from takatuf.planning.archive import PlanArchive, PlanDocument
from takatuf.reports.register import Register
from takatuf.safeguards.actor import ANYBODY, Actor, Role
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.time import end_of_day


class What(StrEnum):
    """What can be exported."""

    STATEMENTS = "statements"
    PICTURE = "picture"
    PLACES = "places"
    PLAN = "plan"


class Format(StrEnum):
    """In which form."""

    CSV = "csv"
    JSON = "json"
    GEOJSON = "geojson"


class Audience(StrEnum):
    """Who will read it: nothing above their class leaves."""

    PUBLIC = "public"
    PARTNERS = "partners"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What is wanted, for whom, of which day."""

    what: What
    format: Format
    audience: Audience = Audience.PUBLIC
    at: date | None = None
    known: date | None = None


_FORMS = {
    What.STATEMENTS: (Format.CSV, Format.JSON),
    What.PICTURE: (Format.JSON, Format.CSV),
    What.PLACES: (Format.GEOJSON, Format.CSV),
    What.PLAN: (Format.JSON, Format.CSV),
}
_READER = {Audience.PUBLIC: ANYBODY, Audience.PARTNERS: Actor("partners", Role.PARTNER)}


def export_data(register: Register, plans: PlanArchive, actor: Actor, wanted: Export) -> bytes:
    """Return the file's bytes, UTF-8.

    Raises:
        InputError: What is wanted has no such form.
        NotAllowedError: The actor may not export, or a plan is wanted for the public: it names
            sites and hazards, and the public has the report instead.
        NotFoundError: No plan was made yet.
    """
    require(actor, Action.EXPORT, Object())
    if wanted.format not in _FORMS[wanted.what]:
        raise InputError([_no_such_form(wanted)])
    reader = _READER[wanted.audience]
    if wanted.what is What.PLAN:
        require(reader, Action.EXPORT, Object(sensitivity=Sensitivity.RESTRICTED))
        return _plan(plans, wanted)
    known = end_of_day(wanted.known) if wanted.known else None
    reading = read_picture(register, load_vocabulary(), reader, known)
    makers = {What.STATEMENTS: _statements, What.PICTURE: _picture, What.PLACES: _places}
    return makers[wanted.what](reading, wanted)


def _no_such_form(wanted: Export) -> Problem:
    return Problem(
        code="export.no-such-form",
        where="--format",
        found=f"{wanted.what.value} as {wanted.format.value}",
        expected=" or ".join(form.value for form in _FORMS[wanted.what]),
    )


def _statements(reading: Reading, wanted: Export) -> bytes:
    rows = [
        statement_row(statement)
        for statements in reading.weigher.picture.statements.values()
        for statement in statements
    ]
    return _json(rows) if wanted.format is Format.JSON else write_csv(rows)


def _picture(reading: Reading, wanted: Export) -> bytes:
    if wanted.format is Format.JSON:
        return picture_json(reading.weigher, wanted.at)
    topics = reading.weigher.picture.statements
    beliefs = (reading.weigher.belief(thing, name, wanted.at) for thing, name in topics)
    return write_csv([_belief_row(belief, reading) for belief in beliefs])


def _belief_row(belief: Belief, reading: Reading) -> dict[str, object]:
    return {
        "thing": belief.thing,
        "name": reading.names.of(belief.thing),
        "property": belief.property,
        "status": belief.status.value,
        "value": "" if belief.value is None else str(belief.value),
        "answers": " | ".join(str(answer.value) for answer in belief.answers),
        "since": str(belief.since or ""),
        "is_assumption": belief.is_assumption,
        "n_reports": len({s.report for a in belief.answers for s in a.statements}),
        "n_withheld": belief.n_withheld,
    }


def _places(reading: Reading, wanted: Export) -> bytes:
    features = [f for f in (_feature(reading, t, wanted) for t in _placed(reading)) if f]
    if wanted.format is Format.GEOJSON:
        return _json({"type": "FeatureCollection", "features": features})
    return write_csv(
        [
            {
                **feature["properties"],
                "latitude": feature["geometry"]["coordinates"][1],
                "longitude": feature["geometry"]["coordinates"][0],
            }
            for feature in features
        ]
    )


def _placed(reading: Reading) -> list[ThingId]:
    return sorted({t for t, name in reading.weigher.picture.statements if name == "position"})


def _feature(reading: Reading, thing: ThingId, wanted: Export) -> dict[str, Any] | None:
    weigher = reading.weigher
    point = weigher.belief(thing, "position", wanted.at).value
    if not isinstance(point, Point):
        return None
    said = {
        name: weigher.belief(thing, name, wanted.at).status.value
        for name in ("network_supply_status", "explosive_risk_status")
        if type_of(thing) in weigher.vocabulary.properties[name].of
    }
    return {
        "type": "Feature",
        "id": thing,
        "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
        "properties": {
            "thing": thing,
            "name": reading.names.of(thing),
            "name_ar": reading.names.arabic(thing),
            **said,
        },
    }


def _plan(plans: PlanArchive, wanted: Export) -> bytes:
    document: PlanDocument | None = plans.latest()
    if document is None:
        raise NotFoundError("No plan was made yet: make one with takatuf plan.")
    if wanted.format is Format.JSON:
        return _json(document)
    columns = ("task", "team", "start_day", "end_day")
    return write_csv([{name: row[name] for name in columns} for row in document["assignments"]])


def _json(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
