"""Damage small good files of every format at random, and read them.

Run ``python -m tests.fuzz.formats --inputs 100000 --seed 1``. Each input must give a book or an
`InputError`, each with a documented code, within the limits of time and memory; anything else is
printed with the seed that makes it again, and the exit code is 1.
"""

import argparse
import io
import json
import random
import re
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from takatuf.activities.tables import SheetTable
from takatuf.formats.readers.workbooks import Limits, read_book
from takatuf.vocabulary.errors import InputError
from tests import builders_workbooks as made

MAX_SECONDS = 2.0  # for one input; all of them are far below a megabyte
MAX_MEMORY_MB = 1_200
LIMITS = Limits(max_cells=400_000, max_unpacked_bytes=64 * 1024**2)
_CODE = re.compile(r"[a-z]+\.[a-z-]+")
_SPLICES = (
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    "<c>",
    "</row>",
    "<row r='1'>",
    '<c r="XFD1048576"><v>1</v></c>',
    '<c r="A1" t="s"><v>99999999</v></c>',
    '<c r="A1" s="' + "9" * 5_000 + '"><v>1</v></c>',
    "<![CDATA[<v>]]>",
    "<!-- x -->",
    "&#0;",
    "&b;",
    '<c r="ZZZ99999999"/>',
    'table:number-columns-repeated="9999999"',
    "\x00",
    "\u202e",
    "</sheetData>",
    '<c r="B2" t="d"><v>x</v></c>',
    "<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>",
)
_SIGNS = (
    "\x00\x01\u200b\u202e\ufeff\ud7ff\uffff\U0001f600\u0660,;\t\"'\r\n#+{}[]<>&=-0123456789aé\u0623"
)


@dataclass(slots=True)
class Outcome:
    """What came of all inputs."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest_seconds: float = 0.0
    slowest: str = ""


def seeds() -> dict[str, bytes]:
    """Return the good files, by name."""
    text = "\n".join(",".join("" if v is None else str(v) for v in row) for row in made.ROWS)
    objects = [dict(zip(made.ROWS[0], row, strict=True)) for row in made.ROWS[2:]]
    outline = {"type": "Polygon", "coordinates": [made.a_square(37, 36, 1)]}
    feature = {"type": "Feature", "properties": objects[0], "geometry": outline}
    layer = {"type": "FeatureCollection", "features": [feature, feature]}
    shape = {"s.shp": made.shp([made.a_square(37, 36, 1)]), "s.dbf": made.dbf([(b"Halab", b"1")]),
             "s.cpg": b"UTF-8"}  # fmt: skip
    strings = '<sst xmlns="x"><si><t>WASH</t></si><si><r><t>Hea</t></r><r><t>lth</t></r></si></sst>'
    shared = made.sheet_xml(made.ROWS).replace(
        '<row r="5">', '<row r="5"><c r="F5" t="s"><v>1</v></c>'
    )
    return {
        "a.xlsx": made.xlsx(),
        "b.xlsx": made.xlsx({"4W": shared, "x": made.ROWS}, more={"xl/sharedStrings.xml": strings}),
        "a.ods": made.ods(),
        "a.xls": made.xls(),
        "a.csv": text.encode(),
        "b.csv": text.encode("utf-16"),
        "c.csv": text.replace(",", ";").encode("windows-1256", "replace"),
        "a.json": json.dumps({"data": objects}, ensure_ascii=False).encode(),
        "b.json": json.dumps(made.ROWS).encode(),
        "a.geojson": json.dumps(layer).encode(),
        "a.gpkg": made.geopackage(),
        "a.zip": made.zipped(shape),
        "a.shp": shape["s.shp"],
    }


def damaged(name: str, content: bytes, chance: random.Random) -> bytes:
    """Return a file with some random damage; archives are damaged inside as often as outside."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        return _inside(content, chance)
    ways: Sequence[Callable[[bytes, random.Random], bytes]] = (
        _flipped, _cut, _doubled, _with_signs, _with_number, _spliced)  # fmt: skip
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        content = chance.choice(ways)(content, chance)
    if name.endswith("json") and chance.random() < 0.1:
        depth = chance.choice((10, 500, 5_000, 100_000))
        content = content.replace(b'"WASH"', b"[" * depth + b"]" * depth)
    return content


def run(n_inputs: int, seed: int) -> Outcome:
    """Read this many damaged files and return what came of each."""
    good, outcome = seeds(), Outcome()
    names = sorted(good)
    for number in range(n_inputs):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 - made again by its seed
        name = names[number % len(names)]
        _try(name, damaged(name, good[name], chance), f"{seed}/{number} {name}", outcome)
    return outcome


