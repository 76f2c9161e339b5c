"""Compiled code is run as the plain Python it is written in where a test asks for it."""

from types import ModuleType

import pytest

from takatuf.planning import bound
from takatuf.planning.bounding import earliest, prices
from takatuf.planning.simulating import heap, kernel, running, serving
from takatuf.planning.solvers.annealing import searching, walking

_MODULES: tuple[ModuleType, ...] = (
    heap,
    kernel,
    serving,
    running,
    walking,
    searching,
    earliest,
    prices,
    bound,
)


@pytest.fixture
def plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in _MODULES:
        for name, value in vars(module).copy().items():
            if hasattr(value, "py_func"):
                monkeypatch.setattr(module, name, value.py_func)
