"""A workspace: one folder with a register and plans, and the verbs to work with it.

This is the Python interface, and the command line stands on it. The clock is read in this
folder and nowhere below; dates may be given as text, as `datetime.date`, or not at all.
"""

from dataclasses import dataclass
from pathlib import Path

from takatuf.actions.check_plan import check_plan
from takatuf.actions.export_data import Export, export_data
from takatuf.actions.import_reports import (
    OnProgress,
    Replay,
    Submission,
    import_reports,
)
from takatuf.actions.make_plan import MoreEffort, PlanMade, make_plan
from takatuf.actions.showing.list_contested import list_contested
from takatuf.actions.showing.list_doubts import DoubtView
from takatuf.actions.showing.show_thing import ThingView, history_of, show_thing
from takatuf.actions.signing import introduce_host
from takatuf.actions.views import name_of
from takatuf.formats.city_report import BeliefView, QuestionView, Voice
from takatuf.formats.writers.json_forms import picture_json
from takatuf.planning.archive import PlanDocument
from takatuf.planning.request import PlanRequest
from takatuf.planning.solvers.annealing import Progress
from takatuf.reports.keys import Signer, new_key
from takatuf.reports.receipt import Receipt
from takatuf.safeguards.actor import ANYBODY, Actor
from takatuf.settings import (
    Host,
    add_host,
    host_of,
    read_settings,
    refuse_existing,
    write_settings,
)
from takatuf.vocabulary.errors import NotFoundError, Problem
from takatuf.vocabulary.identity import ThingId
from takatuf.wiring import open_keys, open_parts
from takatuf.workspace.days import Day, as_day
from takatuf.workspace.doubts import DoubtDesk
from takatuf.workspace.exchange import Exchange
from takatuf.workspace.judging import JudgingDesk
from takatuf.workspace.key_desk import KeyDesk
from takatuf.workspace.opened import Clock, Opened, read_clock
from takatuf.workspace.sameness import SamenessDesk
from takatuf.workspace.text import TextDesk


