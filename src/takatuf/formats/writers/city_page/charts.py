"""Where the lines of the curve chart and the bars of the Gantt chart stand."""

from dataclasses import dataclass
from math import ceil, floor

from takatuf.formats.city_report import CityReport, TaskView, WayView

_TICK_STEPS_DAYS = (1, 2, 5, 7, 14, 30, 60, 90, 180, 365)
_N_TICKS_MAX = 10
_BAR_MIN_PERCENT = 0.15  # a task of an hour must still be seen

CURVE_LEFT, CURVE_TOP, CURVE_WIDTH, CURVE_HEIGHT = 52.0, 12.0, 760.0, 260.0
TEAM_ROW_PX, ORGANISATION_ROW_PX, AXIS_ROW_PX = 22, 26, 24


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the day axis, in percent of its length."""

    day: int
    at_percent: float


@dataclass(frozen=True, slots=True)
class CurveDrawing:
    """The steps of one way of planning, in the units of the chart."""

    key: str
    path: str
    end_y: float
    end_share: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A task on its team's line; `index` is its row in the table of tasks."""

    index: int
    task: TaskView
    start_percent: float
    width_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GanttRow:
    """A line of the Gantt chart: an organisation's heading, or a team with its tasks."""

    name: str
    is_organisation: bool
    y_px: int
    height_px: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with who does it, in the order of the plan's days."""

    index: int
    organisation: str
    team: str
    task: TaskView


def shown_days(report: CityReport) -> int:
    """Return how many days the drawings show: until the last change, in tens; 10 at least.

    The rest of the horizon would be empty. Nothing beyond the horizon is shown.
    """
    ends = [t.end_day for o in report.organisations for team in o.teams for t in team.tasks]
    changes = [way.served[-1][0] for way in report.ways if way.served]
    last = max([*ends, *changes, 1.0])
    return min(10 * ceil(last / 10), max(ceil(report.horizon_days), 1))


def lowest_share(report: CityReport) -> float:
    """Return where the share axis begins: the lowest share that is drawn, down to a tenth."""
    shares = [way.served[0][1] for way in report.ways if way.served]
    return min(floor(10 * min(shares, default=0.0)) / 10, 0.9)


def share_ticks(lowest: float) -> tuple[tuple[float, float], ...]:
    """Return five marks on the share axis: percent, and where it stands."""
    shares = [lowest + (1 - lowest) * step / 4 for step in range(5)]
    return tuple((round(100 * share, 1), _y(share, lowest)) for share in shares)


def day_ticks(horizon_days: float) -> tuple[Tick, ...]:
    """Return at most ten round days from 0 to the horizon."""
    horizon = max(horizon_days, 1.0)
    step = next(
        (step for step in _TICK_STEPS_DAYS if horizon / step <= _N_TICKS_MAX),
        _TICK_STEPS_DAYS[-1],
    )
    days = range(0, int(horizon) + 1, step)
    return tuple(Tick(day, round(100 * day / horizon, 3)) for day in days)


def draw_curve(way: WayView, horizon_days: float, lowest: float = 0.0) -> CurveDrawing:
    """Return the share of people served as steps: it jumps on the day a service comes."""
    horizon = max(horizon_days, 1.0)
    points = [(day, share) for day, share in way.served if 0 <= day <= horizon] or [(0.0, 0.0)]
    parts = [f"M{_x(points[0][0], horizon)},{_y(points[0][1], lowest)}"]
    parts += [f"H{_x(day, horizon)}V{_y(share, lowest)}" for day, share in points[1:]]
    last_share = points[-1][1]
    return CurveDrawing(
        way.key,
        "".join([*parts, f"H{_x(horizon, horizon)}"]),
        _y(last_share, lowest),
        last_share,
    )


def task_rows(report: CityReport) -> tuple[TaskRow, ...]:
    """Return every task of the plan with its team, by start, then by team."""
    found = [
        (task.start_day, organisation.name, team.name, task.key, task)
        for organisation in report.organisations
        for team in organisation.teams
        for task in team.tasks
    ]
    found.sort(key=lambda row: row[:4])
    return tuple(
        TaskRow(index, organisation, team, task)
        for index, (_, organisation, team, _, task) in enumerate(found)
    )


def gantt_rows(report: CityReport, tasks: tuple[TaskRow, ...]) -> tuple[GanttRow, ...]:
    """Return the lines of the chart from the top, each organisation followed by its teams."""
    horizon = float(shown_days(report))
    bars: dict[tuple[str, str], list[Bar]] = {}
    for row in tasks:
        bars.setdefault((row.organisation, row.team), []).append(_bar(row, horizon))
    rows: list[GanttRow] = []
    y_px = 0
    for organisation in report.organisations:
        rows.append(
            GanttRow(
                name=organisation.name,
                is_organisation=True,
                y_px=y_px,
                height_px=ORGANISATION_ROW_PX,
                bars=(),
            )
        )
        y_px += ORGANISATION_ROW_PX
        for team in organisation.teams:
            drawn = tuple(bars.get((organisation.name, team.name), ()))
            rows.append(
                GanttRow(
                    name=team.name,
                    is_organisation=False,
                    y_px=y_px,
                    height_px=TEAM_ROW_PX,
                    bars=drawn,
                )
            )
            y_px += TEAM_ROW_PX
    return tuple(rows)


def _bar(row: TaskRow, horizon: float) -> Bar:
    start = 100 * row.task.start_day / horizon
    width = 100 * (row.task.end_day - row.task.start_day) / horizon
    return Bar(row.index, row.task, round(start, 3), round(max(width, _BAR_MIN_PERCENT), 3))


def _x(day: float, horizon: float) -> float:
    return round(CURVE_LEFT + CURVE_WIDTH * day / horizon, 1)


def _y(share: float, lowest: float) -> float:
    height = (min(max(share, lowest), 1.0) - lowest) / (1 - lowest)
    return round(CURVE_TOP + CURVE_HEIGHT * (1 - height), 1)
