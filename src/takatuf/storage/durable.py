"""Make what was done in a folder survive a power cut: names are kept apart from contents."""

import os
from pathlib import Path


def make_durable(path: Path) -> None:
    """Return when the content of this file, or the names in this folder, are on the disk.

    Raises:
        OSError: The disk refuses.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
