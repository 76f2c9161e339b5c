from pathlib import Path

import pytest

from takatuf.safeguards.actor import Role
from takatuf.settings import FILE_NAME, read_settings, write_settings
from takatuf.vocabulary.errors import InputError, NotFoundError


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_settings(tmp_path / "new", 'The "city"', is_replay=True)

    settings = read_settings(tmp_path / "new")

    assert (settings.name, settings.is_replay) == ('The "city"', True)
    assert (settings.actor.role, settings.actor.organisation) == (Role.OFFICER, None)


def test_a_workspace_is_never_overwritten(tmp_path: Path) -> None:
    write_settings(tmp_path, "a", is_replay=False)
    with pytest.raises(InputError, match=r"workspace\.exists"):
        write_settings(tmp_path, "b", is_replay=False)


def test_a_folder_without_a_workspace_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="takatuf init"):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["not toml at all", "is_replay = true", 'name = "a"\n[actor]\nrole = "king"',
     'name = "a"\n[actor]\norganisation = "OCHA"'],
)  # fmt: skip
def test_wrong_settings_are_explained(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"settings\.invalid"):
        read_settings(tmp_path)


def test_an_actor_may_belong_to_an_organisation(tmp_path: Path) -> None:
    text = 'name = "a"\n[actor]\nrole = "partner"\norganisation = "organisation/ocha"'
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    assert read_settings(tmp_path).actor.organisation == "organisation/ocha"
