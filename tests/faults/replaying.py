"""Cut the power between any two calls: what was not asked to be safe may be gone or half there.

A writer's calls are recorded once. For every cut the disk is put together again: each file
holds what was synchronised, and of what was written since nothing, everything, or any of its
sectors in any order; the folder has the names that were synchronised, and of its later changes
the first few. Then the workspace is opened, and everything acknowledged must be there.
Needs the program strace.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.checking import Acknowledged, Expected, faults_of
from tests.faults.injecting import NEEDS_STRACE, STRACE
from tests.faults.material import Material
from tests.faults.outcome import Kind, Outcome, chance_of
from tests.faults.tearing import INDEX, SECTOR_BYTES
from tests.faults.tracing import Act, Event, record, told
from tests.faults.writing import acknowledged_in

N_STEPS = 40
KINDS = (Kind.LOST, Kind.HALF, Kind.START, Kind.FOUND)


@dataclass(slots=True)
class _File:
    safe: bytes = b""
    since: list[Event] = field(default_factory=list)  # what was asked after it was safe


@dataclass(slots=True)
class Disk:
    """A folder on a disk that keeps no more than it was asked to keep."""

    files: list[_File] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)  # as programs see them now
    safe_names: dict[str, int] = field(default_factory=dict)
    names_since: list[tuple[Event, int]] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> "Disk":
        """Return a disk on which everything in this folder is safe."""
        disk = cls()
        for path in folder.iterdir():
            if path.is_file():
                disk.names[path.name] = len(disk.files)
                disk.files.append(_File(path.read_bytes()))
        disk.safe_names = dict(disk.names)
        return disk

    def ask(self, event: Event) -> None:
        """Take one request."""
        if event.act in {Act.WRITE, Act.TRUNCATE}:
            self._file(event).since.append(event)
        elif event.act is Act.SYNC:
            file = self._file(event)
            file.safe, file.since = _all_of(file), []
        elif event.act is Act.SYNC_NAMES:
            self.safe_names, self.names_since = dict(self.names), []
        elif event.act is not Act.CREATE or event.name not in self.names:
            self._ask_name(event)

    def after_a_cut(self, chance: Random) -> dict[str, bytes]:
        """Return files that may be found when the power comes back."""
        names = dict(self.safe_names)
        for event, number in self.names_since[: chance.randint(0, len(self.names_since))]:
            _change(names, event, number)
        share = chance.choice([0.0, 1.0, chance.random()])
        return {
            name: _some_of(self.files[number], share, chance)
            for name, number in names.items()
            if name != INDEX  # it is in memory
        }

    def _file(self, event: Event) -> _File:
        return self.files[self.names[event.name]]

    def _ask_name(self, event: Event) -> None:
        if event.act is Act.CREATE:
            self.files.append(_File())
        number = len(self.files) - 1 if event.act is Act.CREATE else self.names[event.name]
        self.names_since.append((event, number))
        _change(self.names, event, number)


def replay_cuts(material: Material, n_cuts: int, seed: int) -> Outcome:
    """Cut the power so many times, spread evenly over all calls of a writer."""
    outcome, chance = Outcome("power cuts", KINDS), chance_of(seed, "power cuts")
    if STRACE is None:
        outcome.skipped = NEEDS_STRACE
        return outcome
    disk = Disk.of(material.copy("recorded"))
    events = record(STRACE, material.folder, "recorded", N_STEPS, seed)
    outcome.count("calls of the writer", len(events))
    acknowledged: list[Acknowledged] = []
    cuts = _spread(n_cuts, len(events))
    for event, n_here in zip(events, cuts, strict=True):
        if event.act is Act.TOLD:
            acknowledged += acknowledged_in([told(event)])
        else:
            disk.ask(event)
        for _ in range(n_here):
            outcome.count("cuts")
            workspace = material.copy("cut")
            _put(workspace, disk.after_a_cut(chance))
            expected = Expected(acknowledged, material.reports_of_bundles)
            outcome.blame(faults_of(workspace, expected), f"after {event.act} {event.name}")
    outcome.count("reports acknowledged", sum(len(one.reports) for one in acknowledged))
    return outcome


def _spread(number: int, places: int) -> Sequence[int]:
    return [number * (n + 1) // places - number * n // places for n in range(places)]


def _put(workspace: Path, files: dict[str, bytes]) -> None:
    for path in workspace.iterdir():
        if path.is_file():
            path.unlink()
    for name, content in files.items():
        (workspace / name).write_bytes(content)


def _change(names: dict[str, int], event: Event, number: int) -> None:
    if event.act is Act.CREATE:
        names[event.name] = number
    elif event.act is Act.RENAME:
        names.pop(event.name, None)
        names[event.new_name] = number
    else:
        names.pop(event.name, None)


def _all_of(file: _File) -> bytes:
    content = bytearray(file.safe)
    for event in file.since:
        _write(content, event)
    return bytes(content)


def _some_of(file: _File, share: float, chance: Random) -> bytes:
    content = bytearray(file.safe)
    for event in file.since:
        for part in _sectors(event):
            if chance.random() < share:
                _write(content, part)
    return bytes(content)


def _sectors(event: Event) -> Iterator[Event]:
    if event.act is Act.TRUNCATE:
        yield event
        return
    for begin in range(0, len(event.content), SECTOR_BYTES):
        part = event.content[begin : begin + SECTOR_BYTES]
        yield Event(event.act, event.name, at=event.at + begin, content=part)


def _write(content: bytearray, event: Event) -> None:
    if event.act is Act.TRUNCATE:
        del content[event.at :]
        content.extend(bytes(event.at - len(content)))
        return
    content.extend(bytes(max(0, event.at + len(event.content) - len(content))))
    content[event.at : event.at + len(event.content)] = event.content
