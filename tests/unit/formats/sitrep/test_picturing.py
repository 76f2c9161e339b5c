"""What the shared picture says goes into the report with all its answers."""

from takatuf.formats.city_report import Name
from takatuf.formats.writers.sitrep import (
    SourceRows,
    access_of,
    contested_of,
    hazards_of,
    rows_table,
    write_sitrep_page,
)
from takatuf.formats.writers.sitrep.footnotes import merged
from tests.builders_report import a_belief, a_contested_belief, a_voice, an_answer
from tests.builders_sitrep import a_bare_sitrep, a_report_id


def test_a_contradiction_is_shown_with_every_answer_and_its_reports() -> None:
    voice = a_voice(who="River Relief", report=a_report_id(7))
    belief = a_contested_belief()
    first = an_answer("stopped", voice, voice)

    (found,) = contested_of(
        [a_belief(), a_belief(status="contested", answers=(first, *belief.answers))], "en"
    )

    assert found.answers[0].value == "stopped"
    assert found.answers[0].said_by == ("River Relief",)
    assert found.answers[0].rows == (
        SourceRows(organisation="River Relief", rows=(), reports=(a_report_id(7),)),
    )
    assert len(found.answers) == 1 + len(belief.answers)


def test_a_statement_that_was_no_row_is_noted_by_its_report() -> None:
    answer = an_answer("stopped", a_voice(who="River Relief", report=a_report_id(7)))
    content = a_bare_sitrep(
        contested=contested_of([a_belief(status="contested", answers=(answer,))], "ar")
    )

    assert "<bdi>River Relief</bdi> <code" in write_sitrep_page(content)
    assert rows_table(content)[0]["row"] is None
    assert rows_table(content)[0]["report"] == a_report_id(7)
    (group,) = merged([content.contested[0].answers[0].rows])
    assert group.rows == ()


def test_what_agrees_is_not_contested() -> None:
    assert contested_of([a_belief(status="agreed")], "en") == ()


def test_access_names_who_says_so_in_the_readers_language() -> None:
    belief = a_belief(name=Name(en="Old Bridge", ar="الجسر القديم"), since="2026-10-28")

    english, arabic = (access_of([belief], language)[0] for language in ("en", "ar"))

    assert (english.place, arabic.place) == ("Old Bridge", "الجسر القديم")
    assert english.said_by == "Water Board"
    assert english.since == "2026-10-28"


def test_hazards_are_counted_by_state_the_most_dangerous_first() -> None:
    found = hazards_of(
        [
            ("released", "Hilltop"),
            ("suspected_hazardous_area", ""),
            ("never heard of", "Market"),
            ("confirmed_hazardous_area", "Market"),
        ]
    )

    assert [(one.state, one.n_areas, one.places) for one in found] == [
        ("confirmed", 1, ("Market",)),
        ("suspected", 2, ("Market",)),
        ("released", 1, ("Hilltop",)),
    ]
    assert hazards_of([]) == ()
