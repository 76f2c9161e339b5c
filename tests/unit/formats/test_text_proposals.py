from dataclasses import replace
from pathlib import Path

import pytest

from takatuf.formats.readers.text import proposal as fields
from takatuf.formats.readers.text.cues import cue_book, read_cues
from takatuf.formats.readers.text.documents import read_document
from takatuf.formats.readers.text.proposing import propose
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.things.schema import ValueType
from tests.builders_text import facts, known, read, the_one


def test_a_statement_comes_with_its_speaker_thing_value_and_exact_words() -> None:
    text = "It rained.\n\nOCHA said on Tuesday that the water supply is restored in Aleppo."
    found = read(text)
    (proposal,) = found.proposals
    assert (proposal.thing, proposal.property) == ("place/aleppo-city", "network_supply_status")
    assert (proposal.value, proposal.modality) == ("restored", "asserted")
    assert (proposal.organisation, proposal.speaker) == ("organisation/ocha", "OCHA")
    assert (proposal.observed_at, proposal.method) == ("2017-06-13", "press report of a statement")
    assert text[proposal.begin : proposal.end] == proposal.wording
    begin, end = proposal.in_sentence
    assert proposal.sentence[begin:end] == "the water supply is restored in Aleppo"
    assert (found.n_sentences, found.n_without_statement) == (2, 1)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("OCHA said water was restored in Aleppo.", "asserted"),
        ("OCHA denied that water was restored in Aleppo.", "denied"),
        ("OCHA said water has not been restored in Aleppo.", "denied"),
        ("OCHA denied that water has not been restored in Aleppo.", "asserted"),
        ("OCHA said water will be restored in Aleppo.", "promised"),
        ("OCHA pledged that water would be restored in Aleppo.", "promised"),
        ("OCHA estimated that water was restored in Aleppo.", "estimated"),
        ("OCHA said water was likely restored in Aleppo.", "estimated"),
        ("OCHA said water was restored in Aleppo, not power.", "asserted"),
        ("OCHA said water was not only restored in Aleppo.", "asserted"),
        ("قالت اليونيسف إن المياه ستعود إلى حلب.", "promised"),
        ("قالت اليونيسف إن المياه لم تعد إلى حلب.", "denied"),
        ("نفت اليونيسف أن المياه عادت إلى حلب.", "denied"),
    ],
)
def test_the_way_it_is_said_is_kept(text: str, modality: str) -> None:
    assert the_one(text).modality == modality


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("About 300 wells in Aleppo are operated by the board.",
         ("wells_operated_by_water_authority", "about 300", "estimated")),
        ("No hospital is functioning in East Aleppo.", ("hospitals_functioning", "0", "asserted")),
        ("Residents of Aleppo still need help.", ("residents_need_help", "yes", "asserted")),
        ("Sanctions hamper aid to Aleppo.", ("effect_on_aid", "hampers", "asserted")),
        ("Sanctions do not hamper aid to Aleppo.",
         ("effect_on_aid", "does_not_hamper", "asserted")),
        ("The road to Aleppo is blocked.", ("passability", "blocked", "asserted")),
        ("Unexploded mines still threaten people in Aleppo.",
         ("explosive_risk_status", "hazard_present", "asserted")),
        ("Aleppo was a battleground from 2012 to 2016.", ("took_place", "2012-2016", "asserted")),
        ("Some 400 patients are treated in Aleppo every day.",
         ("patients_per_day", "about 400", "estimated")),
        ("٤٠٠ مريض يعالجون في حلب يومياً.", ("patients_per_day", "400", "asserted")),
        ("Power was restored in Aleppo.", ("power_supply_status", "restored", "asserted")),
    ],
)  # fmt: skip
def test_cues_are_of_the_whole_field(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in facts(read(text))


def test_an_amount_is_taken_by_the_cue_that_says_most_of_it() -> None:
    text = "More than 25,000 Christians have returned to Aleppo among 90,000 people."
    values = {one.property: one.value for one in read(text).proposals}
    assert values["christians_returned_since_dec_2016"] == "more than 25000"


def test_a_part_is_not_taken_for_the_whole() -> None:
    text = "Sappers destroyed 900 explosive items in Aleppo, including 300 mines."
    (found,) = (one for one in read(text).proposals if one.property == "items_destroyed")
    assert found.value == "900"


def test_what_is_counted_by_the_day_is_noted() -> None:
    found = the_one("Hot meals are served to 4,000 people in Aleppo.")
    assert (found.property, found.unit) == ("hot_meal_recipients", "people/day")
    assert "said in people, taken in people/day" in found.unsure


def test_an_amount_with_two_readings_is_asked_about() -> None:
    found = the_one("Flour: 2,9 tonnes of aid were delivered to Aleppo.")
    assert (found.value, found.unit) == ("2,9", "tonnes")
    assert "2,9 has more than one reading" in found.unsure


def test_a_number_without_a_unit_is_asked_about() -> None:
    found = the_one("OCHA said that 300 evacuated to Idlib.")
    assert "the text names no unit" in found.unsure


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Water was restored in Hanano in Aleppo.", "place/hanano"),
        ("Water was restored in Aleppo, in Hanano.", "place/hanano"),
        ("Water was restored in Aleppo governorate.", "place/aleppo-governorate"),
        ("Water was restored in the Aleppo governorate.", "place/aleppo-governorate"),
        ("Water was restored in Hanano governorate.", ""),
        ("Water was restored in rural Aleppo.", ""),
        ("Water was restored in Camp.", ""),
        ("عادت المياه إلى حي هنانو.", "place/hanano"),
        ("عادت المياه إلى هنانو.", ""),
        ("عادت المياه إلى ريف حلب.", ""),
        ("The Al-Quds hospital is out of service.", "health_facility/quds"),
        ("It rained in Aleppo. Water was restored.", "place/aleppo-city"),
        ("It rained in Hanano. Water was restored in the city.", "place/aleppo-city"),
        ("It rained in Hanano.\n\nWater was restored.", ""),
        ("It rained in Aleppo.\n\nWater was restored.", "place/aleppo-city"),
        ("Hanano news\n\nWater was restored.", "place/hanano"),
    ],
)
def test_the_place_is_the_narrowest_that_is_named_and_never_guessed(text: str, thing: str) -> None:
    assert read(text).proposals[-1].thing == thing