def _try(name: str, content: bytes, label: str, outcome: Outcome) -> None:
    shown_as = f"file.{name.split('.')[1]}"
    begun = time.process_time()
    try:
        book = read_book(content, shown_as, limits=LIMITS)
    except InputError as error:
        came = error.problems[0].code
        if not all(_CODE.fullmatch(problem.code) and str(problem) for problem in error.problems):
            outcome.faults.append(f"{label}: a refusal without a reason")
    except (Exception, MemoryError) as error:  # noqa: BLE001 - what is looked for here
        came = f"FAULT {type(error).__name__}"
        outcome.faults.append(f"{label}: {type(error).__name__}: {error}"[:300])
    else:
        came = "a book"
        outcome.faults += [f"{label}: {fault}" for table in book.tables for fault in _amiss(table)]
    seconds = time.process_time() - begun
    outcome.counts[came] += 1
    if seconds > outcome.slowest_seconds:
        outcome.slowest_seconds, outcome.slowest = seconds, label
    if seconds > MAX_SECONDS:
        outcome.faults.append(f"{label}: {seconds:.1f} s")


def _amiss(table: SheetTable) -> list[str]:
    """Return what a table promises and does not keep."""
    faults = []
    letters = [column.letter for column in table.columns]
    if table.cells.columns != letters or len(table.rows) != table.cells.height:
        faults.append("cells that are not those of the columns or rows")
    if not table.rows.is_sorted() or table.rows.n_unique() != len(table.rows):
        faults.append("rows that are out of order")
    if len(set(letters)) < len(letters) or "" in letters:
        faults.append("columns of one letter")
    others = {
        *table.total_rows,
        *(row for row, _ in table.footnotes),
        table.header_row,
        table.tag_row,
    }
    if others & set(table.rows.to_list()):
        faults.append("a row of data that is a header, a total or a note as well")
    return faults


def _flipped(content: bytes, chance: random.Random) -> bytes:
    held = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 40))):
        if held:
            held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
    return bytes(held)


def _cut(content: bytes, chance: random.Random) -> bytes:
    one, other = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return chance.choice((content[:one], content[one:], content[:one] + content[other:]))


def _doubled(content: bytes, chance: random.Random) -> bytes:
    one, other = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    times = chance.choice((2, 3, 50)) if other - one < 2_000 else 2
    return content[:one] + content[one:other] * times + content[other:]


def _with_signs(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    signs = "".join(chance.choices(_SIGNS, k=chance.choice((1, 5, 200))))
    encoding = chance.choice(("utf-8", "utf-8", "utf-16-le", "windows-1256"))
    return content[:place] + signs.encode(encoding, "replace") + content[place:]


def _with_number(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    number = chance.choice((0, 1, 0x7F, 0xFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 65535))
    n_bytes = chance.choice((2, 4))
    raw = (number % (1 << 8 * n_bytes)).to_bytes(n_bytes, chance.choice(("little", "big")))
    return content[:place] + raw + content[place + n_bytes :]


def _spliced(content: bytes, chance: random.Random) -> bytes:
    ends = [found.end() for found in re.finditer(rb"[>,\n]", content)] or [0]
    place = chance.choice(ends)
    return content[:place] + chance.choice(_SPLICES).encode() + content[place:]


def _inside(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(entries))
    way = chance.choice((_flipped, _cut, _doubled, _with_signs, _with_number, _spliced, _spliced))
    entries[name] = way(entries[name], chance)
    if chance.random() < 0.05:
        del entries[chance.choice(list(entries))]
    if chance.random() < 0.02:
        entries[chance.choice(("../x", "/etc/x", "a\\..\\..\\b", "C:x"))] = b"x"
    return made.zipped(entries)


def main() -> int:
    """Run from the command line; 1 if anything but a book or a reason came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.perf_counter()
    outcome = run(asked.inputs, asked.seed)
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if memory_mb > MAX_MEMORY_MB:
        outcome.faults.append(f"{memory_mb:,.0f} MB of memory")
    lines = [f"{count:8,}  {came}" for came, count in outcome.counts.most_common()]
    seconds = time.perf_counter() - begun
    slowest = f"slowest {outcome.slowest_seconds:.2f} s ({outcome.slowest})"
    lines.append(
        f"{asked.inputs:,} inputs in {seconds:,.0f} s, {slowest}, memory {memory_mb:,.0f} MB"
    )
    lines += [*outcome.faults[:40], f"{len(outcome.faults):,} faults"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
