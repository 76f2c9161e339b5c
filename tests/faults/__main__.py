"""Kill, fill, cut, flip and crowd: ``python -m tests.faults [PART ...]``; --help says more.

Ends with 0 if every promise was kept, else with 1.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.clocks import let_clocks_jump
from tests.faults.crowding import crowd
from tests.faults.damaging import flip_bytes
from tests.faults.forking import apart
from tests.faults.injecting import fail_calls
from tests.faults.killing import kill_writers
from tests.faults.material import Material, make_material
from tests.faults.outcome import Outcome
from tests.faults.refusing import fill_disks
from tests.faults.replaying import replay_cuts
from tests.faults.tearing import tear_logs

MAX_FAULTS = 20  # so many are printed of each part


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    kills: int
    cuts: int
    torn: int
    calls: int
    disks: int
    flips: int
    jumps: int
    tables: int


LONG = Size(kills=1000, cuts=10_000, torn=1000, calls=2000, disks=200, flips=10_000, jumps=100,
            tables=20)  # fmt: skip
QUICK = Size(kills=20, cuts=0, torn=8, calls=0, disks=2, flips=5, jumps=8, tables=1)
Part = Callable[[Material, Size, int], Outcome]
PARTS: dict[str, Part] = {
    "kills": lambda material, size, seed: kill_writers(material, size.kills, seed),
    "torn": lambda material, size, seed: tear_logs(material, size.torn, seed),
    "cuts": lambda material, size, seed: replay_cuts(material, size.cuts, seed),
    "disks": lambda material, size, seed: fill_disks(material, size.disks, seed),
    "calls": lambda material, size, _: fail_calls(material, size.calls),
    "flips": lambda material, size, seed: flip_bytes(material, size.flips, seed),
    "jumps": lambda material, size, seed: let_clocks_jump(material, size.jumps, seed),
    "two": lambda material, size, seed: crowd(material, 2, size.tables, seed),
    "eight": lambda material, size, seed: crowd(material, 8, size.tables, seed),
}
NEED_STRACE = frozenset({"cuts", "calls"})


def main(arguments: list[str]) -> int:
    """Run the parts that are asked for, and print what came of each."""
    options = _options(arguments)
    names = options.parts or [part for part in PARTS if not _is_left_out(part, options)]
    outcomes = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        material = apart(lambda: make_material(Path(folder)))
        for name in names:
            outcome = _timed(lambda: PARTS[name](material, _size(options), options.seed))  # noqa: B023
            outcomes.append(outcome)
            if not options.json:
                sys.stdout.write(_table(outcome))
                sys.stdout.flush()
    if options.json:
        sys.stdout.write(json.dumps([asdict(outcome) for outcome in outcomes]) + "\n")
    return int(any(outcome.faults for outcome in outcomes))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="a few of each; without strace")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--folder", type=Path, help="where to work; left out, a temporary one")
    for name, number in asdict(LONG).items():
        parser.add_argument(f"--{name}", type=int, help=f"how many; {number:,} if left out")
    return parser.parse_args(arguments)


def _is_left_out(part: str, options: argparse.Namespace) -> bool:
    return options.quick and part in NEED_STRACE


def _size(options: argparse.Namespace) -> Size:
    usual = asdict(QUICK if options.quick else LONG)
    given = {name: getattr(options, name) for name in usual}
    return Size(**usual | {name: number for name, number in given.items() if number is not None})


def _timed(part: Callable[[], Outcome]) -> Outcome:
    start = time.monotonic()
    outcome = apart(part)
    outcome.seconds = round(time.monotonic() - start, 1)
    return outcome


def _table(outcome: Outcome) -> str:
    figures = [(what, f"{number:,}") for what, number in sorted(outcome.figures.items())]
    kinds = [(kind.value, f"{outcome.number_of(kind):,}") for kind in outcome.kinds]
    lines = [*figures, *kinds, ("seconds", f"{outcome.seconds:,.0f}")]
    head = f"{outcome.part}{f': not run, {outcome.skipped}' if outcome.skipped else ''}\n"
    shown = [f"  ! {fault.kind}: {fault.text}\n" for fault in outcome.faults[:MAX_FAULTS]]
    return head + "".join(f"  {what:52} {number:>12}\n" for what, number in lines) + "".join(shown)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
