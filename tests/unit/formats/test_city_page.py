"""The page of a city: self-contained, inert, honest about what is not known."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from takatuf.formats.city_report import BeliefView, CityReport, Name
from takatuf.formats.writers.city_page import Words, write_city_page
from takatuf.formats.writers.city_page.embedding import safe_json
from takatuf.formats.writers.city_page.words import load_texts
from takatuf.vocabulary.things.schema import LANGUAGES
from tests.builders_report import (
    a_belief,
    a_city_report,
    a_contested_belief,
    a_place,
    a_task,
    a_voice,
    an_answer,
    an_empty_report,
    an_organisation,
)

STATUSES = ("agreed", "single source", "contested", "stale", "unknown", "withheld")
VOID = {"meta", "input", "br", "img", "hr", "link"}


class _Reader(HTMLParser):
    """Collects tags with their attributes, and complains of tags that do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def of_city(*beliefs: BeliefView) -> CityReport:
    """Return a report that shows nothing but these beliefs of the city."""
    return replace(an_empty_report(), beliefs=beliefs)


def data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    loaded: dict[str, object] = json.loads(found[1])
    return loaded


def test_no_external_address_is_loaded_and_only_sources_are_linked() -> None:
    page = write_city_page(a_city_report(), "en")

    for tag, attributes in _Reader(page).tags:
        assert not {"src", "srcset", "action", "data"} & attributes.keys()
        assert tag not in {"link", "iframe", "object", "embed", "img", "base", "use"}
        href = attributes.get("href")
        assert href is None or tag == "a"
        assert href is None or href.startswith(("#", "https://example.org/"))
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)


def test_a_policy_in_the_page_forbids_loading_and_foreign_scripts() -> None:
    page = write_city_page(a_city_report(), "en")

    assert "default-src &#39;none&#39;" in page
    assert "script-src &#39;sha256-" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tag_that_opens_is_closed_in_every_language(language: str) -> None:
    assert _Reader(write_city_page(a_city_report(), language)).open == []


def test_a_script_in_any_text_is_inert() -> None:
    attack = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u2028"
    voice = a_voice(who=attack, role=attack, wording=attack, title=attack, retells=attack)
    belief = a_contested_belief(
        name=Name(en=attack, ar=attack), notes=(attack,), earlier=(an_answer(attack, voice),)
    )
    place = a_place(attack, why={"water": attack}, hazard=attack)
    task = a_task(name=attack, opens=attack, waits_for=attack, place=place.name, kind=attack)
    organisation = an_organisation(attack)
    team = replace(a_city_report().organisations[0].teams[0], name=attack, tasks=(task,))

    page = write_city_page(
        a_city_report(
            name=Name(en=attack, ar=attack),
            beliefs=(belief,),
            places=(place,),
            links=(),
            organisations=(replace(organisation, teams=(team,)),),
            founding_title=attack,
            missing=(attack,),
            voices_by_type={attack: 1},
        ),
        "en",
    )

    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    assert not any("onerror" in attributes for _, attributes in _Reader(page).tags)


def test_json_in_the_page_cannot_end_its_element() -> None:
    value = {"name": "</script><!--\u2028\u2029&"}

    embedded = str(safe_json(value))

    assert not set("<>&\u2028\u2029") & set(embedded)
    assert json.loads(embedded) == value


def test_an_address_that_is_no_web_page_is_not_a_link() -> None:
    voice = a_voice(address="javascript:alert(1)", title="A note")

    page = write_city_page(of_city(a_belief(answers=(an_answer("working", voice),))), "en")

    assert "javascript:" not in page
    assert "A note" in page


def test_the_arabic_page_is_written_from_right_to_left() -> None:
    page = write_city_page(a_city_report(), "ar")

    assert '<html lang="ar" dir="rtl">' in page
    assert page.index("تل مدينة") < page.index("Tall Madina")


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="no texts in 'de'"):
        write_city_page(a_city_report(), "de")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_every_status_word_appears_in_the_language_of_the_page(language: str, status: str) -> None:
    page = write_city_page(of_city(a_belief(status=status, value="")), language)

    shown = page[page.index('<details class="belief">') :]
    assert Words(language)(f"status.{status}") in shown


