"""The documents are true: generated pages are fresh, links lead somewhere, commands work."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.generate import FOLDER, Parameter, commands, main, pages, program_options
from takatuf.cli import exits
from takatuf.cli.exits import FINDINGS
from takatuf.cli.main import run
from takatuf.workspace import Workspace

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
TUTORIAL = ROOT / "docs/tutorials/first-city.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(r"^`([a-z]+\.csv)`[^\n]*:\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDS_TEAMS = {"plan"}  # the README says so, and leads on to the tutorial
FINDINGS_FILE = "more.csv"  # the bad rows that the tutorial shows


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(path: Path, language: str) -> list[str]:
    return [text for found, text in BLOCK.findall(path.read_text("utf-8")) if found == language]


def command_lines(path: Path) -> list[list[str]]:
    lines = (line for block in blocks(path, "console") for line in block.splitlines())
    split = (shlex.split(line) for line in lines)
    return [words for words in split if words and words[0] == "takatuf"]


def anchor_of(heading: str) -> str:
    plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return plain.replace(" ", "-")


def anchors_of(path: Path) -> set[str]:
    return {
        anchor_of(line.lstrip("#"))
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("#")
    }


@pytest.mark.parametrize("name", list(pages()))
def test_a_generated_page_is_not_stale(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == pages()[name], "run make docs"


def test_checking_names_no_page_that_is_fresh() -> None:
    assert main(["--check"]) == 0


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    text = BLOCK.sub("", document.read_text("utf-8"))
    for target in LINK.findall(text):
        if target.startswith("http"):
            continue
        file, _, anchor = target.partition("#")
        path = (document.parent / file).resolve() if file else document
        assert path.exists(), target
        assert not anchor or anchor in anchors_of(path), target


def broken_words(words: list[str]) -> Iterator[str]:
    """Find what the program would not take: an unknown command, option, or too few arguments."""
    rest = words[1:]
    yield from _options(rest, program_options())
    n_words = 2 if " ".join(rest[:2]) in commands() else 1  # a command may stand in a group
    parameters = commands().get(" ".join(rest[:n_words]))
    if parameters is None:
        yield f"no command: {' '.join(words)}"
        return
    del rest[:n_words]
    places = [parameter for parameter in parameters if not parameter.is_option]
    given = 0
    while rest:
        yield from _options(rest, parameters)
        if rest and rest[0].startswith("-"):
            yield f"no option {rest[0]}: {' '.join(words)}"
        if rest:
            rest.pop(0)
            given += 1
    n_needed = sum(place.default == "required" for place in places)
    if not n_needed <= given <= len(places):
        yield f"{given} arguments instead of {len(places)}: {' '.join(words)}"


def _options(rest: list[str], parameters: tuple[Parameter, ...]) -> Iterator[str]:
    flags = {name: p.is_flag for p in parameters if p.is_option for name in p.names}
    while rest and rest[0] in flags:
        name = rest.pop(0)
        if flags[name]:
            continue
        if not rest:
            yield f"{name} without a value"
            return
        rest.pop(0)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_in_the_documents_is_one_the_program_takes(document: Path) -> None:
    if document.name == "cli.md":  # shows usages, not commands
        return
    assert [broken for words in command_lines(document) for broken in broken_words(words)] == []


@pytest.mark.parametrize(
    "line",
    [
        "takatuf explain x",
        "takatuf show",
        "takatuf show Market --when 2017",
        "takatuf -w",
        "takatuf import a.csv b.csv",
    ],
)
def test_a_command_that_the_program_would_not_take_is_found(line: str) -> None:
    assert list(broken_words(line.split()))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_python_block_compiles(document: Path) -> None:
    for block in blocks(document, "python"):
        compile(block, name_of(document), "exec")


def test_every_method_of_a_workspace_is_documented_and_there() -> None:
    text = (ROOT / "docs/reference/python.md").read_text("utf-8")
    section = text.split("## Methods of a workspace")[1].split("\n## ")[0]
    documented = set(re.findall(r"^\| `(\w+)[(`]", section, re.MULTILINE))
    there = {name for name in dir(Workspace) if name[0] != "_"}
    assert documented == there - {"actor", "clock", "folder", "parts"}


def test_every_file_in_the_list_of_concepts_is_there() -> None:
    text = (ROOT / "docs/explanation/architecture.md").read_text("utf-8")
    table = text.split("## Which concept")[1].split("\n## ")[0]
    named = re.findall(r"`([\w/*.]+(?:/|\.\w+))`", table)
    assert named
    for name in named:
        assert list((ROOT / "src/takatuf").glob(name)), name


def test_every_test_that_keeps_a_safety_property_is_there() -> None:
    text = (ROOT / "docs/explanation/safety.md").read_text("utf-8")
    named = re.findall(r"`((?:\w+/)+\w+\.py)(?:::(\w+))?` \|$", text, re.MULTILINE)
    assert named
    for file, test in named:
        path = ROOT / "tests" / file
        assert path.is_file(), file
        assert f"def {test}" in path.read_text("utf-8"), test


def test_every_exit_code_is_documented() -> None:
    text = (ROOT / "docs/reference/exit-codes.md").read_text("utf-8")
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    own = {0, exits.FINDINGS, exits.USAGE, exits.OUR_FAULT, exits.INTERRUPTED}
    assert documented == own | set(exits.BY_FAMILY.values())


def test_the_tutorial_works_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in FILE.findall(TUTORIAL.read_text("utf-8")):
        (tmp_path / name).write_text(content, "utf-8")
    for words in command_lines(TUTORIAL):
        kept = sorted(tmp_path.glob("nahr/plans/*.json"))
        given = [str(kept[0]) if word.startswith("nahr/plans/") else word for word in words[1:]]
        expected = exits.FINDINGS if FINDINGS_FILE in words else 0
        assert run(given) == expected, (words, capsys.readouterr())
    assert "task/clear-hazard-area-mill-road" in (tmp_path / "plan.csv").read_text("utf-8-sig")


def test_the_first_steps_of_the_readme_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = ROOT / "README.md"
    table = next(text for text in blocks(readme, "text") if text.startswith("thing,"))
    partners = next(text for text in blocks(readme, "text") if text.startswith("Agency,"))
    first_steps = [words[1:] for words in command_lines(readme) if words[1] not in NEEDS_TEAMS]
    monkeypatch.chdir(tmp_path)
    assert run(first_steps[0]) == 0
    monkeypatch.chdir(tmp_path / "my-city")
    Path("reports.csv").write_text(table, "utf-8")
    Path("march.csv").write_text(partners, "utf-8")
    for words in first_steps[1:]:
        is_of_a_plan = words[-1].startswith("plans/")
        code = FINDINGS if "march.csv" in words else 0
        assert is_of_a_plan or run(words) == code, (words, capsys.readouterr())
    assert "intermittent" in capsys.readouterr().out
