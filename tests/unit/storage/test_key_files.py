import stat
from pathlib import Path

import pytest

from takatuf.reports.keys import key_to_pem
from takatuf.storage.key_files import KeyFiles
from takatuf.vocabulary.errors import UnavailableError
from tests.builders_trust import OTHER_KEY, OWN_KEY, key_id


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_keys_are_kept_where_only_their_owner_can_read(tmp_path: Path) -> None:
    keys = KeyFiles(tmp_path / "keys")
    assert keys.all() == ()

    keys.add(OWN_KEY)
    keys.add(OTHER_KEY)

    assert mode_of(tmp_path / "keys") == 0o700
    assert {mode_of(path) for path in (tmp_path / "keys").iterdir()} == {0o600}
    found = keys.find(OWN_KEY.id)
    assert found is not None
    assert found.public_key == OWN_KEY.public_key
    assert [key.id for key in keys.all()] == sorted([OWN_KEY.id, OTHER_KEY.id])
    assert keys.find(key_id("0")) is None


def test_a_key_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    keys = KeyFiles(tmp_path)
    keys.add(OWN_KEY)
    (path,) = tmp_path.glob("*.pem")
    path.chmod(0o400)

    keys.add(OWN_KEY)

    assert mode_of(path) == 0o400


def test_what_an_interruption_left_is_written_over(tmp_path: Path) -> None:
    keys = KeyFiles(tmp_path)
    (tmp_path / f"{OWN_KEY.id}.part").write_text("half a key")

    keys.add(OWN_KEY)

    assert [path.suffix for path in tmp_path.iterdir()] == [".pem"]


def test_a_key_under_another_keys_name_is_not_used(tmp_path: Path) -> None:
    (tmp_path / f"{OWN_KEY.id}.pem").write_bytes(key_to_pem(OTHER_KEY))

    with pytest.raises(UnavailableError, match="another key"):
        KeyFiles(tmp_path).find(OWN_KEY.id)


def test_a_damaged_key_is_said_so(tmp_path: Path) -> None:
    (tmp_path / f"{OWN_KEY.id}.pem").write_bytes(b"no key")

    with pytest.raises(UnavailableError, match="cannot be read"):
        KeyFiles(tmp_path).all()


def test_a_disk_that_refuses_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder should be")

    with pytest.raises(UnavailableError, match="cannot be kept"):
        KeyFiles(tmp_path / "keys").add(OWN_KEY)
