import pytest

from takatuf.picture.sameness import (
    Judgement,
)
from takatuf.picture.sameness.candidates import candidates
from takatuf.picture.sameness.forms import form_of, heard_in, plain_kinds
from takatuf.picture.sameness.likeness import Measure, likeness_of
from takatuf.reports.report import Report
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.time import parse_date
from takatuf.vocabulary.value import Token
from tests.builders import (
    a_claim,
    a_picture,
    a_report,
    people,
)
from tests.builders_sameness import a_judgement, a_thing, refers

A, B, C = (ThingId(f"place/{letter}") for letter in "abc")
VOCABULARY = load_vocabulary()
PLACES = Measure(plain=plain_kinds("place"))


def score(one: str, other: str, measure: Measure = PLACES) -> float:
    return likeness_of(form_of(one), form_of(other), measure).score


def found(*reports: Report, of_type: str = "", near: str = "") -> dict[tuple[str, str], int]:
    pairs = candidates(a_picture(*reports), VOCABULARY, of_type, ThingId(near) if near else None)
    return {(pair.one, pair.other): pair.score for pair in pairs}


# Names in the form in which they are compared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hanano quarter", "HANANO"),
        ("al-Sha‘ar", "Al-Sha'ar"),
        ("The World Bank", "World Bank"),
        ("Siemens Aktiengesellschaft", "Siemens AG"),
        ("Hanano 1", "هنانو (١)"),
        ("حيّ الزهراء", "حي الزهراء"),
        ("مساكن هنانــو", "مساكن هنانو"),
        ("U.N. Habitat", "UN-Habitat"),
        ("Аleppo", "Aleppo"),  # the first letter of one is Cyrillic
        ("Al\u200b-Sha\u202eab", "Al-Shaab"),
        ("East Ansari", "Ansari Sharqi"),
    ],
)
def test_what_never_makes_two_names_two_costs_little(one: str, other: str) -> None:
    assert score(one, other, Measure(plain=plain_kinds("place"))) >= 70


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Sheikh Maqsoud", "الشيخ مقصود"),
        ("Saif Ad-Douleh", "سيف الدولة"),
        ("Bustan al-Qasr", "بستان القصر"),
        ("Karm al-Jazmati", "كرم الجزماتي"),
        ("Muhammad Bek", "محمد بك"),
    ],
)
def test_an_arabic_name_sounds_like_its_latin_spellings(latin: str, arabic: str) -> None:
    likeness = likeness_of(form_of(latin), form_of(arabic), PLACES)

    assert likeness.score >= 75
    assert likeness.reason.endswith("sound alike, one in Arabic script")


def test_a_cyrillic_name_is_compared_by_its_letters() -> None:
    assert score("Хан-Шейхун", "Khan Sheikhoun") >= 70


def test_a_short_sound_says_less_than_a_long_one() -> None:
    assert score("Nasr", "نصر") > score("Sur", "صور") > score("Ha", "حي")


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Hanano 1", "Hanano 2", "one name says 1, the other 2"),
        ("East Ansari", "Ansari", "only one name says east"),
        ("Nayrab camp", "Nayrab hospital", "one name says camp, the other hospital"),
        ("Nayrab camp", "Nayrab", "only one name says camp"),
    ],
)
def test_what_tells_two_names_apart_costs_much_and_is_said(one: str, other: str, why: str) -> None:
    likeness = likeness_of(form_of(one), form_of(other), PLACES)

    assert likeness.score <= 85
    assert likeness.against == (why,)


def test_an_acronym_meets_the_words_it_is_made_of_and_no_other_acronym() -> None:
    assert score("OCHA", "Office for the Coordination of Humanitarian Affairs") == 88
    assert score("UNMAS", "UN Mine Action Service") == 92
    assert score("AFP", "AFP") == 100
    assert score("AFP", "WFP") < 60


def test_the_order_of_words_and_of_names_does_not_matter() -> None:
    one, other = form_of("Halabi Suleiman"), form_of("Suleiman al-Halabi")
    likeness = likeness_of(one, other, PLACES)

    assert likeness == likeness_of(other, one, PLACES)
    assert likeness.score == 100
    assert likeness.reason.endswith("are the same words in another order")


def test_words_that_are_parted_elsewhere_are_one_name() -> None:
    assert score("Van der Bilt", "Vanderbilt") >= 90


def test_a_word_that_all_names_have_counts_little() -> None:
    rare = Measure({"aleppo": 0.1, "water": 3.0, "bread": 3.0})
    assert score("Aleppo water", "Aleppo bread", rare) < score("Aleppo water", "Aleppo bread")


