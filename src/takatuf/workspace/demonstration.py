"""The demonstration: a shipped city through the real intake, to a plan and its report.

Everything goes the way that a user's own data go: a new workspace, tables through
`import_reports`, the picture, the joint plan, the pages. It is built beside the folder and
moved into place when it is whole, so an interruption leaves what was there before.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from takatuf.actions.city_pages.city_manifest import CityManifest, read_manifest
from takatuf.actions.city_pages.report_city import Side, report_city
from takatuf.actions.import_reports import Replay, Submission
from takatuf.actions.make_plan import PlanMade
from takatuf.formats.city_report import CityReport
from takatuf.formats.writers.city_page import write_city_page
from takatuf.planning.request import PlanRequest
from takatuf.settings import FILE_NAME
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ReportId
from takatuf.workspace.workspace import Workspace, init

CITY = "aleppo_2017"
DEFAULT_EVALUATIONS = 20_000
PAGES = {"en": "report.html", "ar": "report.ar.html"}

OnProgress = Callable[[str, int, int], None]  # what is done, how far, of how much


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMade:
    """What the demonstration made."""

    folder: Path
    plan: PlanMade
    report: CityReport
    pages: tuple[Path, ...]

    @property
    def summary(self) -> dict[str, float | str | list[str]]:
        """The figures of the report, the three ways of planning, and where the pages are."""
        figures: dict[str, float | str | list[str]] = {f.key: f.value for f in self.report.figures}
        ways = {f"person_days_{way.key}": way.person_days for way in self.report.ways}
        more = {"bound_person_days": self.report.bound, "seed": self.report.seed}
        return figures | ways | more | {"pages": [str(page) for page in self.pages]}


def demo(
    folder: str | Path,
    *,
    seed: int = 1,
    evaluations: int = DEFAULT_EVALUATIONS,
    on_progress: OnProgress | None = None,
) -> DemoMade:
    """Make the demonstration in a folder; an earlier demonstration there is replaced.

    Raises:
        InputError: The folder holds something that is no demonstration.
    """
    target = Path(folder)
    _refuse_what_is_no_demonstration(target)
    manifest = read_manifest(files("takatuf.cities") / CITY)
    beside = target.with_name(f".{target.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        workspace = init(beside, manifest.name, is_replay=True)
        request = _request(manifest, seed, evaluations)
        try:
            made = _make(workspace, target, manifest, request, on_progress or _silent)
        finally:
            workspace.close()
        if target.exists():
            shutil.rmtree(target)
        beside.replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return made


def _silent(what: str, done: int, total: int) -> None:
    del what, done, total


def _refuse_what_is_no_demonstration(folder: Path) -> None:
    is_new = not folder.exists() or not any(folder.iterdir())
    if not is_new and not (folder / FILE_NAME).is_file():
        raise InputError(
            [
                Problem(
                    code="demo.folder-in-use",
                    where=str(folder),
                    found="files that are no demonstration",
                    expected="a new folder, or an earlier demonstration to replace",
                )
            ]
        )


def _request(manifest: CityManifest, seed: int, evaluations: int) -> PlanRequest:
    return PlanRequest(
        at=manifest.at,
        weights=dict(manifest.weights),
        horizon_days=manifest.horizon_days,
        seed=seed,
        evaluations=evaluations,
    )


def _make(
    workspace: Workspace,
    target: Path,
    manifest: CityManifest,
    request: PlanRequest,
    on_progress: OnProgress,
) -> DemoMade:
    record = _import_city(workspace, manifest, on_progress)
    plan = workspace.plan(
        request, lambda done, total, _: on_progress("planning: three ways", done, total)
    )
    on_progress("writing the report", 0, len(PAGES))
    side = Side(workspace.seen_by_anybody().reading(), record)
    report = report_city(manifest, side, plan)
    for done, (language, name) in enumerate(PAGES.items(), 1):
        (workspace.folder / name).write_text(write_city_page(report, language), "utf-8")
        on_progress("writing the report", done, len(PAGES))
    pages = tuple(target / name for name in PAGES.values())
    return DemoMade(folder=target, plan=plan, report=report, pages=pages)


def _import_city(
    workspace: Workspace, manifest: CityManifest, on_progress: OnProgress
) -> frozenset[ReportId]:
    """Import every file, and return the reports of the record: of files with no `known_from`."""
    record: set[ReportId] = set()
    for done, file in enumerate(manifest.files):
        on_progress("importing the city", done, len(manifest.files))
        receipt = workspace.import_table(
            Submission(
                name=file.path,
                content=(manifest.folder / file.path).read_bytes(),
                replay=Replay(known_from=file.known_from),
            )
        )
        if receipt.problems:  # a shipped city without problems is ours to ship
            raise InputError(receipt.problems)
        if file.known_from is None:
            record |= {stored.report for stored in receipt.stored}
    on_progress("importing the city", len(manifest.files), len(manifest.files))
    return frozenset(record)
