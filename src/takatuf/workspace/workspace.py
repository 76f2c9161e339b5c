"""A workspace: one folder with a register and plans, and the verbs to work with it.

This is the Python interface, and the command line stands on it. The clock is read here and
nowhere below; dates may be given as text, as `datetime.date`, or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from takatuf.actions.check_plan import check_plan
from takatuf.actions.export_data import Export, export_data
from takatuf.actions.import_reports import (
    Intake,
    OnProgress,
    Replay,
    Submission,
    import_reports,
)
from takatuf.actions.list_contested import list_contested
from takatuf.actions.make_plan import PlanMade, make_plan
from takatuf.actions.read_picture import Reading, read_picture
from takatuf.actions.show_thing import ThingView, history_of, show_thing
from takatuf.actions.views import name_of
from takatuf.formats.city_report import BeliefView, QuestionView, Voice
from takatuf.formats.writers.json_forms import picture_json
from takatuf.planning.archive import PlanDocument
from takatuf.planning.request import PlanRequest
from takatuf.planning.solvers.annealing import Progress
from takatuf.reports.receipt import Receipt
from takatuf.safeguards.actor import ANYBODY, Actor
from takatuf.settings import write_settings
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.time import end_of_day
from takatuf.wiring import Parts, open_parts

Day = str | date | None
Clock = Callable[[], datetime]


def read_clock() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that somebody works in, as one actor."""

    parts: Parts
    actor: Actor
    clock: Clock = field(default=read_clock)

    @property
    def folder(self) -> Path:
        """The folder."""
        return self.parts.settings.folder

    def close(self) -> None:
        """Let go of the files; what was stored is safe without it."""
        self.parts.register.close()

    def seen_by_anybody(self) -> "Workspace":
        """Return the same workspace as the public sees it."""
        return Workspace(self.parts, ANYBODY, self.clock)

    def import_file(
        self,
        path: str | Path,
        *,
        organisation: str = "",
        encoding: str = "utf-8",
        is_dry_run: bool = False,
        replay: Replay | None = None,
        on_progress: OnProgress | None = None,
    ) -> Receipt:
        """Import a table of reports; see `actions.import_reports`.

        Args:
            path: A CSV file in one of the layouts of docs/reference/formats.md.
            organisation: Who reports, for rows that do not say; a name or an identity.
            encoding: As Python names it.
            is_dry_run: Only check: nothing is stored.
            replay: Date each report by its publication.
            on_progress: Told now and then how many rows are done, of how many.

        Raises:
            InputError: Nothing of the file can be read.
            NotAllowedError: The actor may not submit.
            NotFoundError: There is no such file, or no such organisation.
        """
        file = Path(path)
        if not file.is_file():
            raise NotFoundError(f"There is no file {file}.")
        return self.import_table(
            Submission(
                name=file.name,
                content=file.read_bytes(),
                encoding=encoding,
                organisation=self._organisation(organisation),
                replay=replay,
                is_dry_run=is_dry_run,
            ),
            on_progress,
        )

    def import_table(
        self, submission: Submission, on_progress: OnProgress | None = None
    ) -> Receipt:
        """Import a table that is in memory; see `import_file`."""
        intake = Intake(
            register=self.parts.register,
            vocabulary=self.parts.vocabulary,
            actor=self.actor,
            now=self.clock(),
            is_replay_register=self.parts.settings.is_replay,
        )
        return import_reports(submission, intake, on_progress)

    def picture(self, *, at: Day = None, known: Day = None) -> bytes:
        """Return every belief on a day as canonical JSON: the same picture is the same bytes."""
        return picture_json(self.reading(known).weigher, as_day(at, "at"))

    def reading(self, known: Day = None) -> Reading:
        """Return the picture as this actor may see it, to be asked further."""
        day = as_day(known, "known")
        heard_by = end_of_day(day) if day else None
        return read_picture(self.parts.register, self.parts.vocabulary, self.actor, heard_by)

    def show(self, thing: str, *, at: Day = None, known: Day = None) -> ThingView:
        """Return everything that can be believed of a thing, and who disagrees.

        Raises:
            NotFoundError: Nothing, or more than one thing, has this name.
        """
        return show_thing(self.reading(known), thing, as_day(at, "at"))

    def history(
        self, thing: str, *, known: Day = None
    ) -> tuple[tuple[BeliefView, tuple[Voice, ...]], ...]:
        """Return every statement on a thing, by property, in the order of their dates.

        Raises:
            NotFoundError: As `show`.
        """
        return history_of(self.reading(known), thing)

    def contested(self, *, at: Day = None, known: Day = None) -> tuple[QuestionView, ...]:
        """Return all contradictions: the written questions, and every other contested belief."""
        return list_contested(self.reading(known), as_day(at, "at"))

    def plan(self, request: PlanRequest, on_progress: Progress | None = None) -> PlanMade:
        """Return the joint plan, compared with each acting alone; checked, and kept.

        Raises:
            InputError: The picture cannot be planned for.
            NotAllowedError: The actor may not plan.
        """
        return make_plan(self.parts.register, self.parts.plans, self.actor, request, on_progress)

    def check_plan(self, document: PlanDocument) -> tuple[Problem, ...]:
        """Return every rule that a plan breaks, by a checker that made no plan."""
        return check_plan(self.parts.register, self.actor, document)

    def export(self, wanted: Export) -> bytes:
        """Return what is wanted as a file, redacted for its audience.

        Raises:
            NotAllowedError: The actor may not export.
            NotFoundError: No plan was made yet.
        """
        return export_data(self.parts.register, self.parts.plans, self.actor, wanted)

    def name(self, thing: str) -> str:
        """Return the name of a thing."""
        return name_of(ThingId(thing), self.reading()).en

    def _organisation(self, name: str) -> ThingId | None:
        if not name:
            return self.actor.organisation
        return self.reading().names.find(name)


def init(folder: str | Path, name: str = "", *, is_replay: bool = False) -> Workspace:
    """Make a workspace in a folder, and return it open.

    Args:
        folder: Made if it is not there.
        name: What the workspace is called; the folder's name where none is given.
        is_replay: Open it for a record of the past, each report dated by its publication.

    Raises:
        InputError: There is a workspace already.
    """
    path = Path(folder)
    write_settings(path, name or path.resolve().name, is_replay=is_replay)
    return open_workspace(path)


def open_workspace(
    folder: str | Path = ".", *, actor: Actor | None = None, clock: Clock = read_clock
) -> Workspace:
    """Return the workspace in a folder, for the actor of its settings or the one given.

    Raises:
        NotFoundError: There is no workspace.
        InputError: Its settings are wrong.
        UnavailableError: Its register cannot be opened.
    """
    parts = open_parts(Path(folder))
    return Workspace(parts, actor or parts.settings.actor, clock)


def as_day(day: Day, name: str) -> date | None:
    """Return a day that is given as text or as a date.

    Raises:
        InputError: The text is no day.
    """
    if day is None or isinstance(day, date):
        return day
    return read_day(day, name)


def read_day(text: str, name: str) -> date:
    """Return the day that a text names.

    Raises:
        InputError: The text is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        expected = "a day such as 2017-06-14"
        raise InputError(
            [Problem(code="cell.not-a-date", where=name, found=text, expected=expected)]
        ) from None
