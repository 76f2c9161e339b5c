"""EPANET as a library: one project for each question, closed whatever happens.

The only module that speaks to the library (owa-epanet, the extra `water`). Its failures
come out as `EpanetError` with EPANET's own number; its files are temporary.
"""

import ctypes
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import numpy as np

from takatuf.city.streets.graph import Floats
from takatuf.vocabulary.errors import UnavailableError

_NUMBER = re.compile(r"Error (\d+)")
_FILE_LINES = {b"[REPO": (b"FILE",), b"[OPTI": (b"HYDR", b"MAP")}  # EPANET reads beginnings only
_PREFIX = 5


class EpanetError(Exception):
    """EPANET refused or failed: its number, its words, and its report."""

    def __init__(self, text: str, report: str) -> None:
        """Keep the words, and take the number out of them."""
        found = _NUMBER.search(text)
        self.number = int(found[1]) if found else 0
        self.text = text
        self.report = report
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Project:
    """An open EPANET project; every call goes through `call`."""

    toolkit: ModuleType
    handle: object
    report_path: Path

    def call(self, name: str, *arguments: object) -> Any:  # noqa: ANN401 - untyped library
        """Call a function of the toolkit.

        Raises:
            EpanetError: It failed.
        """
        function: Callable[..., Any] = getattr(self.toolkit, name)
        with warnings.catch_warnings():  # the report says which; the warning only that
            warnings.simplefilter("ignore")
            try:
                return function(self.handle, *arguments)
            except Exception as error:
                if type(error) is not Exception:  # all that the library raises is bare
                    raise
                raise EpanetError(str(error), self.report()) from None

    def constant(self, name: str) -> int:
        """Return a constant of the toolkit."""
        return int(getattr(self.toolkit, name))

    def node_values(self, name: str, count: int) -> Floats:
        """Return one figure of all nodes; shape (count,)."""
        return self._values("getnodevalues", name, count)

    def link_values(self, name: str, count: int) -> Floats:
        """Return one figure of all links; shape (count,)."""
        return self._values("getlinkvalues", name, count)

    def report(self) -> str:
        """Return what EPANET has written to its report so far."""
        copy = self.report_path.with_suffix(".copy")
        copy.touch()
        with suppress(Exception):
            self.toolkit.copyreport(self.handle, str(copy))
        return copy.read_text("utf-8", "replace")

    def _values(self, function: str, name: str, count: int) -> Floats:
        values = self.toolkit.doubleArray(count)
        self.call(function, self.constant(name), values)
        view = (ctypes.c_double * count).from_address(int(values.cast()))
        return np.array(view, dtype=np.float64)


@contextmanager
def opened(content: bytes) -> Iterator[Project]:
    """Open a network file, in metric units, for as long as the block lasts.

    Raises:
        EpanetError: The file has errors; the report lists them.
        UnavailableError: The extra `water` is not installed.
    """
    try:
        from epanet import toolkit  # noqa: PLC0415 - an extra
    except ImportError:
        raise UnavailableError("Hydraulics need owa-epanet: install takatuf[water].") from None
    with TemporaryDirectory() as folder:
        source, report = Path(folder) / "network.inp", Path(folder) / "network.rpt"
        source.write_bytes(content)
        report.touch()
        project = Project(toolkit, toolkit.createproject(), report)
        try:
            project.call("open", str(source), str(report), "")
            project.call("setflowunits", toolkit.CMH)
            project.call("setoption", toolkit.PRESS_UNITS, toolkit.METERS)
            yield project
        finally:
            with suppress(Exception):
                toolkit.close(project.handle)
            toolkit.deleteproject(project.handle)


def without_file_names(content: bytes) -> bytes:
    """Blank the lines that would have EPANET read or write other files; lines keep their place."""
    section = b""
    lines = content.split(b"\n")
    for number, line in enumerate(lines):
        begins = line.lstrip(b' \t\r",').upper()
        if begins.startswith(b"["):
            section = begins[:_PREFIX]
        elif begins.startswith(_FILE_LINES.get(section, ())):
            lines[number] = b""
    return b"\n".join(lines)
