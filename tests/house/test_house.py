"""The rules that a machine can keep: sizes, names, the clock, codes, decisions, addresses."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from takatuf.cli.exits import BY_FAMILY
from takatuf.vocabulary import errors

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TEMPLATES = [p for p in sorted((ROOT / "src").rglob("*")) if p.suffix in {".js", ".css", ".j2"}]
MODULES = [
    *TEMPLATES,
    *SOURCES,
    *sorted((ROOT / "tests").rglob("*.py")),
    *(ROOT / "benchmarks").rglob("*.py"),
]
MAX_LINES = 400
MAX_MODULES_IN_A_FOLDER = 16
REFUSED_NAMES = {"utils", "helpers", "common", "misc", "base", "core", "manager", "service"}
CODE = re.compile(
    r"code=\"([a-z]+\.[a-z-]+)\"|(?:refused|_unreadable|_wrong)\(\s*\"([a-z]+\.[a-z-]+)\""
)

# the families of partners' tables, whose codes stand in tuples and rules too
FAMILIES = "workbook|column|cell|place|organisation|sector|count|ask|row|product|export"
LITERAL = re.compile(rf'"((?:{FAMILIES})\.[a-z][a-z-]+)"')
NO_CODES = {"workbook.bin"}  # a part of a file


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def codes() -> set[str]:
    found: set[str] = set()
    for source in SOURCES:
        text = source.read_text("utf-8")
        found |= {one or other for one, other in CODE.findall(text)}
    for source in (*SOURCES, *(ROOT / "src").rglob("*.toml")):
        found |= set(LITERAL.findall(source.read_text("utf-8"))) - NO_CODES
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_over_400_lines(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= MAX_LINES


def test_no_folder_holds_more_modules_than_one_can_hold_in_mind() -> None:
    folders = {path.parent for path in SOURCES}
    assert not [f for f in folders if len(list(f.glob("*.py"))) > MAX_MODULES_IN_A_FOLDER]


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {part for path in SOURCES for part in (*path.parts, path.stem)}
    assert not names & REFUSED_NAMES


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr


def test_only_the_outermost_parts_read_the_clock() -> None:
    readers = [path for path in SOURCES if {"now", "utcnow", "today"} & set(calls(path))]
    assert [path.relative_to(ROOT / "src/takatuf").parts[0] for path in readers] == ["workspace"]


def test_no_package_file_but_docstring_and_exports_stands_in_an_init() -> None:
    for path in SOURCES:
        if path.name == "__init__.py":
            body = ast.parse(path.read_text("utf-8")).body
            kinds = {type(node) for node in body}
            assert kinds <= {ast.Expr, ast.Import, ast.ImportFrom, ast.Assign}, path


def test_every_family_of_errors_has_its_exit_code() -> None:
    families = set(errors.TakatufError.__subclasses__())
    assert set(BY_FAMILY) == families
    assert len(set(BY_FAMILY.values())) == len(families)


def test_every_code_of_a_problem_is_documented_with_its_cure() -> None:
    text = (ROOT / "docs/reference/errors.md").read_text("utf-8")
    documented = set(re.findall(r"^### `([a-z]+\.[a-z-]+)`", text, re.MULTILINE))
    assert codes() == documented
    for section in text.split("\n### ")[1:]:
        assert "**Cure.**" in section, section.splitlines()[0]


def test_every_decision_is_in_the_index_and_named_by_date() -> None:
    folder = ROOT / "docs/decisions"
    index = (folder / "README.md").read_text("utf-8")
    decisions = [path for path in folder.glob("*.md") if path.name != "README.md"]
    assert decisions
    for path in decisions:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d-[a-z0-9-]+\.md", path.name)
        assert f"({path.name})" in index


def test_every_type_of_thing_and_status_word_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8").lower()
    for word in ("claim", "report", "statement", "belief", "picture", "contested", "stale",
                 "withheld", "origin group", "assumption", "hazard area", "sha", "cha", "4w",
                 "weighted person-days", "mandate", "register", "supersedes"):  # fmt: skip
        assert f"**{word}" in glossary, word


def test_no_file_names_a_package_index_or_a_path_of_a_machine() -> None:
    hosts = "|".join(["pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs"])
    paths = "|".join(["/" + "work/", "/" + "root/", "index" + "-url"])
    refused = re.compile(f"{hosts}|{paths}")
    for path in tracked():
        if path.suffix == ".png":
            continue
        found = refused.search(path.read_text("utf-8"))
        assert found is None, f"{path}: {found}"


def test_no_tracked_file_is_over_a_mebibyte() -> None:
    assert not [path for path in tracked() if path.stat().st_size > 2**20]