def test_a_second_place_is_named() -> None:
    found = the_one("Water was restored in Hanano and Sakhour.")
    assert (found.thing, found.unsure[0]) == ("place/hanano", "also named: place/sakhour")
    away = the_one("OCHA in Aleppo said water was restored.")
    assert away.thing == "place/aleppo-city"


@pytest.mark.parametrize(
    ("text", "thing", "doubt"),
    [
        ("Terrorists cut the water supply of Aleppo.", "event/water-outage-2017", "taken for"),
        ("Terrorists cut the water supply of Camp (1).", "", "of this kind is known here"),
        ("Terrorists cut the water supply.", "event/water-outage-2017", "taken for"),
        ("Three people were killed in an explosion in East Aleppo on 3 February.",
         "event/blast", "taken for"),
        ("Three people were killed in an explosion in East Aleppo on 5 February.",
         "", "no event of this kind"),
        ("Sappers cleared 20 hectares in Aleppo.", "activity/clearance", "taken for"),
        ("Aid reached 300 people in Camp (1).", "activity/clearance-afar", "taken for"),
        ("Sappers cleared 20 hectares in Hanano.", "activity/clearance-east", "taken for"),
    ],
)  # fmt: skip
def test_an_event_or_a_work_is_taken_only_where_it_fits(text: str, thing: str, doubt: str) -> None:
    found = read(text).proposals[0]
    assert found.thing == thing
    assert any(doubt in one for one in found.unsure)


def test_works_that_fit_alike_are_all_named() -> None:
    found = the_one("Sappers cleared 20 hectares.", publisher="")
    assert found.thing == ""
    assert "it may be" in found.unsure[0]


@pytest.mark.parametrize(
    ("text", "observed_at", "doubt"),
    [
        ("Water was restored in Aleppo on 4 May 2017.", "2017-05-04", ""),
        ("Water was restored in Aleppo on 3/4/2017.", "", "which number is the month"),
        ("Water was restored in Aleppo.", "2017-06-14", "taken as of its publication"),
        ("Water was restored in Aleppo since May 2017.", "2017-06-14", "taken as of"),
        ("Water will be restored in Aleppo on 4 July 2017.", "2017-06-14", "taken as of"),
        ("Terrorists cut the water of Aleppo.", "", "the text gives no date"),
    ],
)
def test_when_it_was_true_is_said_or_asked(text: str, observed_at: str, doubt: str) -> None:
    found = read(text).proposals[0]
    assert found.observed_at == observed_at
    assert any(doubt in one for one in found.unsure) or not doubt


def test_without_the_day_of_publication_no_date_is_made() -> None:
    found = the_one("Water was restored in Aleppo on Tuesday.", published_on=None)
    assert found.observed_at == ""
    assert "which day?" in found.unsure[0]
    assert the_one("Water was restored in Aleppo.", published_on=None).observed_at == ""


def test_what_no_rule_fits_still_comes_with_the_nearest_properties() -> None:
    found = the_one("OCHA said the pumping stations were painted green.")
    assert (found.property, found.thing, found.organisation) == ("", "", "organisation/ocha")
    assert "pumping_stations_kept_running" in found.unsure[0]
    assert not fields.is_whole(found)
    assert the_one("OCHA said xyzzy xyzzy xyzzy.").unsure[0] == "no rule fits"


def test_an_own_sentence_with_a_figure_still_comes_and_one_without_is_counted() -> None:
    found = read("We saw 300 tents and 20 trucks. It was cold. What now? How many wells work?")
    assert [one.property for one in found.proposals] == [""]
    assert (found.n_sentences, found.n_without_statement) == (4, 3)


def test_what_was_not_said_is_counted_and_headlines_are_not_read() -> None:
    found = read("Water restored in Aleppo\n\nThe minister did not say when it returns.")
    assert (found.n_headlines, found.n_unsaid, found.proposals) == (1, 1, ())


