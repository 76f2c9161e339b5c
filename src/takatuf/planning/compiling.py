"""How the hot loops of planning are compiled.

Compiled functions are kept on disk between runs. They use no ``fastmath``, so they give the
same figures as the plain Python they are written in; the tests run both.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


def compiled(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Return the function compiled at its first call; the plain one stays as ``py_func``."""
    return cast("Callable[_Args, _Result]", njit(cache=True, nogil=True)(function))


def inlined(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Return the function compiled into those that call it: for small steps of hot loops."""
    return cast("Callable[_Args, _Result]", njit(cache=True, nogil=True, inline="always")(function))
