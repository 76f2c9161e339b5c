"""From settings to working parts: the only place that picks a store."""

from dataclasses import dataclass
from pathlib import Path

from takatuf.actions.claims import Claims
from takatuf.actions.signing import HostKeys
from takatuf.activities.memory import Memory
from takatuf.activities.places import Gazetteer, from_csv, to_csv
from takatuf.planning.archive import PlanArchive
from takatuf.reports.keys import KeyStore
from takatuf.reports.register import Keeper, Register
from takatuf.settings import Settings, keys_folder, read_settings
from takatuf.storage.decision_log import DecisionLog
from takatuf.storage.durable import write_durably
from takatuf.storage.key_files import KeyFiles
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
    keys: KeyStore
    claims: Claims  # what was read of the register so far
    memory: Memory  # what was settled about tables

    def gazetteer(self) -> Gazetteer | None:
        """Return the places that were loaded; None where none were."""
        path = self.settings.gazetteer_path
        return from_csv(path.read_text("utf-8")) if path.exists() else None

    def keep_gazetteer(self, gazetteer: Gazetteer) -> None:
        """Keep these places; the earlier list is replaced whole."""
        write_durably(self.settings.gazetteer_path, to_csv(gazetteer).encode())

    @property
    def host(self) -> HostKeys | None:
        """The host with the keys that it keeps; None where the settings name no host."""
        host = self.settings.host
        return HostKeys(host.organisation, self.keys) if host else None


def open_keys(folder: Path) -> KeyStore:
    """Return the keys of a workspace, or of one that is about to be made, in this folder."""
    return KeyFiles(keys_folder(folder))


def open_parts(folder: Path) -> Parts:
    """Return the working parts of the workspace in this folder.

    Raises:
        NotFoundError: There is no workspace.
        InputError: Its settings are wrong.
        UnavailableError: Its register cannot be opened.
    """
    settings = read_settings(folder)
    host = settings.host
    keeper = Keeper(root=host.key if host else None, is_replay=settings.is_replay)
    register = SqliteRegister(settings.register_path, keeper=keeper)
    return Parts(
        settings,
        register,
        PlanFiles(settings.plans_folder),
        load_vocabulary(),
        KeyFiles(settings.keys_folder),
        Claims(register),
        DecisionLog(settings.decisions_path),
    )
