"""A warm process that does the work of `refusing` in children, one for each line that it reads.

A tracer fails the call number BASE of one kind in each child. So that it hits call number n of
the work, a child first makes BASE - n such calls that touch nothing. What is told leaves by
another kind of call than those that are failed.
"""

import faulthandler
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from tests.faults.forking import apart
from tests.faults.material import Material
from tests.faults.refusing import do_work
from tests.faults.writing import to_line

MAX_SECONDS = 120
NOWHERE = "/nowhere/at-all"
Call = Callable[[], object]


def main() -> None:
    """Serve until the input ends: ``python -m tests.faults.serving FOLDER CALL``."""
    material, call = Material(Path(sys.argv[1])), idle_call(sys.argv[2])
    for name in apart(lambda: _loaded_by_work(material)):  # so that no child loads it
        with suppress(ImportError):
            import_module(name)
    _tell({"ready": True})
    for line in sys.stdin:
        job = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _work(material, Path(job["workspace"]), call, int(job["idle"]))
        _, status = os.waitpid(pid, 0)
        _tell({"ended": os.waitstatus_to_exitcode(status), "pid": pid})


def _loaded_by_work(material: Material) -> list[str]:
    do_work(material, material.copy("warming"), lambda _: None)
    return list(sys.modules)


def idle_call(name: str) -> Call:
    """Return what makes one call of this kind that touches no file of a workspace."""
    memory = os.memfd_create("idle")
    calls: dict[str, Call] = {
        "pwrite64": lambda: os.pwrite(memory, b"", 0),
        "pread64": lambda: os.pread(memory, 0, 0),
        "write": lambda: os.write(memory, b""),
        "fsync": lambda: os.fsync(memory),
        "fdatasync": lambda: os.fdatasync(memory),
        "ftruncate": lambda: os.ftruncate(memory, 0),
        "openat": lambda: os.open(NOWHERE, os.O_RDONLY),
        "unlink": lambda: Path(NOWHERE).unlink(),
        "rename": lambda: Path(NOWHERE).rename(NOWHERE),
    }
    return calls[name]


def _work(material: Material, workspace: Path, call: Call, n_idle: int) -> None:
    faulthandler.dump_traceback_later(MAX_SECONDS, exit=True)  # a child that hangs says where
    for _ in range(n_idle):
        with suppress(FileNotFoundError):
            call()
    do_work(material, workspace, _tell)
    os._exit(0)


def _tell(line: dict[str, object]) -> None:
    os.writev(1, [to_line(line)])


if __name__ == "__main__":
    main()
