import pytest

from takatuf.activities.columns.headers import words_of_header
from takatuf.activities.columns.matching import match_columns
from takatuf.activities.columns.meanings import meanings
from tests.builders_sheets import a_sheet, headed, words_of

LANGUAGES = {
    "Spanish, with ages": {
        "Organización líder": "lead_organisation",
        "Socio implementador": "implementing_partner",
        "Estado": "adm1_name",
        "Municipio": "adm2_name",
        "Parroquia": "adm3_name",
        "Mes de atención": "period_month",
        "Niñas (0-17) alcanzadas": "reached_girls",
        "Mujeres 60+ alcanzadas": "reached_older_women",
        "Total de beneficiarios atendidos": "reached",
        "Código de municipio": "adm2_code",
    },
    "French, in two levels": {
        "Région": "adm1_name",
        "Cercle": "adm2_name",
        "Commune": "adm3_name",
        "Nom de l'organisation": "reporting_organisation",
        "Personnes ciblées / Filles (<18)": "targeted_girls",
        "Personnes atteintes / Femmes adultes (>=18)": "reached_women",
        "Bailleur de fonds": "donor",
        "Date début": "start",
    },
    "Arabic": {
        "اسم المنظمة": "reporting_organisation",
        "الشريك المنفذ": "implementing_partner",
        "القطاع": "sector",
        "المحافظة": "adm1_name",
        "المديرية": "adm2_name",
        "تاريخ البدء": "start",
        "الشهر": "period_month",
        "عدد الفتيات المستهدفات": "targeted_girls",
        "ملاحظات": "comments",
    },
    "Ukrainian": {
        "Організація, що звітує": "reporting_organisation",
        "Партнер-виконавець": "implementing_partner",
        "Кластер": "sector",
        "Область": "adm1_name",
        "Район": "adm2_name",
        "Громада": "adm3_name",
        "Населений пункт": "adm4_name",
        "Код області": "adm1_code",
        "Охоплено дівчат": "reached_girls",
    },
    "Russian": {
        "Отчитывающаяся организация": "reporting_organisation",
        "Сектор": "sector",
        "Область": "adm1_name",
        "Дата окончания": "end",
        "Охвачено людей": "reached",
        "Примечания": "comments",
    },
    "English, as forms export it": {
        "orgAcronym": "reporting_acronym",
        "ADM1_EN": "adm1_name",
        "ADM1_PCODE": "adm1_code",
        "admin2Name_en": "adm2_name",
        "LGA PCode": "adm2_code",
        "isHRP": "plan_flag",
        "no_of_girls_reached": "reached_girls",
    },
}


def test_every_header_that_is_listed_says_its_own_word() -> None:
    for word, meaning in meanings().items():
        for header in (one for headers in meaning.headers.values() for one in headers):
            said = words_of_header(f" *{header} ", {})

            assert said.is_firm
            assert word in said.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_are_understood_in_six_languages(language: str) -> None:
    listed = LANGUAGES[language]

    assert words_of(headed(*listed)) == list(listed.values())


def test_a_misspelt_word_of_a_header_counts_as_the_known_one() -> None:
    assert words_of(headed("Organisaton Accronym")) == ["reporting_acronym"]
    assert words_of(headed("Relocation")) == [""]
    assert words_of(headed("Femmesciblées")) == ["targeted_women"]


def test_women_of_all_ages_are_told_from_adult_women() -> None:
    headers = ["Total femmes atteintes", "Femmes adultes atteintes (>=18)", "Filles atteintes"]

    assert words_of(headed(*headers)) == ["reached_female", "reached_women", "reached_girls"]
    assert words_of(headed("Females reached", "Girls reached")) == [
        "reached_women",
        "reached_girls",
    ]


def test_the_level_of_a_district_comes_from_the_kinds_beside_it() -> None:
    assert words_of(headed("Governorate", "District", "Sub-district")) == [
        "adm1_name", "adm2_name", "adm3_name",
    ]  # fmt: skip
    assert words_of(headed("Region", "District")) == ["adm1_name", "adm2_name"]
    (question,) = match_columns(headed("District")).questions
    assert {option.word for option in question.options} >= {"adm1_name", "adm2_name"}


def test_the_level_comes_from_tags_and_from_the_length_of_p_codes() -> None:
    tagged = headed("Region", "Province", "District", tags=["#region+name", "#adm1+name"])
    coded = a_sheet(
        {
            "Province code": ["AF01", "AF02", "AF03"],
            "Province": ["a", "b", "c"],
            "District": ["d", "e", "f"],
            "Region": ["g", "h", "i"],
        }
    )

    assert words_of(tagged) == ["region_name", "adm1_name", "adm2_name"]
    assert words_of(coded) == ["adm1_code", "adm1_name", "adm2_name", "region_name"]


def test_a_kind_of_place_that_fits_no_usual_order_is_asked() -> None:
    table = headed("Région", "Préfecture", "Sous-préfecture", "District")

    assert words_of(table) == ["adm1_name", "adm2_name", "adm3_name", ""]
    assert words_of(headed("Province", "Island", "Area council")) == [
        "adm1_name",
        "place_name",
        "adm2_name",
    ]


@pytest.mark.parametrize(
    "header",
    ["Beneficiary name", "National ID", "اسم المستفيد", "Nom du bénéficiaire", "ПІБ", "ФИО",
     "Cédula", "Name of beneficiaries", "Contact number", "Date of birth"],
)  # fmt: skip
def test_columns_about_single_persons_are_left_out(header: str) -> None:
    assert words_of(headed(header)) == ["contact"]


def test_a_number_of_things_is_no_name_of_them() -> None:
    assert words_of(headed("Number of schools", "School name")) == ["", "place_name"]
    (question,) = match_columns(headed("Activity number")).questions
    assert {option.word for option in question.options} >= {"activity_code", "count_of_activities"}


def test_a_breakdown_that_we_do_not_hold_is_kept_as_entered_without_a_question() -> None:
    headers = ["IDPs reached", "Host community reached", "Femmes enceintes atteintes", "Migrantes"]
    matched = match_columns(headed(*headers))

    assert matched.questions == ()
    assert [problem.code for problem in matched.problems] == ["column.not-understood"] * 4


def test_the_youngest_are_not_taken_for_all_children() -> None:
    assert words_of(headed("Children under 5 reached")) == [""]
    assert words_of(headed("Children 0-17 reached")) == ["reached_children"]


def test_a_word_of_two_languages_is_read_as_the_rest_of_the_header_needs() -> None:
    assert words_of(headed("Nombre de bénéficiaires atteints")) == ["reached"]
    columns = {"Nombre de la agencia": ["A", "B", "C"], "Nombre del socio": ["D", "E", "F"]}
    assert words_of(a_sheet(columns)) == ["reporting_organisation", "implementing_partner"]
    counted = {"Nombre de la agencia": ["1", "2", "3"]}
    assert words_of(a_sheet(counted)) == ["count_of_organisations"]


def test_headers_in_several_levels_may_say_it_in_the_last_alone() -> None:
    assert words_of(headed("Section B: whereabouts / Governorate", "5W / When / Start date")) == [
        "adm1_name",
        "start",
    ]
