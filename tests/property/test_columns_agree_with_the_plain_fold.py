"""Whatever the register, the reader and the date: columns give what the plain fold gives."""

from datetime import datetime, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from takatuf.picture.columns import ClaimTable, fold_columns, redact_columns
from takatuf.picture.columns.table import GROWTH
from takatuf.picture.fold import fold
from takatuf.picture.picture import Picture
from takatuf.picture.redaction import redact
from takatuf.reports.register import Entry
from takatuf.reports.report import Certainty, Claim, Modality, Report
from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.identity import Position, ReportId, ThingId
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things import ThingType, Vocabulary
from takatuf.vocabulary.time import parse_date
from takatuf.vocabulary.value import Reference, Text, Token, Value
from tests.builders import NOW, a_property, a_report, labels
from tests.builders_columns import forms_of

NAMES = ("status", "part_of", "same_as", "secret", "undeclared")
VOCABULARY = Vocabulary(
    {"place": ThingType("place", labels())},
    {"water": labels()},
    {
        "status": a_property(),
        "part_of": a_property("part_of", sensitivity=Sensitivity.RESTRICTED),
        "same_as": a_property("same_as"),
        "secret": a_property("secret", sensitivity=Sensitivity.SEVERE),
    },
)
# few values on purpose: ties, joins and replacements are where such code breaks
THINGS = st.sampled_from([ThingId(f"place/{name}") for name in ("a", "b", "c")])
ORGANISATIONS = ("organisation/a", "organisation/b")
values: st.SearchStrategy[Value] = st.one_of(
    st.builds(Reference, st.one_of(THINGS, st.sampled_from(ORGANISATIONS).map(ThingId))),
    st.builds(Text, st.sampled_from(["", "name", 'of "x"\n\t\\', "اسم", "\U0001f600\x00", "{"])),
    st.sampled_from([Token("good"), parse_date("2017-02"), Amount(1e20, None, "people")]),
)


def a_said(thing: ThingId, name: str, value: Value, rest: tuple[Modality, int | None]) -> Claim:
    modality, sensitivity = rest
    return Claim(
        thing=thing,
        property=name,
        value=value,
        modality=modality,
        certainty=Certainty.UNSURE if modality is Modality.ESTIMATED else None,
        sensitivity=None if sensitivity is None else Sensitivity(sensitivity),
    )


claims = st.builds(
    a_said,
    THINGS,
    st.sampled_from(NAMES),
    values,
    st.tuples(st.sampled_from(Modality), st.sampled_from([None, None, *range(4)])),
) | st.builds(
    a_said,
    THINGS,
    st.just("same_as"),
    st.builds(Reference, THINGS),
    st.just((Modality.ASSERTED, None)),
)


class Draft(NamedTuple):
    claims: list[Claim]
    by: str
    origin: str
    replaces: int  # how many reports before this one; 0 for none
    n_days: int  # after the first


drafts = st.builds(
    Draft,
    st.lists(claims, max_size=4),
    st.sampled_from("ab"),
    st.sampled_from(["", *ORGANISATIONS]),
    st.sampled_from([0, 0, 1, 2]),
    st.integers(0, 3),
)


@st.composite
def registers(draw: st.DrawFn) -> list[Entry]:
    """Reports that replace earlier ones; some arrive twice, at different times."""
    found: list[Report] = []
    entries: list[Entry] = []
    for draft in draw(st.lists(drafts, min_size=1, max_size=8)):
        older = found[-draft.replaces].id if 0 < draft.replaces <= len(found) else None
        found.append(
            a_report(by=draft.by, claims=tuple(draft.claims), origin=draft.origin, supersedes=older)
        )
        received_at = NOW + timedelta(days=draft.n_days)
        entries.append(Entry(Position(len(entries) + 1), received_at, found[-1]))
        if draw(st.integers(0, 3)) == 0:
            again = draw(st.sampled_from(found))
            later = NOW + timedelta(days=draw(st.integers(0, 3)))
            entries.append(Entry(Position(len(entries) + 1), later, again))
    return entries


def in_steps(entries: list[Entry], cuts: list[int], growth: int) -> ClaimTable:
    table = ClaimTable(growth=growth)
    for start, end in zip([0, *cuts], [*cuts, len(entries)], strict=True):
        table = table.caught_up(forms_of(entries[start:end]))
    return table


def told(picture: Picture) -> dict[str, object]:
    """Everything a picture can be asked, by every way to ask it."""
    statements = dict(picture.statements)
    ids = sorted({s.report for said in statements.values() for s in said})
    return {
        "statements": list(statements.items()),
        "withheld": dict(picture.withheld),
        "about": [picture.about(*topic) for topic in statements],
        "of": list(picture.of_properties(["part_of", "same_as", "nothing"])),
        "said in": picture.said_in([*ids[::2], ReportId("f" * 64)]),
        "count": (len(picture.statements), len(picture.withheld)),
    }


knowns = st.sampled_from([None, None, NOW, NOW + timedelta(2)])


identities = st.dictionaries(
    st.one_of(THINGS, st.sampled_from(ORGANISATIONS).map(ThingId)), THINGS, min_size=1, max_size=3
)


@given(st.data(), registers(), knowns, st.none() | st.just({}) | identities)
def test_columns_give_what_the_plain_fold_gives_in_however_many_steps(
    data: st.DataObject,
    register: list[Entry],
    known: datetime | None,
    read_as: dict[ThingId, ThingId] | None,
) -> None:
    ids = sorted({entry.report.id for entry in register})
    quarantined = data.draw(st.sets(st.sampled_from(ids), max_size=1) if ids else st.just(set()))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(register)), max_size=3)))
    growth = data.draw(st.sampled_from([0, GROWTH]))  # 0 keeps every step a segment of its own
    reader = Actor("somebody", data.draw(st.sampled_from(Role)))

    plain = redact(fold(register, known, quarantined, read_as), reader, VOCABULARY)
    whole = fold_columns(in_steps(register, cuts, growth), known, quarantined, read_as)
    columns = redact_columns(whole, reader, VOCABULARY)

    assert told(columns) == told(plain)
    assert list(columns.values_of(NAMES)) == [
        (topic, tuple(statement.claim.value for statement in said))
        for topic, said in plain.of_properties(NAMES)
    ]