def test_a_name_of_kinds_alone_and_one_of_signs_alone_have_a_form() -> None:
    assert form_of("The Hospital").words == ("hospital",)
    assert form_of("حي").words == ("حي",)
    assert form_of("???").words == ()
    assert score("???", "!!!") == 100
    assert heard_in("ae") == ""
    assert heard_in("x1") == "ks1"


# Candidates


def test_one_place_in_two_lists_is_offered_with_what_speaks_for_it() -> None:
    picture = a_picture(
        a_thing(A, "Sukkari", "السكري", by="a", position=Point(36.1772, 37.1423)),
        a_thing(B, "Hay al-Soukari", by="b", position=Point(36.1775, 37.1423)),
        a_thing(C, "Bustan al-Basha", by="a"),
    )

    (pair,) = candidates(picture, VOCABULARY)

    assert (pair.one, pair.other) == (A, B)
    assert pair.score >= 80
    assert pair.reasons[-1] == "33 m apart"
    assert pair.against == ()


def test_what_stands_against_a_pair_is_said_and_lowers_it() -> None:
    city, town = ThingId("place/city"), ThingId("place/town")
    far_apart = a_picture(
        a_thing(city, "City", by="c"),
        a_thing(town, "Town", by="d"),
        a_thing(A, "Sukkari", position=Point(36.2, 37.1), kind=Token("neighbourhood"),
                part_of=refers(city)),
        a_thing(B, "Soukkari", position=Point(36.3, 37.1), kind=Token("city"),
                part_of=refers(town), by="b"),
    )  # fmt: skip
    named_twice = a_picture(a_thing(A, "Sukkari"), a_thing(B, "Sukkari"))

    assert candidates(far_apart, VOCABULARY) == ()
    (pair,) = candidates(named_twice, VOCABULARY)
    assert pair.against == ("both are in one list of organisation/a, who knows them as two",)


@pytest.mark.parametrize(
    ("whole_of_b", "against"),
    [
        ("place/city", ()),
        ("place/quarter", ()),
        (A, ("Sukkari lies in Sukkari",)),
        ("place/town", ("one lies in City, the other in Town",)),
    ],
)
def test_where_two_things_lie_speaks_for_or_against(
    whole_of_b: str, against: tuple[str, ...]
) -> None:
    picture = a_picture(
        a_thing("place/city", "City", by="c"),
        a_thing("place/quarter", "Quarter", by="c", part_of=refers("place/city")),
        a_thing("place/town", "Town", by="c"),
        a_thing(A, "Sukkari", part_of=refers("place/city")),
        a_thing(B, "Sukkari", by="b", part_of=refers(whole_of_b)),
    )

    (pair,) = candidates(picture, VOCABULARY)

    assert pair.against == against
    assert ("both lie in City" in pair.reasons) == (whole_of_b == "place/city")


def test_two_points_neither_near_nor_far_say_nothing() -> None:
    picture = a_picture(
        a_thing(A, "Sukkari", position=Point(36.20, 37.1)),
        a_thing(B, "Sukkari", position=Point(36.21, 37.1), by="b"),
    )

    (pair,) = candidates(picture, VOCABULARY)

    assert (len(pair.reasons), pair.against) == (1, ())


def test_a_list_of_one_organisation_and_another_of_its_lists_are_told_apart() -> None:
    published = a_thing(B, "Sukkari").published
    other_list = a_thing(B, "Sukkari")
    titled = Report(
        source=other_list.source,
        claims=other_list.claims,
        published=type(published)(title="Another list"),
    )

    (pair,) = candidates(a_picture(a_thing(A, "Sukkari"), titled), VOCABULARY)

    assert pair.against == ("organisation/a has names for both",)


def test_a_pair_is_not_offered_again_once_it_was_judged_in_any_way() -> None:
    things = [a_thing(A, "Sukkari"), a_thing(B, "Soukkari", by="b")]

    assert found(*things) == {(A, B): 93}
    for judgement in Judgement:
        assert found(*things, a_judgement(B, A, judgement)) == {}


def test_a_thing_that_was_joined_is_offered_once_under_its_one_identity() -> None:
    things = [
        a_thing(A, "Sukkari"),
        a_thing(B, "Sukkari", by="b"),
        a_thing(C, "Soukkari", by="c"),
    ]

    assert set(found(*things)) == {(A, B), (A, C), (B, C)}
    assert set(found(*things, a_judgement(A, B))) == {(A, C)}


