"""A workspace has a host with a key of its own, from the first moment or from when it is opened."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from takatuf.actions.exchange.verify_register import verify_register
from takatuf.actions.import_reports import Replay, Submission
from takatuf.reports.register import Arrival, Handed
from takatuf.settings import read_settings, write_settings
from takatuf.vocabulary.errors import InputError, UnavailableError
from takatuf.workspace import Workspace, init, open_workspace
from tests.builders import NOW, OFFICER
from tests.builders_trust import OWN

TABLE = (
    "thing,name,kind,organisation,source_type,organisation_type\n"
    f"{OWN},Own,,{OWN},national_ngo,national_ngo\n"
    f"place/city,City,city,{OWN},national_ngo,\n"
)


def a_workspace(folder: Path, *, is_replay: bool = False) -> Workspace:
    return init(folder, "Nahr", is_replay=is_replay, clock=lambda: NOW)


def send(workspace: Workspace, text: str = TABLE, replay: Replay | None = None) -> None:
    receipt = workspace.import_table(Submission(name="a", content=text.encode(), replay=replay))
    assert receipt.problems == ()


def test_a_new_workspace_introduces_its_host(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    host = workspace.parts.settings.host
    assert host is not None

    (entry,) = workspace.parts.register.submissions()
    (event,) = entry.signed.submission.key_events

    assert (event.key, event.organisation, event.by) == (host.key, host.organisation, "local user")
    assert workspace.reading().standing.is_in_force(host.key, host.organisation)
    assert verify_register(workspace.parts.register, OFFICER).is_clean
    assert len(workspace.parts.register) == 0
    workspace.close()
    (key,) = (tmp_path / "keys").iterdir()
    assert key.name == f"{host.key}.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_workspace_is_not_made_twice_nor_its_key(tmp_path: Path) -> None:
    a_workspace(tmp_path).close()
    before = sorted(path.name for path in (tmp_path / "keys").iterdir())

    with pytest.raises(InputError, match=r"workspace\.exists"):
        init(tmp_path)
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == before


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    first = a_workspace(tmp_path)
    send(first)
    head = first.parts.register.head()
    first.close()
    settings = (tmp_path / "takatuf.toml").read_bytes()

    again = open_workspace(tmp_path)

    assert again.parts.register.head() == head
    assert (tmp_path / "takatuf.toml").read_bytes() == settings
    again.close()


def test_a_workspace_that_did_not_sign_gets_its_host_when_it_is_opened(tmp_path: Path) -> None:
    write_settings(tmp_path, "حلب", is_replay=False)

    workspace = open_workspace(tmp_path, clock=lambda: NOW)

    host = workspace.parts.settings.host
    assert host is not None
    assert read_settings(tmp_path).host == host
    send(workspace)
    assert workspace.show("City").beliefs
    assert verify_register(workspace.parts.register, OFFICER).is_clean
    workspace.close()


def test_a_host_that_was_not_introduced_before_a_crash_is_when_it_is_opened(
    tmp_path: Path,
) -> None:
    a_workspace(tmp_path).close()
    (tmp_path / "register.sqlite").unlink()

    workspace = open_workspace(tmp_path, clock=lambda: NOW)

    assert len(list(workspace.parts.register.submissions())) == 1
    workspace.close()


def test_without_its_key_a_workspace_can_be_read_and_says_what_is_missing(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    send(workspace)
    workspace.close()
    for key in (tmp_path / "keys").iterdir():
        key.unlink()

    again = open_workspace(tmp_path)

    assert again.show("City").beliefs
    with pytest.raises(UnavailableError, match="restore the folder of keys"):
        again.import_table(Submission(name="a", content=TABLE.replace("City", "Town").encode()))
    again.close()


def test_the_picture_says_nothing_of_keys(tmp_path: Path) -> None:
    pictures = []
    for name in ("one", "other"):
        workspace = a_workspace(tmp_path / name)
        send(workspace)
        pictures.append(workspace.picture())
        workspace.close()

    assert pictures[0] == pictures[1]
    assert b"host" not in pictures[0]


def test_in_a_record_of_the_past_what_was_signed_today_counted_then(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path, is_replay=True)
    send(workspace, replay=Replay(known_from=NOW.date() - timedelta(days=30)))

    then = workspace.show("City", known=NOW.date() - timedelta(days=20))

    assert then.beliefs
    workspace.close()


def test_whose_reports_are_quarantined_is_left_out_of_the_picture(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    send(workspace)
    parts = workspace.parts
    stranger = a_workspace(tmp_path / "stranger")
    send(stranger, TABLE.replace("place/city,City", "place/town,Town"))
    theirs = stranger.parts.register
    parts.register.append(
        [Arrival(entry.report, NOW) for entry in theirs.entries()],
        [Handed(entry.signed, NOW) for entry in theirs.submissions()],
    )

    reading = workspace.reading()

    things = {thing for thing, _ in reading.weigher.picture.statements}
    assert "place/city" in things
    assert "place/town" not in things
    assert set(reading.standing.quarantined.values()) == {"nobody in force vouches for its key"}
    found = verify_register(parts.register, OFFICER)
    assert [problem.code for problem in found.findings] == ["verify.report-quarantined"]
    stranger.close()
    workspace.close()
