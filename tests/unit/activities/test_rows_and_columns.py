"""What a row says and what a column means are one list of words, declared in two layers."""

from takatuf.activities.columns.meanings import ValueKind, meanings
from takatuf.vocabulary.things import load_vocabulary

PREFIX = "row_"
# told by the identity of the row, by `row_period` and by `row_position`
NOT_STORED = {
    "latitude", "longitude", "period_month", "period_year", "row_id", "source_file", "updated_on",
}  # fmt: skip


def test_every_column_has_its_property_with_the_same_label_tag_and_class() -> None:
    declared = load_vocabulary().properties
    stored = {
        word: meaning
        for word, meaning in meanings().items()
        if meaning.value is not ValueKind.PERSON and word not in NOT_STORED
    }

    rows = {name.removeprefix(PREFIX) for name in declared if name.startswith(PREFIX)}
    assert rows == {*stored, "position"}
    for word, meaning in stored.items():
        row = declared[f"{PREFIX}{word}"]
        said = (row.label, row.hxl, row.sensitivity)
        assert said == (meaning.label, meaning.hxl, meaning.sensitivity), word
