"""Two hosts that do not know each other: introductions, bundles, forgeries, keys."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from takatuf.cli import exits
from takatuf.cli.main import run
from takatuf.vocabulary.errors import UnavailableError
from takatuf.workspace import Workspace, open_workspace
from takatuf.workspace.exchange import Exchange, host_of
from tests.builders_exchange import bundle_file
from tests.builders_town import TABLES

BY = ["--by", "A. Person, head of office"]
BOARD = "organisation/board"
MORE = (
    "thing,property,value,observed_at,organisation,source_type\n"
    f"place/near,network_supply_status,restored,2017-06-12,{BOARD},government\n"
)
SECRET = (
    "thing,name,health_site_in,organisation,source_type,sensitivity\n"
    f"health_facility/hidden,Hidden,place/near,{BOARD},government,severe\n"
)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two new hosts, one with a town."""
    folder = tmp_path_factory.mktemp("hosts")
    one = str(folder / "one")
    assert run(["init", one, "--name", "One"]) == 0
    assert run(["init", str(folder / "other"), "--name", "Other"]) == 0
    for table, board in zip(TABLES[:2], ("", "Board"), strict=True):
        assert run(["-w", one, "import", str(table), "--as", board]) == 0
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The two hosts, for one test alone; commands are run beside them."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Return a command's JSON document."""

    def asked(workspace: str, *arguments: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert run(["-w", workspace, "--json", *arguments]) == code
        return json.loads(capsys.readouterr().out)

    return asked


def shown(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """Return what a command prints, on one line."""
    capsys.readouterr()
    assert run(["-w", *arguments]) == code
    printed = capsys.readouterr()
    return " ".join((printed.out + printed.err).split())


def know(workspace: str, other: str) -> None:
    """Vouch for the key of another host, as after a call."""
    signer = host_of(open_workspace(other))
    of = ["--of", signer.organisation]
    assert run(["-w", workspace, "keys", "vouch", signer.key.id, *of, *BY]) == 0


def test_two_hosts_introduce_themselves_and_come_to_the_same_picture(
    folder: Path, ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "more.csv").write_text(MORE, "utf-8")
    assert run(["-w", "one", "bundle", "to-other.bundle"]) == 0
    refused = ask("other", "merge", "to-other.bundle", code=10)
    (problem,) = refused["problems"]
    assert problem["code"] == "bundle.sender-unknown"
    assert "takatuf keys vouch" in problem["hint"]

    know("other", "one")
    know("one", "other")
    said = shown(capsys, "other", "merge", "to-other.bundle")
    assert "reports are new, 0 here already" in said
    assert run(["-w", "other", "import", "more.csv"]) == 0
    assert run(["-w", "other", "bundle", "back.bundle"]) == 0
    receipt = ask("one", "merge", "back.bundle")
    again = ask("one", "merge", "back.bundle")

    assert (receipt["n_new"], again["n_new"]) == (1, 0)
    assert open_workspace("one").picture() == open_workspace("other").picture()
    for workspace in ("one", "other"):
        assert ask(workspace, "verify")["findings"] == []


@pytest.mark.usefixtures("folder")
def test_a_bundle_is_checked_without_taking_it_in(
    ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    know("other", "one")
    assert run(["-w", "one", "bundle", "b.bundle"]) == 0
    before = ask("other", "verify")["head"]

    assert "nothing was stored" in shown(capsys, "other", "verify", "--bundle", "b.bundle")
    assert ask("other", "verify")["head"] == before


def test_a_cut_and_an_altered_file_are_refused_and_change_nothing(
    folder: Path, ask: Callable[..., Any]
) -> None:
    know("other", "one")
    assert run(["-w", "one", "bundle", "b.bundle"]) == 0
    whole = (folder / "b.bundle").read_bytes()
    before = ask("other", "verify")["head"]
    (folder / "cut.bundle").write_bytes(whole[: len(whole) // 2])
    (folder / "altered.bundle").write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    for name in ("cut", "altered"):
        refused = ask("other", "merge", f"{name}.bundle", code=10)
        assert refused["problems"][0]["code"] == f"bundle.{name}"
    assert ask("other", "verify")["head"] == before


def test_a_bundle_with_a_report_that_nobody_signed_is_refused(
    folder: Path, ask: Callable[..., Any]
) -> None:
    know("other", "one")
    one = open_workspace("one")
    signer = host_of(one)
    entries = list(one.parts.register.entries())
    handed = [entry for entry in one.parts.register.submissions() if entry.position == 1]
    forged = bundle_file(handed, entries[:1], signer)  # type: ignore[arg-type] # as handed and arrived
    (folder / "forged.bundle").write_bytes(forged)

    refused = ask("other", "merge", "forged.bundle", code=10)

    assert [problem["code"] for problem in refused["problems"]] == ["bundle.forged-report"]


def test_a_withheld_report_leaves_its_hash_and_is_counted(
    folder: Path, ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "secret.csv").write_text(SECRET, "utf-8")
    assert run(["-w", "one", "import", "secret.csv"]) == 0
    know("other", "one")

    assert ask("one", "bundle", "a.bundle")["clearance"] == "confidential"
    said = shown(capsys, "one", "bundle", "b.bundle", "--for", "organisation/x")
    assert "1 reports withheld: only their hashes went out" in said
    merged = shown(capsys, "other", "merge", "b.bundle", code=exits.FINDINGS)
    assert "1 reports withheld from us" in merged
    assert "[bundle.for-somebody-else]" in merged
    assert ask("other", "verify")["n_withheld"] == 1
    assert "1 more of which only the hash is here" in shown(capsys, "other", "verify")
    passed_on = shown(capsys, "other", "bundle", "c.bundle")
    assert "1 reports of which only the hash is here" in passed_on
    board = shown(capsys, "one", "bundle", "d.bundle", "--for", "Board")
    assert "withheld" not in board


def test_an_organisation_signs_with_its_own_key_and_gives_it_up(
    folder: Path, ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "more.csv").write_text(MORE, "utf-8")
    (folder / "word").write_text("open sesame\n", "utf-8")
    word = ["--passphrase-file", "word"]
    new = ["keys", "new", "--organisation", "Board", *BY, "--out", "board.pem", *word]
    made = ask("one", *new)
    assert made["state"] == "not vouched for"
    assert (folder / "board.pem").stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED" in (folder / "board.pem").read_bytes()
    sign = ["import", "more.csv", "--key", "board.pem", *word]
    assert "cannot sign here: it is not vouched for" in shown(capsys, "one", *sign, code=11)

    said = shown(capsys, "one", "keys", "vouch", made["fingerprint"], "--of", BOARD, *BY)
    assert "organisation/board: in force" in said
    assert ask("one", *sign)["submission"]
    rotated = ["keys", "rotate", "--key", "board.pem", "--out", "new.pem", *BY, *word]
    assert ask("one", *rotated)["state"] == "in force"
    revoke = ["keys", "revoke", made["key"][:16], *BY, "--why", "the laptop is lost"]
    assert ask("one", *revoke)["state"] == "revoked"
    listed = shown(capsys, "one", "keys", "list")
    assert "organisation/board: revoked" in listed
    assert "vouched for by A. Person, head of office" in listed
    assert {key["state"] for key in ask("one", "keys", "list")} == {"in force", "revoked"}
    assert ask("one", "verify")["n_quarantined"] == 0


@pytest.mark.usefixtures("folder")
def test_a_key_that_the_host_holds_is_marked(
    ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    new = ["keys", "new", "--organisation", BOARD, *BY, "--held-by-host"]
    assert ask("one", *new)["holder"] == "host"
    assert "kept by the host" in shown(capsys, "one", "keys", "list")
    assert shown(capsys, "one", "keys", "rotate", "--held-by-host", *BY).count("in force") == 1
    assert ask("one", "verify")["findings"] == []


def test_what_a_revoked_key_signed_comes_in_and_waits_in_quarantine(
    folder: Path, ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "more.csv").write_text(MORE, "utf-8")
    know("other", "one")
    key = ask("one", "keys", "new", "--organisation", BOARD, *BY, "--out", "k.pem")["key"]
    assert run(["-w", "one", "keys", "vouch", key, "--of", BOARD, *BY]) == 0
    assert run(["-w", "one", "import", "more.csv", "--key", "k.pem"]) == 0
    why = ["--why", "it was never theirs", "--nothing-good"]
    assert run(["-w", "one", "keys", "revoke", key, *BY, *why]) == 0
    assert run(["-w", "one", "bundle", "b.bundle"]) == 0

    said = shown(capsys, "other", "merge", "b.bundle", code=exits.FINDINGS)

    assert "1 reports in quarantine: its key was revoked" in said
    assert ask("other", "verify", code=exits.FINDINGS)["n_quarantined"] == 1
    assert "1 in quarantine" in shown(capsys, "other", "verify", code=exits.FINDINGS)


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["merge", "no.bundle"], 12, "no file"),
        (["bundle", "no/folder/b.bundle"], 14, "cannot be written"),
        (["bundle", "b.bundle", "--clearance", "secret"], 10, "[bundle.unknown-class]"),
        (["bundle", "b.bundle", "--clearance", "severe"], 11, "sees up to confidential"),
        (["bundle", "b.bundle", "--for", "Nobody"], 12, "Nobody"),
        (["bundle", "b.bundle", "--since", "yesterday"], 10, "[cell.not-a-date]"),
        (["keys", "new", "--organisation", BOARD, *BY], 10, "[key.no-place]"),
        (["keys", "new", "--organisation", BOARD, *BY, "--out", "k", "--held-by-host"], 10, "both"),
        (["keys", "new", "--organisation", BOARD, *BY, "--out", "one"], 10, "[key.file-exists]"),
        (["keys", "new", "--organisation", BOARD, *BY, "--out", "no/k"], 14, "cannot be written"),
        (["keys", "vouch", "12ab", "--of", BOARD, *BY], 10, "[key.not-a-fingerprint]"),
        (["keys", "rotate", "--out", "new.pem", *BY], 10, "[key.of-the-host]"),
        (["import", "x.csv", "--key", "no.pem"], 12, "no file no.pem"),
        (["verify", "--head", "x"], 10, "[verify.not-a-head]"),
        (["verify", "--head", "99.1." + "0" * 64], exits.FINDINGS, "[verify.head-not-found]"),
    ],
)
def test_what_cannot_be_done_says_why(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    word: str,
) -> None:
    before = {path.name for path in folder.iterdir()}

    assert word in shown(capsys, "one", *arguments, code=code)
    assert {path.name for path in folder.iterdir()} == before


def test_an_interrupted_bundle_leaves_the_one_that_was_there(folder: Path) -> None:
    (folder / "b.bundle").write_bytes(b"an earlier one")

    def interrupted(done: int, total: int) -> None:
        raise KeyboardInterrupt(done, total)

    workspace: Workspace = open_workspace("one")
    with pytest.raises(KeyboardInterrupt):
        Exchange(workspace).bundle("b.bundle", on_progress=interrupted)
    assert (folder / "b.bundle").read_bytes() == b"an earlier one"
    assert sorted(path.name for path in folder.iterdir()) == ["b.bundle", "one", "other"]


@pytest.mark.usefixtures("folder")
def test_a_workspace_that_lost_its_host_says_so() -> None:
    workspace = open_workspace("one")
    settings = replace(workspace.parts.settings, host=None)

    with pytest.raises(UnavailableError, match="has no host"):
        host_of(replace(workspace, parts=replace(workspace.parts, settings=settings)))
