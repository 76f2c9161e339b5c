"""Let the clock jump, back and forth, between imports: nothing that was known may change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from random import Random

from takatuf.actions.exchange.verify_register import verify_register
from takatuf.vocabulary.time import parse_instant
from takatuf.workspace import Workspace, init
from tests.faults.material import Material, a_table
from tests.faults.outcome import Fault, Kind, Outcome, chance_of

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SECONDS = (0.0, 7.5)  # how far one jump goes: powers of ten, a second to a year
ZONES = (-5, 0, 2, 3)  # hours from UTC: what a computer thinks where it is
KINDS = (Kind.LOST, Kind.FOUND, Kind.UNSEEN)


def let_clocks_jump(material: Material, n_jumps: int, seed: int) -> Outcome:
    """Import a table after each jump, and compare what was known before with what is known now."""
    outcome, chance = Outcome("clocks", KINDS), chance_of(seed, "clocks")
    clock = _Clock(chance)
    workspace = init(material.folder / "jumping", clock=clock)
    known_before: dict[date, bytes] = {}
    for number in range(n_jumps):
        last = workspace.parts.register.last_received_at() or START
        clock.jump_from(last)
        outcome.count("jumps")
        receipt = workspace.import_table(a_table(f"jump-{number}", 1))
        is_told = any(problem.code == "register.clock-behind" for problem in receipt.problems)
        outcome.count("jumps behind the last receipt", int(clock.now < last))
        if is_told is not (clock.now < last):
            outcome.blame([Fault(Kind.UNSEEN, f"said of the clock: {is_told}")], f"jump {number}")
        for day in _days_that_are_over(workspace):
            if day not in known_before:
                known_before[day] = workspace.picture(at=START.date(), known=day)
    outcome.blame(_changed(workspace, known_before), "at the end")
    outcome.count("days compared", len(known_before))
    workspace.close()
    return outcome


class _Clock:
    def __init__(self, chance: Random) -> None:
        self.now, self._chance = START, chance

    def __call__(self) -> datetime:
        return self.now

    def jump_from(self, last: datetime) -> None:
        seconds = 10 ** self._chance.uniform(*SECONDS)
        sign = self._chance.choice([-1, 1])
        zone = timezone(timedelta(hours=self._chance.choice(ZONES)))
        self.now = (last + sign * timedelta(seconds=seconds)).astimezone(zone)


def _days_that_are_over(workspace: Workspace) -> Iterator[date]:
    """Give the last two days on which nothing can be received any more."""
    last = workspace.parts.register.last_received_at()
    if last is not None:
        yield from (last.date() - timedelta(days=n) for n in (1, 2))


def _changed(workspace: Workspace, known_before: dict[date, bytes]) -> Iterator[Fault]:
    for day, picture in known_before.items():
        if workspace.picture(at=START.date(), known=day) != picture:
            yield Fault(Kind.LOST, f"what was known on {day} is not what it was")
    instants = [parse_instant(form[2]) for form in workspace.parts.register.forms()]
    backwards = sum(later < earlier for earlier, later in pairwise(instants))
    if backwards:
        yield Fault(Kind.LOST, f"{backwards} reports were received before the one before them")
    verified = verify_register(workspace.parts.register, workspace.actor)
    yield from (Fault(Kind.FOUND, str(problem)) for problem in verified.findings)
