"""From settings to working parts: the only place that picks a store."""

from dataclasses import dataclass
from pathlib import Path

from takatuf.planning.archive import PlanArchive
from takatuf.reports.register import Register
from takatuf.settings import Settings, read_settings
from takatuf.storage.plan_files import PlanFiles
from takatuf.storage.sqlite_register import SqliteRegister
from takatuf.vocabulary.things import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True)
class Parts:
    """The working parts of one workspace."""

    settings: Settings
    register: Register
    plans: PlanArchive
    vocabulary: Vocabulary


def open_parts(folder: Path) -> Parts:
    """Return the working parts of the workspace in this folder.

    Raises:
        NotFoundError: There is no workspace.
        InputError: Its settings are wrong.
        UnavailableError: Its register cannot be opened.
    """
    settings = read_settings(folder)
    return Parts(
        settings,
        SqliteRegister(settings.register_path),
        PlanFiles(settings.plans_folder),
        load_vocabulary(),
    )
