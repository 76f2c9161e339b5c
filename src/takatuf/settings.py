"""The settings of a workspace: one frozen object, read once from its ``takatuf.toml``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem
from takatuf.vocabulary.identity import ThingId, is_thing_id

FILE_NAME = "takatuf.toml"
_TEMPLATE = """\
# Settings of this workspace. docs/reference/settings.md explains each.
name = {name}
is_replay = {is_replay}  # true: a record of the past, each report dated by its publication

[actor]  # who works here, unless a command says otherwise
name = "local user"
role = "officer"  # public, partner, officer or custodian
organisation = ""  # an identity such as "organisation/ocha", or "" for none
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a workspace is called, what it is for, and who works in it."""

    folder: Path
    name: str
    is_replay: bool
    actor: Actor

    @property
    def register_path(self) -> Path:
        """Where the register is kept."""
        return self.folder / "register.sqlite"

    @property
    def plans_folder(self) -> Path:
        """Where plans are kept."""
        return self.folder / "plans"


def write_settings(folder: Path, name: str, *, is_replay: bool) -> None:
    """Write the settings of a new workspace.

    Raises:
        InputError: There is a workspace in this folder already.
    """
    path = folder / FILE_NAME
    if path.exists():
        expected = "a folder without a workspace"
        raise InputError(
            [
                Problem(
                    code="workspace.exists", where=str(folder), found=FILE_NAME, expected=expected
                )
            ]
        )
    folder.mkdir(parents=True, exist_ok=True)
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    path.write_text(_TEMPLATE.format(name=quoted, is_replay=str(is_replay).lower()), "utf-8")


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
        actor = table.get("actor", {})
        organisation = actor.get("organisation", "")
        if organisation and not is_thing_id(organisation):
            raise ValueError(f"organisation {organisation}")  # noqa: TRY301 - one way out below
        return Settings(
            folder=folder,
            name=table["name"],
            is_replay=table.get("is_replay", False),
            actor=Actor(
                actor.get("name", "local user"),
                Role(actor.get("role", "officer")),
                ThingId(organisation) if organisation else None,
            ),
        )
    except (KeyError, ValueError) as error:
        expected = "settings as in docs/reference/settings.md"
        found = str(error)
        raise InputError(
            [Problem(code="settings.invalid", where=str(path), found=found, expected=expected)]
        ) from error
