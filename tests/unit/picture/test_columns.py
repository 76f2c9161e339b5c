import json
from datetime import timedelta

import pytest

from takatuf.picture.columns import ClaimTable, ColumnPicture, fold_columns, redact_columns
from takatuf.picture.columns.decoding import ROWS_AT_ONCE
from takatuf.picture.fold import fold
from takatuf.picture.names import names_of
from takatuf.reports.memory import MemoryRegister
from takatuf.reports.register import StoredForm
from takatuf.reports.report import Claim, Report, report_to_json
from takatuf.safeguards.actor import ANYBODY
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things import ThingType, Vocabulary
from takatuf.vocabulary.time import instant_text
from takatuf.vocabulary.value import Reference, Text, Token
from tests.builders import (
    CITY,
    EAST,
    NOW,
    a_claim,
    a_property,
    a_report,
    an_arrival,
    entries_of,
    labels,
    named,
    part_of,
    people,
)
from tests.builders_columns import a_table, forms_of

VOCABULARY = Vocabulary(
    {"place": ThingType("place", labels())}, {"water": labels()}, {"status": a_property()}
)
WEST = ThingId("place/west")


def a_column_picture(*reports: Report) -> ColumnPicture:
    return fold_columns(a_table(*reports))


def a_row(**changes: object) -> StoredForm:
    form = {**report_to_json(a_report()), **changes}
    return 1, "0" * 64, instant_text(NOW), json.dumps(form)


def test_nothing_reported_is_an_empty_picture() -> None:
    picture = redact_columns(fold_columns(ClaimTable()), ANYBODY, VOCABULARY)

    assert (len(picture.statements), len(picture.withheld)) == (0, 0)
    assert picture.about(CITY, "status") == picture.said_in([]) == ()
    assert list(picture.of_properties(["status"])) == []


def test_a_report_without_claims_is_kept_and_says_nothing() -> None:
    empty = a_report(claims=())
    table = a_table(empty)

    assert (table.n_reports, table.n_claims) == (1, 0)
    assert fold_columns(table).said_in([empty.id]) == ()
    assert dict(redact_columns(fold_columns(table), ANYBODY, VOCABULARY).withheld) == {}


def test_an_empty_report_replaces_what_its_organisation_said() -> None:
    first = a_report()
    assert len(a_column_picture(first, a_report(claims=(), supersedes=first.id)).statements) == 0


def test_a_topic_nobody_spoke_of_is_no_key() -> None:
    picture = a_column_picture(a_report(), a_report(a_claim(thing=EAST, property="secret")))
    seen = redact_columns(picture, ANYBODY, VOCABULARY)

    for topic in ((WEST, "status"), (CITY, "colour"), (CITY, "secret"), (EAST, "status")):
        assert topic not in picture.statements
        with pytest.raises(KeyError):
            picture.statements[topic]
    assert (CITY, "status") in seen.statements
    assert dict(seen.withheld) == {(EAST, "secret"): 1}
    with pytest.raises(KeyError):
        seen.withheld[CITY, "status"]


def test_statements_are_those_of_the_plain_fold_whatever_stands_in_them() -> None:
    claims = (
        a_claim(Text('of "x"\n\x00\\ اسم \U0001f600'), property="name"),
        a_claim(Amount(1e20, None, "people"), property="count"),
        a_claim(Amount(1e-7, 123456789012345.0, "people"), property="count"),
        a_claim(sensitivity=Sensitivity.SEVERE, wording="words"),
    )
    entries = entries_of(a_report(claims=claims))

    picture = fold_columns(ClaimTable().caught_up(forms_of(entries)))

    assert list(picture.statements.items()) == list(fold(entries).statements.items())


@pytest.mark.parametrize(
    "row",
    [
        a_row(source={"organisation_type": "un_agency"}),
        a_row(claims=None),
        a_row(claims=[None]),
        a_row(claims=[{"property": "status", "value": {"token": "good"}}]),
        a_row(claims=[{"thing": CITY, "value": {"token": "good"}}]),
        a_row(claims=[{"thing": CITY, "property": "status", "sensitivity": "so-so"}]),
        a_row(claims="all"),
        (1, "0" * 64, "", ""),
        (1, "0" * 64, "", "null"),
        (1, "0" * 64, "", "{not JSON"),
    ],
)
def test_a_damaged_report_is_refused_and_never_passed_over(row: StoredForm) -> None:
    with pytest.raises(ValueError, match="a stored report"):
        ClaimTable().caught_up([*forms_of(entries_of(a_report(by="b"))), row])


