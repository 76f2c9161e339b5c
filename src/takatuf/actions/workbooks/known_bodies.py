"""The organisations that a register knows, for matching names; and how new ones are introduced."""

from collections.abc import Mapping, Sequence

from takatuf.actions.read_picture import Reading
from takatuf.activities.organisations import Organisation, Organisations
from takatuf.reports.report import Claim, Report, Source
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.value import Text, Token, Value

METHOD = "named in a 4W table"


def known_organisations(reading: Reading) -> Organisations:
    """Return every organisation with a name; those judged the same are merged into one."""
    names = reading.names
    types = _said_types(reading)
    merged = names.identities
    members = []
    for thing in sorted(names.introduced()):
        if type_of(thing) != "organisation":
            continue
        into = merged.get(thing, thing)
        arabic = names.arabic(thing)
        members.append(
            Organisation(
                id=thing,
                name=names.of(into),
                aliases=names.also(into),
                type=types.get(into, ""),
                names={"ar": arabic} if arabic else {},
                merged_into="" if into == thing else into,
            )
        )
    return Organisations(members)


def types_of(organisations: Organisations, reading: Reading) -> Mapping[ThingId, str]:
    """Return the type of each organisation, a word of `organisation_type`; "" where unknown."""
    words = reading.weigher.vocabulary.properties["organisation_type"].words
    return {
        ThingId(one.id): one.type if one.type in words else ""
        for one in organisations.by_id.values()
    }


def introductions(
    new: Sequence[Organisation], sender: ThingId, reading: Reading
) -> tuple[Report, ...]:
    """Return a report for each organisation that is met for the first time."""
    types = _said_types(reading)
    words = reading.weigher.vocabulary.properties["organisation_type"].words
    source = Source(organisation=sender, organisation_type=types.get(sender, ""), method=METHOD)
    return tuple(
        Report(source=source, claims=_claims(one, words))
        for one in new
        if ThingId(one.id) not in reading.names.introduced()
    )


def _said_types(reading: Reading) -> Mapping[ThingId, str]:
    picture = reading.weigher.picture
    found: dict[ThingId, str] = {}
    for (thing, _), statements in picture.of_properties(["organisation_type"]):
        for statement in statements:
            if isinstance(statement.claim.value, Token):
                found.setdefault(thing, statement.claim.value.word)
    return found


def _claims(one: Organisation, words: Sequence[str]) -> tuple[Claim, ...]:
    said: list[tuple[str, Value]] = [("name", Text(one.name))]
    others = dict.fromkeys([one.acronym, *one.aliases])
    said += [("also_called", Text(name)) for name in others if name and name != one.name]
    said += [("name_ar", Text(name)) for language, name in one.names.items() if language == "ar"]
    if one.type in words:
        said.append(("organisation_type", Token(one.type)))
    return tuple(Claim(thing=ThingId(one.id), property=name, value=value) for name, value in said)
