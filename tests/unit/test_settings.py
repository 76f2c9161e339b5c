from pathlib import Path

import pytest

from takatuf.reports.submission import KeyId
from takatuf.safeguards.actor import Role
from takatuf.settings import FILE_NAME, Host, add_host, host_of, read_settings, write_settings
from takatuf.vocabulary.errors import InputError, NotFoundError
from takatuf.vocabulary.identity import ThingId

KEY = KeyId("1a2b3c4d" * 8)


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
     'name = "a"\n[actor]\norganisation = "OCHA"', 'name = "a"\nactor = "me"',
     'name = "a"\n[host]\norganisation = "organisation/x"\nkey = "short"',
     f'name = "a"\n[host]\norganisation = "X"\nkey = "{KEY}"',
     'name = "a"\n[host]\norganisation = "organisation/x"'],
)  # fmt: skip
def test_wrong_settings_are_explained(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"settings\.invalid"):
        read_settings(tmp_path)


def test_an_actor_may_belong_to_an_organisation(tmp_path: Path) -> None:
    text = 'name = "a"\n[actor]\nrole = "partner"\norganisation = "organisation/ocha"'
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    assert read_settings(tmp_path).actor.organisation == "organisation/ocha"


def test_two_hosts_of_one_name_are_two() -> None:
    assert host_of("Aleppo city", KEY) == Host(
        ThingId("organisation/host-aleppo-city-1a2b3c4d"), KEY
    )
    assert host_of("حلب", KEY).organisation == "organisation/host-1a2b3c4d"


def test_a_host_is_written_with_a_new_workspace_and_added_to_an_earlier_one(tmp_path: Path) -> None:
    host = host_of("a", KEY)
    write_settings(tmp_path / "new", "a", is_replay=False, host=host)
    write_settings(tmp_path / "old", "a", is_replay=True)
    assert read_settings(tmp_path / "old").host is None

    add_host(tmp_path / "old", host)

    for name in ("new", "old"):
        assert read_settings(tmp_path / name).host == host
    assert read_settings(tmp_path / "old").is_replay
    assert [path.name for path in (tmp_path / "old").iterdir()] == [FILE_NAME]


def test_where_things_are_kept_follows_from_the_folder(tmp_path: Path) -> None:
    write_settings(tmp_path, "a", is_replay=False)
    settings = read_settings(tmp_path)
    kept = (settings.register_path, settings.plans_folder, settings.keys_folder)
    assert kept == (tmp_path / "register.sqlite", tmp_path / "plans", tmp_path / "keys")