def test_a_table_follows_its_register_and_the_earlier_one_stays_as_it_was() -> None:
    register = MemoryRegister()
    register.append([an_arrival(named(CITY, "Aleppo")), an_arrival(a_report())])
    before = ClaimTable().caught_up(register.forms())
    register.append([an_arrival(a_report(a_claim("bad"), by="b"))])

    after = before.caught_up(register.forms(after=before.position))

    assert (before.position, before.n_reports, after.position, after.n_reports) == (2, 2, 3, 3)
    assert len(fold_columns(before).about(CITY, "status")) == 1
    assert len(fold_columns(after).about(CITY, "status")) == 2
    assert after.caught_up(register.forms(after=after.position)) is after


def test_a_report_heard_again_changes_nothing_but_an_earlier_time_counts() -> None:
    entries = entries_of(a_report())
    table = ClaimTable().caught_up(forms_of(entries))
    earlier = entries_of(a_report(), at=NOW - timedelta(days=1))
    later = entries_of(a_report(), at=NOW + timedelta(days=1))

    for again, received_at in ((earlier, NOW - timedelta(days=1)), (later, NOW)):
        caught_up = table.caught_up(forms_of(again))
        (statement,) = fold_columns(caught_up).about(CITY, "status")
        assert (caught_up.n_reports, statement.received_at) == (1, received_at)


def test_a_new_report_replaces_one_that_was_folded_long_ago() -> None:
    old = [a_report(a_claim(people(n))) for n in range(20)]
    table = a_table(*old)
    newer = entries_of(a_report(a_claim("new"), supersedes=old[7].id))

    caught_up = table.caught_up(forms_of(newer))

    values = [s.claim.value for s in fold_columns(caught_up).about(CITY, "status")]
    assert len(caught_up.segments) == 2
    assert people(7) not in values
    assert Token("new") in values
    assert len(values) == 20


def test_small_segments_are_folded_into_larger_ones_as_they_grow() -> None:
    table = ClaimTable()
    for number in range(12):
        table = table.caught_up(forms_of(entries_of(a_report(a_claim(people(number))))))

    assert table.n_claims == 12
    assert len(table.segments) == 2
    assert len(fold_columns(table).about(CITY, "status")) == 12


def test_more_reports_than_are_decoded_at_once_keep_their_order() -> None:
    (row,) = forms_of(entries_of(a_report()))
    n_rows = 6 * ROWS_AT_ONCE + 1
    rows = ((n, f"{n:064}", row[2], row[3]) for n in range(1, n_rows + 1))

    table = ClaimTable().caught_up(rows)

    assert (table.position, table.n_reports, table.n_claims) == (n_rows, n_rows, n_rows)
    assert table.segments[0].ids.to_list() == [f"{n:064}" for n in range(1, n_rows + 1)]


def test_things_judged_the_same_are_read_as_one_and_their_judgement_as_it_was() -> None:
    judgement = a_claim(Reference(EAST), property="same_as", thing=WEST)
    lies_in = part_of(CITY, WEST, by="c")
    said = (a_report(), a_report(a_claim("bad", thing=WEST)), a_report(judgement), lies_in)

    picture = a_column_picture(*said)

    assert picture.identities == {WEST: EAST}
    assert [s.claim.thing for s in picture.about(EAST, "status")] == [EAST]
    assert picture.about(WEST, "status") == ()
    assert [s.claim.thing for s in picture.about(WEST, "same_as")] == [WEST]
    assert list(picture.values_of(["part_of", "same_as"])) == [
        ((CITY, "part_of"), (Reference(EAST),)),
        ((WEST, "same_as"), (Reference(EAST),)),
    ]


def test_identities_are_applied_once_and_not_followed() -> None:
    entries = entries_of(*(a_report(a_claim(thing=thing)) for thing in (CITY, EAST, WEST)))
    read_as = {CITY: EAST, EAST: WEST}

    picture = fold_columns(ClaimTable().caught_up(forms_of(entries)), identities=read_as)

    plain = fold(entries, identities=read_as)
    assert dict(picture.statements) == dict(plain.statements)
    assert [len(picture.about(thing, "status")) for thing in (CITY, EAST, WEST)] == [0, 1, 2]


def test_values_are_read_without_their_statements_and_names_are_found() -> None:
    picture = a_column_picture(
        named(CITY, "Aleppo"), part_of(EAST, CITY), a_report(a_claim(people(3), property="count"))
    )

    assert list(picture.values_of({"name", "part_of", "count"})) == [
        ((CITY, "count"), (people(3),)),
        ((CITY, "name"), (Text("Aleppo"),)),
        ((EAST, "part_of"), (Reference(CITY),)),
    ]
    assert names_of(picture).find("aleppo") == CITY


def test_what_was_said_in_reports_comes_in_a_fixed_order() -> None:
    both: tuple[Claim, ...] = (a_claim("bad", thing=WEST), a_claim("good", thing=CITY))
    first, other = a_report(claims=both), a_report(by="b")

    said = a_column_picture(first, other).said_in([first.id, ReportId("f" * 64), first.id])

    assert [(s.report, s.number, s.claim) for s in said] == [
        (first.id, 0, both[0]),
        (first.id, 1, both[1]),
    ]
