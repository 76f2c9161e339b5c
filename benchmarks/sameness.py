"""Measure how pairs of things that may be one are found: ``python -m benchmarks.sameness``.

Three tables: precision and recall on the shipped city, where every thing with several names is
told as two; precision and recall on labelled pairs of names, where a file is given
(``--pairs FILE.csv`` with the columns name1, name2, is_match and perhaps schema); and the time
for made-up lists. Compare figures of one run only.
"""

import argparse
import csv
import os
import platform
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from takatuf.picture.fold import fold
from takatuf.picture.picture import Picture
from takatuf.picture.sameness.candidates import LEAST_SCORE, Candidate, candidates
from takatuf.picture.sameness.forms import form_of, plain_kinds
from takatuf.picture.sameness.judgements import Pair, pair_of
from takatuf.picture.sameness.likeness import Measure, likeness_of
from takatuf.reports.register import Entry
from takatuf.reports.report import Claim, Report, Source
from takatuf.vocabulary.identity import Position, ThingId, type_of
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.time import parse_instant
from takatuf.vocabulary.value import Reference, Text

CITY = "aleppo_2017"
TABLES = ("places", "organisations", "facilities", "activities", "events")
HEARD_AT = parse_instant("2017-06-14T12:00:00Z")
THRESHOLDS = (60, 70, 80, 90)
SEED = 1
SECOND_LIST = "organisation/second-list"
ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing as one list has it."""

    thing: ThingId
    names: tuple[str, ...]  # the first is the name, the others further names
    whole: str = ""
    by: str = "organisation/first-list"


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, help="labelled pairs of names (CSV)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    options = parser.parse_args()
    packages = ", ".join(f"{name} {version(name)}" for name in ("rapidfuzz", "polars", "numpy"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(packages)
    measure_city()
    if options.pairs:
        measure_pairs(options.pairs)
    for size in options.sizes:
        measure_time(size)


def measure_city() -> None:
    """Print precision and recall where every named thing of the city is told as two."""
    listed = shipped()
    places = [one for one in listed if type_of(one.thing) == "place"]
    print(f"\n{CITY}: each thing told twice, by two lists")
    measure_twice("another spelling, places", places, 2, None)
    measure_twice("the Arabic name, places", places, 1, 2)
    measure_twice("any further name, all types", listed, 1, None)


def measure_twice(title: str, listed: Sequence[Listed], start: int, end: int | None) -> None:
    """Print precision and recall where a second list has some of the further names."""
    twins = [
        Listed(ThingId(f"{one.thing}-again"), further, one.whole, SECOND_LIST)
        for one in listed
        if (further := tuple(filter(None, one.names[start:end])))
    ]
    true = {pair_of(twin.thing, ThingId(twin.thing.removesuffix("-again"))) for twin in twins}
    firsts = [Listed(one.thing, one.names[:1], one.whole) for one in listed]
    found = candidates(picture_of([*firsts, *twins]), load_vocabulary())
    print_scores(f"second list has {title}", scored(found), true)


def measure_pairs(path: Path) -> None:
    """Print precision and recall of the likeness of names on labelled pairs."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    print(f"\n{path.name}: likeness of names alone, without anything else that is known")
    schemas = sorted({row.get("schema", "") for row in rows})
    for schema in schemas:
        of_schema = [row for row in rows if row.get("schema", "") == schema]
        scores, true = {}, set()
        for number, row in enumerate(of_schema):
            pair = (ThingId(f"{number}a"), ThingId(f"{number}b"))
            one, other = form_of(row["name1"]), form_of(row["name2"])
            scores[pair] = likeness_of(one, other, Measure(plain=plain_kinds(ORGANISATION))).score
            true |= {pair} if row["is_match"] == "true" else set()
        print_scores(f"{schema or 'all'} ({len(of_schema)} pairs)", scores, true)