def test_withheld_unknown_blank_and_zero_are_four_different_things() -> None:
    def shown(status: str, value: str) -> str:
        page = write_city_page(of_city(a_belief(status=status, value=value, answers=())), "en")
        found = re.search(r'class="val[^>]*>([^<]*)<', page[page.index('<details class="belief') :])
        assert found
        return found[1]

    assert shown("withheld", "12") == "withheld by rule"
    assert shown("unknown", "0") == "not known"
    assert shown("agreed", "") == "left blank"
    assert shown("agreed", "0") == "0"


def test_a_service_nobody_spoke_of_is_unknown_and_not_missing() -> None:
    place = a_place(has_now={"access": False})

    page = write_city_page(a_city_report(places=(place,), links=()), "en")

    assert "cell is-unknown" in page
    assert "cell is-none" not in page[page.index('<g class="cells">') : page.index("</g>")]


def test_contested_answers_stand_side_by_side_with_who_gives_them() -> None:
    page = write_city_page(of_city(a_contested_belief(act_on="stopped")), "en")

    shown = page[page.index('<details class="belief">') :]
    assert "the answers differ" in shown
    assert "Water Board" in shown
    assert "Residents" in shown
    assert "The plan acts on: <bdi>stopped" in shown


def test_questions_that_count_different_things_say_so() -> None:
    page = write_city_page(a_city_report(), "en")

    assert "Not the same question: these count different things" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_nothing_is_still_a_page(language: str) -> None:
    page = write_city_page(an_empty_report(), language)

    assert Words(language)("page.nothing_here") in page
    assert _Reader(page).open == []


def test_the_gain_and_the_proven_gap_are_shown_in_percent() -> None:
    page = write_city_page(a_city_report(), "en")

    assert "50 %" in page  # together: 2 of 4 million
    assert "25 %" in page  # the bound: 1.5 of 2 million
    assert "1,500,000" in page


def test_the_script_gets_the_days_and_the_hazard_work_of_each_place() -> None:
    places = data_of(write_city_page(a_city_report(), "en"))["places"]

    assert isinstance(places, list)
    assert places[0]["hazard"] == "suspected"
    assert places[0]["services"]["water"] == ["none", 20.0, 0]
    assert places[0]["work"] == [[2.0, 9.5]]
    assert places[1]["services"]["power"][0] == "unknown"


def test_a_day_that_is_no_date_is_shown_without_a_calendar() -> None:
    assert data_of(write_city_page(a_city_report(at="June 2017"), "en"))["start"] == ""


def test_every_text_is_there_in_all_four_languages() -> None:
    for section, entries in load_texts().items():
        for word, texts in entries.items():
            assert set(texts) == set(LANGUAGES), f"{section}.{word}"
            fields = {tuple(sorted(re.findall(r"{\w+}", text))) for text in texts.values()}
            assert len(fields) == 1, f"{section}.{word}"
            assert all(text.strip() for text in texts.values()), f"{section}.{word}"


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("en", 1234567.0, "1,234,567"),
        ("en", 2.5, "2.5"),
        ("fr", 1234567.0, "1\u202f234\u202f567"),
        ("ru", 2.25, "2,25"),
        ("ar", 1234.4, "1,234"),
        ("en", 0.0, "0"),
    ],
)
def test_numbers_are_printed_as_the_language_prints_them(
    language: str, value: float, expected: str
) -> None:
    assert Words(language).number(value) == expected


def test_a_word_that_came_with_the_data_is_shown_as_it_came() -> None:
    assert Words("en").of("kind", "roof_repair") == "roof repair"


def test_a_value_of_the_vocabulary_is_shown_in_the_language_of_the_page() -> None:
    russian = Words("ru")

    assert russian.said("organisation_type", "media") == "СМИ"
    assert russian.said("organisation_type", "not: media") == "не: СМИ"
    assert russian.said("organisation_type", "a choir") == "a choir"
    assert russian.said("no_such_property", "12 wells") == "12 wells"


def test_a_page_of_a_whole_city_stays_small() -> None:
    voices = tuple(a_voice(who=f"Voice {number}") for number in range(350))
    places = tuple(
        a_place(f"Place {number}", east_m=900.0 * (number % 11), north_m=900.0 * (number // 11))
        for number in range(110)
    )
    team = a_city_report().organisations[0].teams[0]
    tasks = tuple(a_task(f"t{number}", start_day=number / 10) for number in range(550))
    report = a_city_report(
        beliefs=(a_belief(answers=(an_answer("working", *voices),)),),
        places=places,
        links=(),
        organisations=(an_organisation("Deminers", replace(team, tasks=tasks)),),
    )

    assert len(write_city_page(report, "ar").encode()) < 2_500_000
