from datetime import UTC, datetime

import pytest

from takatuf.picture.belief import BeliefStatus
from takatuf.picture.fold import FoldedPicture, fold
from takatuf.picture.names import names_of
from takatuf.picture.places import places_of
from takatuf.picture.questions import asked_topics, questions_of
from takatuf.picture.redaction import redact
from takatuf.picture.weighing import Weigher
from takatuf.reports.report import Claim, Modality
from takatuf.safeguards.actor import ANYBODY, Actor, Role
from takatuf.vocabulary.errors import NotFoundError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things import ThingType, Vocabulary
from takatuf.vocabulary.things.schema import Series, ValueType, Weighing
from takatuf.vocabulary.value import Text, Token
from tests.builders import (
    CITY,
    EAST,
    NOW,
    a_claim,
    a_picture,
    a_property,
    a_report,
    an_amount_property,
    entries_of,
    labels,
    named,
    part_of,
    people,
)

PROPERTIES = [
    a_property(holds_for_parts=True, weighing=Weighing.CAUTIOUS),
    an_amount_property("meals"),
    a_property("aid", words=("none", "some"), implied_by=("meals",)),
    a_property("secret", sensitivity=Sensitivity.SEVERE),
    a_property("name", type=ValueType.TEXT, weighing=Weighing.ALL, series=Series.FACT),
    a_property("asks_about", type=ValueType.TEXT, weighing=Weighing.ALL, series=Series.FACT),
    a_property("question_key", type=ValueType.TEXT, series=Series.FACT),
    a_property("differs_because", type=ValueType.TEXT, series=Series.FACT),
]
VOCABULARY = Vocabulary(
    {"place": ThingType("place", labels())},
    {"water": labels()},
    {declared.name: declared for declared in PROPERTIES},
)
WHOLE = part_of(EAST, CITY)


def test_the_same_report_twice_counts_once_as_first_received() -> None:
    late = datetime(2018, 1, 1, tzinfo=UTC)
    entries = (*entries_of(a_report(), at=late), *entries_of(a_report()))

    picture = fold(entries)

    (statement,) = picture.about(CITY, "status")
    assert statement.received_at == NOW


def test_what_was_heard_later_is_not_known_yet() -> None:
    entries = entries_of(a_report())

    assert fold(entries, known=datetime(2017, 1, 1, tzinfo=UTC)).about(CITY, "status") == ()
    assert len(fold(entries, known=NOW).about(CITY, "status")) == 1


def test_an_organisation_replaces_its_own_report_and_nobody_elses() -> None:
    first = a_report(a_claim("bad"))
    own = a_report(a_claim("good"), supersedes=first.id)
    others = a_report(a_claim("good"), by="b", supersedes=first.id)

    assert len(a_picture(first, own).about(CITY, "status")) == 1
    assert len(a_picture(first, others).about(CITY, "status")) == 2
    assert len(a_picture(own).about(CITY, "status")) == 1


def test_a_part_of_a_part_is_a_part_and_a_circle_does_not_hang() -> None:
    street = ThingId("place/street")
    places = places_of(a_picture(WHOLE, part_of(street, EAST), part_of(CITY, street)))

    assert places.wholes_of(street) == {EAST, CITY}
    assert places.parts_of(CITY) == {EAST, street}
    assert places.parts_of(ThingId("place/alone")) == frozenset()


def test_a_status_of_the_whole_answers_for_its_parts_and_the_other_way_round() -> None:
    said_of_city = a_report(a_claim("good"), by="a")
    said_of_east = a_report(a_claim("bad", thing=EAST), by="b")
    weigher = Weigher(a_picture(WHOLE, said_of_city, said_of_east), VOCABULARY)

    for place in (CITY, EAST):
        belief = weigher.belief(place, "status")
        assert belief.status is BeliefStatus.CONTESTED
        assert belief.act_on == Token("bad")


def test_a_count_of_the_whole_says_nothing_of_its_parts() -> None:
    weigher = Weigher(a_picture(WHOLE, a_report(a_claim(people(5), property="meals"))), VOCABULARY)
    assert weigher.belief(EAST, "meals").status is BeliefStatus.UNKNOWN


