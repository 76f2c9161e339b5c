"""Reports as wholes: what a reader sees of them, and how much is hidden."""

from takatuf.picture.columns import fold_columns, redact_columns
from takatuf.picture.columns.whole import seen_reports
from takatuf.reports.report import Claim, Report
from takatuf.safeguards.actor import ANYBODY, Actor, Role
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.value import Text
from tests.builders import a_report, a_source
from tests.builders_columns import a_table

ROW = ThingId("activity/row-1")
NAMES = ("row_sector", "row_donor")
PARTNER = Actor("a partner", Role.PARTNER)


def a_row(sector: str = "WASH", donor: str = "A donor") -> Report:
    said = (("name", "Water"), ("row_sector", sector), ("row_donor", donor))
    claims = tuple(Claim(thing=ROW, property=name, value=Text(text)) for name, text in said)
    return Report(source=a_source(), claims=claims)


def seen_by(actor: Actor, *reports: Report) -> list[tuple[str, tuple[int, ...], int]]:
    picture = redact_columns(fold_columns(a_table(*reports)), actor, load_vocabulary())
    return [(one.id, one.seen, one.n_hidden) for one in seen_reports(picture, NAMES)]


def test_a_reader_sees_the_claims_of_the_class_and_learns_how_many_are_hidden() -> None:
    row = a_row()

    assert seen_by(PARTNER, row) == [(row.id, (1, 2), 0)]
    assert seen_by(ANYBODY, row) == [(row.id, (1,), 1)]


def test_each_report_is_given_once_and_others_are_not_given() -> None:
    rows = [a_row(), a_row("Health"), a_report()]

    assert sorted(seen_by(PARTNER, *rows)) == sorted((r.id, (1, 2), 0) for r in rows[:2])


def test_a_register_without_such_rows_gives_none() -> None:
    assert seen_by(PARTNER, a_report()) == []