def measure_time(size: int) -> None:
    """Print the time for a made-up list of this many things, one in twenty of them twice."""
    listed, true = made_up(size)
    picture = picture_of(listed)
    start, start_cpu = time.perf_counter(), time.process_time()
    found = candidates(picture, load_vocabulary())
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    print(
        f"\n{size:,} things: {seconds:.2f} s ({cpu:.2f} CPU s), "
        f"{cpu / size * 1e6:,.0f} CPU ms per 1,000 things, "
        f"{len(found):,} candidates"
    )
    print_scores("one name in twenty spelled again", scored(found), true)


def scored(found: Sequence[Candidate]) -> dict[Pair, float]:
    """Return candidates by their pair."""
    return {(c.one, c.other): float(c.score) for c in found}


def print_scores(title: str, scores: dict[Pair, float], true: set[Pair]) -> None:
    """Print precision and recall at each threshold."""
    print(f"  {title}, {len(true)} true pairs")
    for threshold in THRESHOLDS:
        taken = {pair for pair, score in scores.items() if score >= threshold}
        right = len(taken & true)
        mark = " <- the list begins here" if threshold == LEAST_SCORE else ""
        precision = right / len(taken) if taken else 1.0
        recall = right / len(true)
        print(f"    from {threshold}: precision {precision:.3f}, recall {recall:.3f}{mark}")


def shipped() -> list[Listed]:
    """Return every named thing of the shipped city: name, Arabic name, further names."""
    told: dict[str, dict[str, list[str]]] = {}
    for table in TABLES:
        text = (files("takatuf.cities") / CITY / f"{table}.csv").read_text("utf-8")
        for row in csv.DictReader(text.splitlines()):
            of_thing = told.setdefault(row["thing"], {})
            for column in ("name", "name_ar", "also_called", "part_of"):
                cells = (cell.strip() for cell in row.get(column, "").split(";"))
                of_thing.setdefault(column, []).extend(filter(None, cells))
    return [
        Listed(
            ThingId(thing),
            (cells["name"][0], "".join(cells["name_ar"][:1]), *cells["also_called"]),
            ";".join(cells["part_of"]),
        )
        for thing, cells in told.items()
        if cells["name"]
    ]


def made_up(size: int) -> tuple[list[Listed], set[Pair]]:
    """Return things with invented names, one in twenty of them again with a slip."""
    draw = random.Random(SEED)  # noqa: S311 - a benchmark
    syllables = [a + b for a in "bdfghjklmnqrstz" for b in ("a", "i", "u", "ou", "ee")]
    stems = ["".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(size)]
    kinds = ("", "", "quarter", "school", "well", "east", "road", "1", "2")
    listed: list[Listed] = []
    true: set[Pair] = set()
    while len(listed) < size:
        thing = ThingId(f"place/x{len(listed)}")
        name = " ".join((draw.choice(stems), draw.choice(stems), draw.choice(kinds))).strip()
        listed.append(Listed(thing, (name,)))
        if len(listed) % 20 == 0:
            again = ThingId(f"{thing}-again")
            listed.append(Listed(again, (_slip(name, draw),), by=SECOND_LIST))
            true.add((thing, again))
    return listed, true


def _slip(name: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(name))
    return name[:at] + draw.choice("aeiourn") + name[at + draw.randint(0, 1) :]


def picture_of(listed: Iterable[Listed]) -> Picture:
    """Return the picture of these things, each reported by its list."""
    entries = (
        Entry(Position(number), HEARD_AT, _report(one)) for number, one in enumerate(listed, 1)
    )
    return fold(entries)


def _report(one: Listed) -> Report:
    names = (
        Claim(thing=one.thing, property="name" if n == 0 else "also_called", value=Text(name))
        for n, name in enumerate(one.names)
    )
    has_whole = one.whole and type_of(one.thing) == "place"
    whole = (
        Claim(thing=one.thing, property="part_of", value=Reference(ThingId(whole.strip())))
        for whole in (one.whole.split(";") if has_whole else ())
    )
    source = Source(organisation=ThingId(one.by), organisation_type="un_agency")
    return Report(source=source, claims=(*names, *whole))


if __name__ == "__main__":
    main()
