"""Compiled code is run as the plain Python it is written in where a test asks for it."""

from types import ModuleType

import pytest

from takatuf.planning.simulating import changing, heap, kernel, ranks, running, schedules, serving
from takatuf.planning.solvers.annealing import moving, positions, searching, walking

_MODULES: tuple[ModuleType, ...] = (
    heap,
    kernel,
    ranks,
    schedules,
    changing,
    serving,
    running,
    moving,
    positions,
    walking,
    searching,
)


@pytest.fixture
def plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in _MODULES:
        for name, value in vars(module).copy().items():
            if hasattr(value, "py_func"):
                monkeypatch.setattr(module, name, value.py_func)
