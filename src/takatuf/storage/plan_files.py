"""Plans as JSON files in a folder: written beside, then moved into place in one step."""

import json
import os
from pathlib import Path

from takatuf.planning.archive import PlanDocument
from takatuf.vocabulary.errors import UnavailableError


class PlanFiles:
    """A `PlanArchive` in a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep plans in this folder, which is made when the first one comes."""
        self._folder = folder

    def save(self, name: str, document: PlanDocument) -> str:
        """Keep a plan; see `PlanArchive.save`.

        Raises:
            UnavailableError: The disk refuses.
        """
        path = self._folder / f"{name}.json"
        beside = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with beside.open("w", encoding="utf-8") as file:
                json.dump(document, file, ensure_ascii=False, indent=1, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            raise UnavailableError(f"The plan cannot be kept in {path}: {error}") from error
        return str(path)

    def find(self, name: str) -> PlanDocument | None:
        """Return the plan of this name, or None."""
        path = self._folder / f"{name}.json"
        return _read(path) if path.is_file() else None

    def latest(self) -> PlanDocument | None:
        """Return the plan that was kept last, or None."""
        kept = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        return _read(kept[-1]) if kept else None


def _read(path: Path) -> PlanDocument:
    document: PlanDocument = json.loads(path.read_text("utf-8"))
    return document
