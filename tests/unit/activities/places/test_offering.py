from dataclasses import replace

from takatuf.activities.places import offer_gazetteer
from takatuf.activities.questions import AS_ENTERED
from takatuf.activities.tables import Visibility
from tests.builders_places import table

PAIRS = [[f"MLI0{number}", f"Place {number}"] for number in range(1, 8)]
LIST = table(["Admin1_Pcode", "Admin1"], *PAIRS, sheet="Admin")
HIDDEN = replace(LIST, visibility=Visibility.HIDDEN)
OTHER = table(
    ["admin1Pcod", "Region"], *([f"ML0{n}", f"P {n}"] for n in range(1, 6)), sheet="Feuil1"
)
ACTIVITIES = table(["admin1Pcod", "Admin1"], *(["ML01", "Kayes"] for _ in range(30)))
WIDE = table(["admin1Pcod", "Sector", "Reached"], *([f"ML0{n}", "WASH", "1"] for n in range(1, 8)))


def test_a_list_of_places_is_offered_and_taken_only_by_an_answer() -> None:
    offered = offer_gazetteer([ACTIVITIES, HIDDEN, WIDE])

    assert offered.question is not None
    assert offered.taken is None
    assert "Admin (ISO3), hidden: 7 of admin 1" in offered.question.text
    taken = offer_gazetteer([HIDDEN], {offered.question.id: "Admin (ISO3)"})
    assert taken.question is None
    assert taken.taken is not None
    assert taken.taken.schemes == ("Admin (ISO3)",)


def test_lists_of_two_schemes_are_two_offers() -> None:
    offered = offer_gazetteer([OTHER, LIST])

    assert [offer.word for offer in offered.offers] == ["Admin (ISO3)", "Feuil1 (ISO2)"]


def test_no_list_is_taken_where_none_is_wanted() -> None:
    question = offer_gazetteer([LIST]).question
    assert question is not None

    assert offer_gazetteer([LIST], {question.id: AS_ENTERED}).taken is None


def test_tables_of_activities_are_no_lists_of_places() -> None:
    offered = offer_gazetteer([ACTIVITIES, WIDE, table(["Sector"], ["WASH"])])

    assert offered.offers == ()
    assert offered.question is None
