"""Matching of places: no row order matters, repairs exist, and a place lies in its parent."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from takatuf.activities.places import Gazetteer, PlaceMatch
from tests.builders_places import LISTED, frame, gazetteer, matched

KNOWN = gazetteer()
INDEX = KNOWN.index
CODES = [code for code, *_ in LISTED]
NAMES = [name for *_, names in LISTED for name in names.values()]

few = settings(max_examples=settings().max_examples // 3)  # a table takes some 20 ms
slips = st.sampled_from(
    [
        str.lower,
        lambda code: code.replace("SY", "SYR"),
        lambda code: code.replace("SY", ""),
        lambda code: code.replace("0", "", 1),
        lambda code: f" {code[:4]}-{code[4:]} ",
        lambda code: code[:-1] + "9",
        lambda code: code + "0",
        str,
    ]
)
codes = st.one_of(
    st.none(), st.builds(lambda code, slip: slip(code), st.sampled_from(CODES), slips)
)
names = st.one_of(
    st.none(),
    st.sampled_from([*NAMES, "all", "Tadmyn", "Bulbul ", "AL BAHR", "various", "#N/A"]),
    st.text("abc ", max_size=4),
)
rows = st.lists(st.tuples(codes, names, codes, names, codes, names), min_size=1, max_size=12)
WORDS = [f"adm{level}_{part}" for level in (1, 2, 3) for part in ("code", "name")]


def table(given_rows: list[tuple[str | None, ...]]) -> pl.DataFrame:
    columns = zip(WORDS, zip(*given_rows, strict=True), strict=True)
    return frame(**{word: list(values) for word, values in columns})


def content(found: PlaceMatch) -> tuple[object, ...]:
    order = found.frame.sort("row")
    asked = sorted((question.id, question.rows, question.text) for question in found.questions)
    faults = found.faults.sort(pl.all())
    return order.rows(), asked, faults.rows(), found.mapping.sort(pl.all()).rows(), found.notes


@few
@given(st.data(), rows, st.sampled_from([KNOWN, None]))
def test_the_order_of_rows_does_not_matter(
    data: st.DataObject, given_rows: list[tuple[str | None, ...]], known: Gazetteer | None
) -> None:
    whole = table(given_rows)
    order = data.draw(st.permutations(range(whole.height)))

    assert content(matched(whole, known)) == content(matched(whole[order], known))


@given(rows)
def test_what_a_code_is_read_as_is_a_place_of_that_level(
    given_rows: list[tuple[str | None, ...]],
) -> None:
    found = matched(table(given_rows), KNOWN)

    for repaired, level in found.mapping.select("repaired", "level").iter_rows():
        assert not repaired or INDEX.places[repaired].level == level
    for level in (1, 2, 3):
        for code in found.frame[f"adm{level}_pcode"].drop_nulls():
            assert INDEX.places[code].level == level


@given(rows)
def test_every_matched_place_lies_in_the_matched_place_above(
    given_rows: list[tuple[str | None, ...]],
) -> None:
    found = matched(table(given_rows), KNOWN).frame

    for first, second, third in found.select("adm1_pcode", "adm2_pcode", "adm3_pcode").iter_rows():
        for above, below in ((first, second), (first, third), (second, third)):
            assert above is None or below is None or INDEX.is_below(below, above)


@given(st.sampled_from(CODES[2:5]), names.filter(bool))
def test_a_name_is_never_matched_outside_the_place_that_is_given(parent: str, name: str) -> None:
    found = matched(frame(adm2_code=[parent], adm3_name=[name]), KNOWN)

    (code,) = found.frame["adm3_pcode"]
    assert code is None or INDEX.is_below(code, parent)


@few
@given(rows)
def test_no_row_is_lost_and_no_entered_text_is_changed(
    given_rows: list[tuple[str | None, ...]],
) -> None:
    whole = table(given_rows)

    assert matched(whole, KNOWN).frame.select(whole.columns).equals(whole)
    assert matched(whole).frame.select(whole.columns).equals(whole)
