"""What a program asks its disk to do, call by call, as the program strace writes it down."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parents[2]
CALLS = "openat,close,pwrite64,write,ftruncate,fsync,fdatasync,unlink,rename"
MAX_STRING = 10_000_000  # bytes of one call that are written down
_LINE = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_CUT = " <unfinished ...>\n"
_GOES_ON = re.compile(r"\d+ +<\.\.\. \w+ resumed>")
_STANDARD_OUTPUT = "1"


class Act(StrEnum):
    """What is asked of the disk."""

    CREATE = "create"
    WRITE = "write"
    TRUNCATE = "truncate"
    SYNC = "sync"  # one file: its content is safe when this returns
    SYNC_NAMES = "sync names"  # the folder: its names are safe when this returns
    REMOVE = "remove"
    RENAME = "rename"
    TOLD = "told"  # not of the disk: the writer told somebody what is safe


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was asked, of one file in the folder."""

    act: Act
    name: str = ""
    new_name: str = ""
    at: int = 0  # byte, of a write; size, of a truncation
    content: bytes = b""


def record(strace: str, material: Path, name: str, n_steps: int, seed: int) -> list[Event]:
    """Let a writer take so many steps, and return everything that it asked of its disk."""
    trace = material / "disk.log"
    command = [strace, "-f", "--seccomp-bpf", "-xx", "-s", str(MAX_STRING), "-o", str(trace),
               "-e", f"trace={CALLS}", "-e", "signal=none", sys.executable, "-m",
               "tests.faults.writing", str(material), name, "--steps", str(n_steps),
               "--seed", str(seed)]  # fmt: skip
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    with trace.open(encoding="ascii") as lines:
        return list(events_of(lines, material / name))


def events_of(lines: Iterator[str], folder: Path) -> Iterator[Event]:
    """Follow which number stands for which file, and give what concerns this folder."""
    open_files: dict[str, str] = {}  # the number of an open file -> its name; "" is the folder
    for line in _whole(lines):
        found = _LINE.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call, arguments, result = found[1], found[2], found[3]
        strings = [bytes.fromhex(text.replace("\\x", "")) for text in _STRING.findall(arguments)]
        if call == "openat":
            path = Path(os.fsdecode(strings[0]))
            if folder in {path, path.parent}:
                open_files[result] = "" if path == folder else path.name
                if "O_CREAT" in arguments:
                    yield Event(Act.CREATE, path.name)
            else:
                open_files.pop(result, None)
        elif call in {"unlink", "rename"}:
            yield from _of_names(call, [Path(os.fsdecode(string)) for string in strings], folder)
        else:
            yield from _of_number(call, arguments, strings, open_files)


def _whole(lines: Iterator[str]) -> Iterator[str]:
    """Put lines together that were cut because another thread came between."""
    begun: dict[str, str] = {}
    for line in lines:
        thread = line.split(" ", 1)[0]
        if line.endswith(_CUT):
            begun[thread] = line.removesuffix(_CUT)
        elif found := _GOES_ON.match(line):
            yield begun.pop(thread) + line[found.end() :]
        else:
            yield line


def _of_names(call: str, paths: list[Path], folder: Path) -> Iterator[Event]:
    if paths[0].parent == folder:
        is_rename = call == "rename"
        act = Act.RENAME if is_rename else Act.REMOVE
        yield Event(act, paths[0].name, paths[1].name if is_rename else "")


def _of_number(
    call: str, arguments: str, strings: list[bytes], open_files: dict[str, str]
) -> Iterator[Event]:
    number, *others = arguments.split(", ")
    if call == "write" and number == _STANDARD_OUTPUT:
        yield Event(Act.TOLD, content=strings[0])
    if number not in open_files:
        return
    name = open_files[number]
    if call == "close":
        del open_files[number]
    elif call == "pwrite64":
        yield Event(Act.WRITE, name, at=int(others[-1]), content=strings[0])
    elif call == "write":
        yield Event(Act.WRITE, name, content=strings[0])
    elif call == "ftruncate":
        yield Event(Act.TRUNCATE, name, at=int(others[-1]))
    else:
        yield Event(Act.SYNC if name else Act.SYNC_NAMES, name)


def told(event: Event) -> dict[str, object]:
    """Return what the writer told."""
    line: dict[str, object] = json.loads(event.content)
    return line