def test_one_type_or_one_thing_can_be_asked_for() -> None:
    reports = [
        a_thing(A, "Sukkari"),
        a_thing(B, "Soukkari", by="b"),
        a_thing("organisation/un-1", "UNMAS", by="a"),
        a_thing("organisation/un-2", "UN Mine Action Service", by="b"),
    ]

    assert len(found(*reports)) == 2
    assert set(found(*reports, of_type="place")) == {(A, B)}
    assert set(found(*reports, near=B)) == {(A, B)}
    assert found(*reports, near=C) == {}
    assert found(*reports, of_type="statement") == {}


def test_only_texts_are_names_and_a_picture_without_names_has_no_candidates() -> None:
    odd = a_report(a_claim(Token("x"), None, thing=A, property="name"))
    assert found(odd) == {}


# Activities that were reported twice


def an_activity(letter: str, by: str, doer: str, **said: object) -> Report:
    """Return an activity in city A told by one organisation and carried out by another."""
    name = str(said.pop("name", "Meals for the quarter"))
    on = str(said.pop("on", "2017-06-01"))
    amount = said.pop("meals", people(1_200))
    assert isinstance(amount, Amount)
    plain = a_thing(
        f"activity/{letter}",
        name,
        by=by,
        takes_place_in=refers(A),
        carried_out_by=refers(f"organisation/{doer}"),
        started_on=parse_date(on),
    )
    reached = a_claim(
        amount, on, thing=ThingId(f"activity/{letter}"), property="people_helped_in_24h"
    )
    return Report(source=plain.source, claims=(*plain.claims, reached))


PAIR = ("activity/a", "activity/b")


def test_an_activity_of_a_lead_and_its_partner_is_offered_as_one() -> None:
    picture = a_picture(
        an_activity("a", by="lead", doer="partner"),
        an_activity("b", by="partner", doer="partner", name="Food baskets"),
    )

    (pair,) = candidates(picture, VOCABULARY)

    assert (pair.one, pair.other) == PAIR
    (reason, *_) = pair.reasons
    assert "each told by another organisation, one naming the other" in reason
    assert "at the same time" in reason
    assert "the same figure for people helped in 24h, 1,200" in reason


def test_like_names_make_it_more_likely_and_other_days_less() -> None:
    lead = an_activity("a", by="lead", doer="partner", name="Food", meals=people(5))
    named_alike = an_activity("b", by="partner", doer="partner", name="Foods", meals=people(6))
    named_otherwise = an_activity("b", by="partner", doer="partner", name="Wells", meals=people(6))
    later = an_activity("b", by="partner", doer="partner", name="Wells", on="2018-01-01")

    assert found(lead, named_alike)[PAIR] > found(lead, named_otherwise)[PAIR]
    assert found(lead, later) == {}


def test_two_activities_of_one_teller_or_of_strangers_are_not_offered_for_that() -> None:
    lead = an_activity("a", by="lead", doer="partner", name="Food")
    own = an_activity("b", by="lead", doer="partner", name="Wells")
    stranger = an_activity("b", by="stranger", doer="stranger", name="Wells")

    assert found(lead, own) == {}
    assert found(lead, stranger) == {}


def test_two_activities_that_one_organisation_tells_of_both_are_known_as_two() -> None:
    lead = an_activity("a", by="lead", doer="partner", name="Food")
    both = [an_activity("b", by=by, doer="partner", name="Wells") for by in ("lead", "partner")]

    assert found(lead, *both) == {}


def test_one_activity_can_be_asked_for() -> None:
    lead = an_activity("a", by="lead", doer="partner", name="Food")
    partner = an_activity("b", by="partner", doer="partner", name="Wells")
    other = an_activity("c", by="other", doer="other", name="Roads")

    assert set(found(lead, partner, other, near="activity/b")) == {PAIR}
    assert found(lead, partner, other, near="activity/c") == {}


def test_activities_without_days_names_or_figures_are_compared_by_what_is_there() -> None:
    lead = a_thing(
        "activity/a", by="lead", takes_place_in=refers(A),
        carried_out_by=refers("organisation/partner"), activity_status=Token("ongoing"),
    )  # fmt: skip
    partner = a_thing("activity/b", by="partner", takes_place_in=refers(A))
    zero = a_claim(people(0), None, thing=ThingId("activity/b"), property="people_helped_in_24h")

    assert found(lead, partner, a_report(zero, by="partner")) == {}