@dataclass(frozen=True, slots=True)
class Workspace(Opened):
    """A folder that somebody works in, as one actor, with every verb of the command line."""

    @property
    def keys(self) -> KeyDesk:
        """The keys of organisations: made, vouched for, replaced, revoked, listed."""
        return KeyDesk(self)

    @property
    def exchange(self) -> Exchange:
        """What is exchanged with other hosts: bundles, merging, verifying."""
        return Exchange(self)

    @property
    def judging(self) -> JudgingDesk:
        """What people judge of statements: checks on the ground, grades, records, changes."""
        return JudgingDesk(self)

    @property
    def sameness(self) -> SamenessDesk:
        """Which things may be one, and what people judged of it."""
        return SamenessDesk(self)

    @property
    def texts(self) -> TextDesk:
        """Statements proposed from a text."""
        return TextDesk(self)

    def seen_by_anybody(self) -> "Workspace":
        """Return the same workspace as the public sees it."""
        return Workspace(self.parts, ANYBODY, self.clock)

    def import_file(  # noqa: PLR0913 - a parameter for each option of the command
        self,
        path: str | Path,
        *,
        organisation: str = "",
        encoding: str = "utf-8",
        is_dry_run: bool = False,
        replay: Replay | None = None,
        signer: Signer | None = None,
        on_progress: OnProgress | None = None,
    ) -> Receipt:
        """Import a table of reports; see `actions.import_reports`.

        Args:
            path: A CSV file in one of the layouts of docs/reference/formats.md.
            organisation: Who reports, for rows that do not say; a name or an identity.
            encoding: As Python names it.
            is_dry_run: Only check: nothing is stored.
            replay: Date each report by its publication.
            signer: Whose key signs; else one that is kept here for the actor's organisation,
                else the host's.
            on_progress: Told now and then how many rows are done, of how many.

        Raises:
            InputError: Nothing of the file can be read.
            NotAllowedError: The actor may not submit, or not with this key.
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
            signer,
        )

    def import_table(
        self,
        submission: Submission,
        on_progress: OnProgress | None = None,
        signer: Signer | None = None,
    ) -> Receipt:
        """Import a table that is in memory; see `import_file`."""
        return import_reports(submission, self.intake(signer), on_progress)

    def picture(self, *, at: Day = None, known: Day = None) -> bytes:
        """Return every belief on a day as canonical JSON: the same picture is the same bytes."""
        return picture_json(self.reading(known).weigher, as_day(at, "at"))

    def show(self, thing: str, *, at: Day = None, known: Day = None) -> ThingView:
        """Return everything that can be believed of a thing, and who disagrees.

        Raises:
            NotFoundError: Nothing, or more than one thing, has this name.
        """
        return show_thing(self.reading(known), thing, as_day(at, "at"))

    def history(
        self, thing: str, *, at: Day = None, known: Day = None
    ) -> tuple[tuple[BeliefView, tuple[Voice, ...]], ...]:
        """Return every statement on a thing, by property, in the order of their dates.

        Raises:
            NotFoundError: As `show`.
        """
        return history_of(self.reading(known), thing, as_day(at, "at"))

    def contested(self, *, at: Day = None, known: Day = None) -> tuple[QuestionView, ...]:
        """Return all contradictions: the written questions, and every other contested belief."""
        return list_contested(self.reading(known), as_day(at, "at"))

    def doubts(
        self, thing: str = "", *, at: Day = None, known: Day = None
    ) -> tuple[DoubtView, ...]:
        """Return what the record itself calls into question; see `DoubtDesk.doubts`."""
        return DoubtDesk(self).doubts(thing, at=at, known=known)

    def plan(
        self,
        request: PlanRequest,
        on_progress: Progress | None = None,
        more: MoreEffort | None = None,
    ) -> PlanMade:
        """Return the joint plan, compared with each acting alone; checked, and kept.

        Args:
            request: What for.
            on_progress: Told how far it is.
            more: What is spent beyond the effort of the request; None: nothing.

        Raises:
            InputError: The picture cannot be planned for.
            NotAllowedError: The actor may not plan.
        """
        parts = self.parts
        return make_plan(parts.register, parts.plans, self.actor, request, on_progress, more)

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


def init(
    folder: str | Path, name: str = "", *, is_replay: bool = False, clock: Clock = read_clock
) -> Workspace:
    """Make a workspace in a folder, with a key of its own, and return it open.

    Args:
        folder: Made if it is not there.
        name: What the workspace is called; the folder's name where none is given.
        is_replay: Open it for a record of the past, each report dated by its publication.
        clock: Tells the time.

    Raises:
        InputError: There is a workspace already.
        UnavailableError: The disk refuses.
    """
    path = Path(folder)
    refuse_existing(path)
    called = name or path.resolve().name
    write_settings(path, called, is_replay=is_replay, host=_new_host(path, called))
    return open_workspace(path, clock=clock)


def open_workspace(
    folder: str | Path = ".", *, actor: Actor | None = None, clock: Clock = read_clock
) -> Workspace:
    """Return the workspace in a folder, for the actor of its settings or the one given.

    One that was made by a version that did not sign gets a host and its key here.

    Raises:
        NotFoundError: There is no workspace.
        InputError: Its settings are wrong.
        UnavailableError: Its register cannot be opened.
    """
    path = Path(folder)
    settings = read_settings(path)
    if settings.host is None:
        add_host(path, _new_host(path, settings.name))
    parts = open_parts(path)
    host = parts.host
    if host is not None:
        by = parts.settings.actor.name
        introduce_host(parts.register, host, by, clock())
    return Workspace(parts, actor or parts.settings.actor, clock)


def _new_host(folder: Path, name: str) -> Host:
    key = new_key()
    open_keys(folder).add(key)
    return host_of(name, key.id)
