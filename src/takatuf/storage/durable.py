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


def write_durably(path: Path, content: bytes) -> None:
    """Put this content in a file whole: a reader sees the old one or the new one.

    Raises:
        OSError: The disk refuses; the old content stays.
    """
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    make_durable(new)
    new.replace(path)
    make_durable(path.parent)