def test_a_better_reading_of_the_same_words_stands_alone() -> None:
    found = read("No hospital in East Aleppo is functioning.")
    assert [one.property for one in found.proposals] == ["hospitals_functioning"]


@pytest.mark.parametrize(
    ("publisher", "organisation", "method", "doubt"),
    [
        ("The Agency", "organisation/agency", "press report", ""),
        ("OCHA", "organisation/ocha", "report", ""),
        ("organisation/ocha", "organisation/ocha", "report", ""),
        ("", "", "report", "name its publisher"),
        ("Daily Bugle", "", "report", "no body that is known here"),
    ],
)
def test_the_texts_own_words_are_its_publishers(
    publisher: str, organisation: str, method: str, doubt: str
) -> None:
    found = the_one("Water was restored in Aleppo.", publisher=publisher)
    assert (found.organisation, found.method, found.role) == (organisation, method, "")
    assert any(doubt in one for one in found.unsure)


def test_a_body_that_publishes_its_own_words_makes_a_statement() -> None:
    found = the_one("OCHA said water was restored in Aleppo.", publisher="OCHA")
    assert found.method == "statement"


def test_a_text_may_give_its_own_title_and_place() -> None:
    page = "<html><head><title>News of Hanano</title></head><body><p>Water was restored.</p>"
    found = read(page, "a.html")
    assert found.article.title == "News of Hanano"
    assert found.proposals[0].thing == "place/hanano"


def test_what_a_work_made_possible_is_taken_from_the_words() -> None:
    text = "Aleppo was fully cleared of mines. This made it possible to bring aid, WHO said."
    found = [one for one in read(text).proposals if one.property == "made_possible"]
    assert [one.value for one in found] == ["to bring aid"]
    assert not [
        one
        for one in read("Rain made it possible to plant.").proposals
        if one.property == "made_possible"
    ]
    assert read("Aleppo was fully cleared of mines. All of this enabled.").proposals[1:] == ()


def test_who_works_for_normal_life_is_taken_from_the_words() -> None:
    text = "OCHA said that the council, with help, makes efforts to bring normal life to Aleppo."
    assert the_one(text).value == "the council, with help"
    bare = "OCHA said that making efforts to restore normal life is hard in Aleppo."
    assert [one.property for one in read(bare).proposals] == [""]


def test_a_date_cue_without_a_date_proposes_nothing() -> None:
    assert facts(read("OCHA said that Aleppo was a battleground.")) == [("", "", "asserted")]


def test_a_person_may_change_a_field_and_no_other() -> None:
    found = the_one("Water was restored in Aleppo.")
    changed = fields.changed(found, "thing", " place/hanano ")
    assert changed == replace(found, thing="place/hanano")
    with pytest.raises(KeyError):
        fields.changed(found, "sentence", "x")


def test_how_far_the_reading_is_is_told() -> None:
    told: list[tuple[int, int]] = []
    document = read_document(b"It rained. It rained again.", "a.txt")
    article = fields.Article()
    propose(document, article, known(), load_vocabulary(), "a.txt", lambda *far: told.append(far))
    assert told == [(10, 27)]


@pytest.mark.parametrize(
    "text",
    [
        "said " * 600,
        '"said, ' * 600,
        "the governor, " * 400 + "said it.",
        "1 " * 600,
        "may 2017 " * 200,
        "“" * 5000,
        "but " * 600,
        "قال " * 600,
    ],
)
def test_hostile_texts_are_read_in_one_go(text: str) -> None:
    assert read(f"It began. {text}").n_sentences > 0


def test_every_cue_speaks_of_the_vocabulary() -> None:
    properties = load_vocabulary().properties
    for cue in cue_book().cues:
        declared = properties[cue.property]
        assert not cue.of or cue.of in declared.of, cue.property
        assert not cue.value or declared.type is not ValueType.TOKEN or cue.value in declared.words
        assert cue.take != "amount" or declared.type is ValueType.AMOUNT
        assert cue.take != "date" or declared.type is ValueType.DATE
        assert not cue.named or cue.of or declared.of & {"event", "activity"}


def test_a_cue_that_says_no_value_is_refused(tmp_path: Path) -> None:
    for number, entry in enumerate(('en = ["a"]', 'value = "x"\ntake = "amount"', "colour = 1")):
        file = tmp_path / f"{number}.toml"
        file.write_text(f'[[cue]]\nproperty = "name"\n{entry}\n', "utf-8")
        with pytest.raises(ValueError, match="name"):
            read_cues([file])


@pytest.mark.parametrize(
    "text",
    ["OCHA said 14 streets of Aleppo were cleared of mines.",
     "قالت اليونيسف إن فرقاً طهرت ١٤ حياً في حلب من الألغام."],
)  # fmt: skip
def test_that_parts_were_cleared_is_no_word_on_the_whole(text: str) -> None:
    values = [one.value for one in read(text).proposals]
    assert "clearance_finished" not in values
