from pathlib import Path

import pytest

from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.things.loading import read_vocabulary
from takatuf.vocabulary.things.schema import LANGUAGES, Labels

LABELS = '{ en = "a", ar = "b", fr = "c", ru = "d" }'
GOOD = f"""
type.place = {LABELS}
topic.water = {LABELS}
[property.supply]
of = ["place"]
topic = "water"
label = {LABELS}
type = "token"
values = [{{ word = "cut", label = {LABELS} }}]
sensitivity = "public"
series = "state"
"""


def problems_of(tmp_path: Path, text: str) -> str:
    file = tmp_path / "words.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        read_vocabulary([file])
    return str(raised.value)


def test_the_shipped_vocabulary_has_the_types_that_the_field_needs() -> None:
    vocabulary = load_vocabulary()

    assert {
        "organisation", "place", "hazard_area", "road_segment", "water_facility",
        "power_facility", "health_facility", "bakery", "school", "team", "task", "activity",
        "delivery", "population_figure", "event", "question",
    } <= set(vocabulary.types)  # fmt: skip
    used = {name for declared in vocabulary.properties.values() for name in declared.of}
    assert set(vocabulary.types) <= used


def test_every_shipped_property_is_declared_in_full() -> None:
    for declared in load_vocabulary().properties.values():
        texts = [declared.label.in_language(language) for language in LANGUAGES]
        assert all(texts), declared.name
        assert declared.topic in load_vocabulary().topics


def test_no_property_can_hold_the_faith_or_politics_of_a_person_or_a_household() -> None:
    words = ("religio", "ethnic", "sect_", "confession", "political_")
    names = load_vocabulary().properties
    assert not [name for name in names if any(word in name for word in words)]
    assert "person" not in load_vocabulary().types
    assert "household" not in load_vocabulary().types


def test_a_good_vocabulary_is_read(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text(GOOD, "utf-8")

    vocabulary = read_vocabulary([tmp_path / "words.toml"])

    assert vocabulary.properties["supply"].words == ("cut",)
    assert vocabulary.types["place"].label == Labels("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('of = ["place"]', 'of = ["plaice"]', "plaice"),
        ('topic = "water"', 'topic = "wine"', "wine"),
        ('type = "token"', 'type = "number"', "type number"),
        ('series = "state"', 'series = "never"', "series never"),
        ('sensitivity = "public"', 'sensitivity = "secret"', "secret"),
        ('sensitivity = "public"', "", "no sensitivity"),
        ('series = "state"', 'series = "state"\ncolour = "red"', "colour"),
        ('series = "state"', 'series = "state"\nimplied_by = ["x"]', "found x"),
        ('type = "token"', 'type = "amount"', "a unit of units.toml"),
        ('type = "token"', 'type = "text"', "only for a token"),
        (f"label = {LABELS}\ntype", 'label = { en = "a" }\ntype', "en, ar, fr and ru"),
        (f"topic.water = {LABELS}", 'topic.water = { en = "a" }', "en, ar, fr and ru"),
    ],
)
def test_every_mistake_in_a_vocabulary_is_named(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    assert said in problems_of(tmp_path, GOOD.replace(old, new, 1))


def test_a_property_is_declared_once(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    with pytest.raises(InputError, match="declared twice"):
        read_vocabulary([tmp_path / "a.toml", tmp_path / "b.toml"])
