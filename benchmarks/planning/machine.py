"""What a benchmark ran on: printed above every table."""

import os
import platform
import resource
from importlib.metadata import version

LIBRARIES = ("numpy", "numba", "scipy", "takatuf")


def machine_line(*more: str) -> str:
    """Return processor, cores, load and versions; ``more`` names further packages."""
    versions = ", ".join(f"{name} {version(name)}" for name in (*LIBRARIES, *more))
    load = os.getloadavg()[0]
    processor = platform.processor() or platform.machine()
    return (
        f"{processor}, {os.cpu_count()} cores, load {load:.1f} before; "
        f"Python {platform.python_version()}, {versions}"
    )


def peak_memory_mb() -> float:
    """Return the most memory that this process has had at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
