"""No party is favoured by name: no rule, no word list and no code knows any of them."""

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/takatuf"
CITIES = SOURCE / "cities"
RULES = [
    path
    for pattern in ("*.py", "*.toml", "*.j2", "*.js")
    for path in sorted(SOURCE.rglob(pattern))
    if CITIES not in path.parents
]
MIN_LETTERS = 5  # shorter names are words of their own: WHO, AP


def organisations() -> list[tuple[str, str]]:
    """The identity and each name of every organisation of every shipped city."""
    found: list[tuple[str, str]] = []
    for table in sorted(CITIES.glob("*/*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["thing"].startswith("organisation/"):
                    names = [row.get("name") or "", row.get("name_ar") or ""]
                    names += (row.get("also_called") or "").split(";")
                    found += [(row["thing"], name.strip()) for name in names]
    return found


def test_the_shipped_cities_have_organisations_to_look_for() -> None:
    assert len({identity for identity, _ in organisations()}) > 80


OWN = {"organisation/takatuf-compilers", "organisation/takatuf-demo-assumptions"}  # no party
PARTIES = [(identity, name) for identity, name in organisations() if identity not in OWN]
# a family of bodies that is a type of organisation too, and the word for an island
COMMON_WORDS = {"الأمم المتحدة", "الجزيرة"}
WORDS = {w for pair in PARTIES for w in pair if len(w) >= MIN_LETTERS} - COMMON_WORDS
ANY_PARTY = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(WORDS)))})\b")


@pytest.mark.parametrize("rules", RULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_code_and_no_rule_knows_an_organisation(rules: Path) -> None:
    assert ANY_PARTY.findall(rules.read_text("utf-8")) == []


def test_the_vocabulary_weighs_no_type_of_organisation() -> None:
    """What a source is decides nothing: no rule file names a type of organisation but its list."""
    types = {"government", "opposition_body", "un_agency", "foreign_military", "state_media"}
    for path in RULES:
        if path.suffix == ".py" and "picture" in path.parts:
            text = path.read_text("utf-8")
            assert not {word for word in types if f'"{word}"' in text}, path