def test_aid_that_somebody_claims_contradicts_that_there_is_none() -> None:
    none = a_report(a_claim("none", property="aid"), by="a")
    meals = a_report(a_claim(people(40_000), property="meals"), by="b")
    belief = Weigher(a_picture(none, meals), VOCABULARY).belief(CITY, "aid")

    assert belief.status is BeliefStatus.CONTESTED
    assert belief.notes == ("implied: an answer follows from claims on another property",)
    implied = [s for a in belief.answers for s in a.statements if s.is_implied]
    assert [s.claim.wording for s in implied] == ["meals: 40,000 people"]


@pytest.mark.parametrize(
    "claim",
    [
        a_claim(people(0), property="meals"),
        a_claim(people(9), property="meals", modality=Modality.PROMISED),
    ],
)
def test_neither_zero_nor_a_promise_shows_that_there_is_some(claim: Claim) -> None:
    picture = a_picture(a_report(claim))
    assert Weigher(picture, VOCABULARY).belief(CITY, "aid").status is BeliefStatus.UNKNOWN


def test_a_name_finds_its_thing_in_any_case_and_script() -> None:
    names = names_of(a_picture(named(CITY, "Aleppo City"), named(EAST, "شرق حلب")))

    assert names.find(" aleppo  CITY ") == CITY
    assert names.find("شرق حلـب") == EAST
    assert names.find("place/city") == CITY
    assert names.of(CITY) == "Aleppo City"
    assert names.of(ThingId("place/unnamed")) == "place/unnamed"
    assert names.arabic(CITY) == ""


def test_a_name_of_nothing_or_of_two_things_is_not_guessed() -> None:
    names = names_of(a_picture(named(CITY, "Aleppo"), named(EAST, "Aleppo")))

    with pytest.raises(NotFoundError, match=r"place/city and of place/east"):
        names.find("Aleppo")
    with pytest.raises(NotFoundError, match=r"Did you mean aleppo\?"):
        names.find("Alepo")


def test_what_is_above_a_readers_clearance_is_counted_and_not_shown() -> None:
    secret = a_report(a_claim(property="secret"))
    raised = a_report(a_claim(sensitivity=Sensitivity.SEVERE), by="b")
    unknown = a_report(a_claim(property="undeclared"), by="c")
    picture = a_picture(secret, raised, a_report(), unknown)

    seen = redact(picture, ANYBODY, VOCABULARY)

    assert seen.about(CITY, "secret") == ()
    assert len(seen.about(CITY, "status")) == 1
    assert seen.withheld == {(CITY, "secret"): 1, (CITY, "status"): 1, (CITY, "undeclared"): 1}
    belief = Weigher(seen, VOCABULARY).belief(CITY, "secret")
    assert belief.status is BeliefStatus.WITHHELD


def test_a_custodian_sees_everything() -> None:
    picture = a_picture(a_report(a_claim(property="secret")))
    assert redact(picture, Actor("x", Role.CUSTODIAN), VOCABULARY) == picture


def test_a_written_question_shows_its_members_and_a_found_one_itself() -> None:
    question = ThingId("question/x1")
    texts = {
        "asks_about": "place/city meals",
        "question_key": "X1",
        "differs_because": "they count different meals",
        "name": "How many meals?",
    }
    written = [
        a_report(a_claim(Text(text), None, thing=question, property=name))
        for name, text in texts.items()
    ]
    broken = a_report(a_claim(Text("no pair here"), None, thing=question, property="asks_about"))
    found = [a_report(a_claim("good")), a_report(a_claim("bad"), by="b")]
    picture = a_picture(*written, broken, *found)
    weigher = Weigher(picture, VOCABULARY)

    questions = questions_of(weigher, names_of(picture))

    assert [(q.key, q.title, q.why) for q in questions] == [
        ("X1", "How many meals?", "they count different meals"),
        ("", "place/city: status", ""),
    ]
    assert [q.is_one_question for q in questions] == [True, True]
    assert [q.is_contested for q in questions] == [False, True]
    assert asked_topics(picture, question) == ((CITY, "meals"),)


def test_a_belief_names_its_reports() -> None:
    agreed = [a_report(by="a"), a_report(by="b")]
    belief = Weigher(a_picture(*agreed), VOCABULARY).belief(CITY, "status")

    assert set(belief.because_of) == {report.id for report in agreed}
    assert belief.disputed_by == ()


def test_a_picture_stays_as_it_was_when_it_is_redacted() -> None:
    picture = a_picture(a_report())
    before = FoldedPicture(dict(picture.statements), dict(picture.withheld))
    redact(picture, ANYBODY, VOCABULARY)
    assert picture == before
