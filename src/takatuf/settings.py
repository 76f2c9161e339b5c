"""The settings of a workspace: one frozen object, read once from its ``takatuf.toml``."""

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from takatuf.reports.submission import KeyId
from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem
from takatuf.vocabulary.identity import ThingId, is_thing_id, slug_of

SLUG_DIGITS = 8  # of the key, in the host's identity: two hosts of one name are two
FILE_NAME = "takatuf.toml"
_TEMPLATE = """\
# Settings of this workspace. docs/reference/settings.md explains each.
name = {name}
is_replay = {is_replay}  # true: a record of the past, each report dated by its publication

[actor]  # who works here, unless a command says otherwise
name = "local user"
role = "officer"  # public, partner, officer or custodian
organisation = ""  # an identity such as "organisation/water-board", or "" for none
"""
_HOST_TEMPLATE = """
[host]  # who keeps this workspace; its first key, from which it trusts others: never change it
organisation = "{organisation}"
key = "{key}"
"""
_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Host:
    """Who keeps a workspace, and the first key it signed with: the root of what it trusts."""

    organisation: ThingId
    key: KeyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a workspace is called, what it is for, and who works in it."""

    folder: Path
    name: str
    is_replay: bool
    actor: Actor
    host: Host | None = None  # None: made by a version that did not sign

    @property
    def keys_folder(self) -> Path:
        """Where the private keys are kept that the host holds."""
        return keys_folder(self.folder)

    @property
    def decisions_path(self) -> Path:
        """Where it is kept what was settled about tables."""
        return self.folder / "decisions.jsonl"

    @property
    def gazetteer_path(self) -> Path:
        """Where the list of places is kept."""
        return self.folder / "places.csv"

    @property
    def register_path(self) -> Path:
        """Where the register is kept."""
        return self.folder / "register.sqlite"

    @property
    def plans_folder(self) -> Path:
        """Where plans are kept."""
        return self.folder / "plans"


def keys_folder(folder: Path) -> Path:
    """Return where the workspace in this folder keeps private keys."""
    return folder / "keys"


def host_of(name: str, key: KeyId) -> Host:
    """Return the host of a workspace of this name whose first key this is."""
    slug = "-".join(part for part in ("host", slug_of(name), key[:SLUG_DIGITS]) if part)
    return Host(ThingId(f"organisation/{slug}"), key)


def refuse_existing(folder: Path) -> None:
    """Return if a workspace can be made in this folder.

    Raises:
        InputError: There is a workspace already.
    """
    if (folder / FILE_NAME).exists():
        expected = "a folder without a workspace"
        raise InputError(
            [
                Problem(
                    code="workspace.exists", where=str(folder), found=FILE_NAME, expected=expected
                )
            ]
        )


def write_settings(folder: Path, name: str, *, is_replay: bool, host: Host | None = None) -> None:
    """Write the settings of a new workspace.

    Raises:
        InputError: There is a workspace in this folder already.
    """
    refuse_existing(folder)
    folder.mkdir(parents=True, exist_ok=True)
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = _TEMPLATE.format(name=quoted, is_replay=str(is_replay).lower())
    _write(folder / FILE_NAME, text + (_host_text(host) if host else ""))


def add_host(folder: Path, host: Host) -> None:
    """Add the host to the settings of a workspace that has none; the rest stays as it is."""
    path = folder / FILE_NAME
    _write(path, path.read_text("utf-8").rstrip("\n") + "\n" + _host_text(host))


def read_settings(folder: Path) -> Settings:
    """Return the settings of the workspace in this folder.

    Raises:
        NotFoundError: There is no workspace here.
        InputError: The settings cannot be read; the sentence says where.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise NotFoundError(
            f"There is no workspace in {folder}: make one with takatuf init, or name another."
        )
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return Settings(
            folder=folder,
            name=table["name"],
            is_replay=table.get("is_replay", False),
            actor=_actor(table.get("actor", {})),
            host=_host(table["host"]) if "host" in table else None,
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        expected = "settings as in docs/reference/settings.md"
        found = str(error)
        raise InputError(
            [Problem(code="settings.invalid", where=str(path), found=found, expected=expected)]
        ) from error


def _actor(table: dict[str, str]) -> Actor:
    organisation = table.get("organisation", "")
    return Actor(
        table.get("name", "local user"),
        Role(table.get("role", "officer")),
        _organisation(organisation) if organisation else None,
    )


def _host(table: dict[str, str]) -> Host:
    if _KEY.fullmatch(table["key"]) is None:
        raise ValueError(f"key {table['key']}")
    return Host(_organisation(table["organisation"]), KeyId(table["key"]))


def _organisation(text: str) -> ThingId:
    if not is_thing_id(text):
        raise ValueError(f"organisation {text}")
    return ThingId(text)


def _host_text(host: Host) -> str:
    return _HOST_TEMPLATE.format(organisation=host.organisation, key=host.key)


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.part")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
