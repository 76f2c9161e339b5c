"""A plan for the streets and the damage of a whole city, in a minute of planning.

``python -m benchmarks.planning aleppo-full DIR [--seconds 60] [--seeds 1 2] [--evaluations N]
[--map FILE]``; the directory holds the geodata. What is read is counted, what is
assumed is printed. The clock of planning runs from the problem to the last plan that is checked;
reading, building and compiling come before and are printed apart.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.planning.aleppo.assumptions import ASSUMPTIONS, mandate_lines
from benchmarks.planning.aleppo.building import WholeCity, whole_city
from benchmarks.planning.aleppo.drawing import map_of
from benchmarks.planning.aleppo.running import Budget, Planning, affordable, plan_city, warm_up
from benchmarks.planning.aleppo.water import WATER_ASSUMPTIONS
from benchmarks.planning.machine import machine_line, peak_memory_mb
from takatuf.planning.comparing import equity_of
from takatuf.planning.problem import SERVICES

MILLION = 1e6


def main(options: list[str]) -> None:
    """Print what was read and assumed, the plans, and how long each part took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning aleppo-full")
    parser.add_argument("directory", type=Path, help="where the geodata are")
    parser.add_argument("--seconds", type=float, default=60.0, help="wall time of planning")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--evaluations", type=int, help="of each way, each seed; default: by time")
    parser.add_argument("--map", type=Path, help="where to write the map, as SVG")
    given = parser.parse_args(options)
    print(machine_line("shapely"))
    wall, cpu = time.monotonic(), time.process_time()
    city = whole_city(given.directory)
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    print(f"read and built in {wall:.1f} s wall, {cpu:.1f} CPU s")
    print_city(city)
    compiled_s, ways_s = warm_up(city)
    print(f"compiled or read from the cache in {compiled_s:.1f} s wall")
    evaluations = given.evaluations or affordable(given.seconds, len(given.seeds), ways_s)
    budget = Budget(seconds=given.seconds, seeds=tuple(given.seeds), evaluations=evaluations)
    found = plan_city(city, budget)
    print_plans(found)
    print_services(city, found)
    print_water(found)
    print("\nwall seconds: " + ", ".join(f"{part} {s:.1f}" for part, s in found.seconds.items()))
    print(
        f"planning in all {found.wall_s:.1f} s wall, {found.cpu_s:.1f} CPU s; "
        f"peak memory {peak_memory_mb():.0f} MB"
    )
    if given.map:
        given.map.write_text(map_of(city, found.together.served), encoding="utf-8")


def print_city(city: WholeCity) -> None:
    """Print what was read, what was assumed, and the size of the problem."""
    data, layers, problem = city.data, city.layers, city.layered.problem
    kinds = Counter(problem.tasks.kinds)
    print("\nread")
    print(
        f"  {data.n_edges_read:,} edges of streets, {data.streets.n_edges:,} of them in the "
        f"largest part and used: {data.streets.n_nodes:,} junctions, "
        f"{data.streets.length_m.sum() / 1000:,.0f} km"
    )
    damaged = sum(sum(quarter.damaged.values()) for quarter in data.quarters)
    print(
        f"  {len(data.quarters)} neighbourhoods, {damaged:,.0f} damaged buildings in 2016; "
        f"{len(data.strikes):,} strike sites, {len(data.craters)} craters, "
        f"{int(data.is_near_damage.sum()):,} edges near damage"
    )
    print("assumed (estimates; to be replaced by records)")
    for line in (*ASSUMPTIONS, *(WATER_ASSUMPTIONS if city.water else ())):
        print(f"  - {line}")
    for line in mandate_lines():
        print(f"    {line}")
    print("problem")
    print(
        f"  {problem.n_tasks:,} tasks ("
        + ", ".join(f"{count} {kind}" for kind, count in kinds.items())
        + f"), {problem.tasks.duration_days.sum():,.0f} team-days; {problem.n_teams} teams of "
        f"{len(problem.organisations)} organisations; {len(layers.hazards)} hazard areas; "
        f"{len(layers.rubble)} stretches of debris"
    )
    print(
        f"  roads reduced to {len(problem.roads.node_ids):,} nodes and "
        f"{len(problem.roads.start):,} links; horizon {problem.horizon_days:g} days"
    )
    for note in city.layered.notes:
        print(f"  note: {note}")


def print_plans(found: Planning) -> None:
    """Print values, bound, spread, gains and break-even delays."""
    print("\nmillion weighted person-days (lower is better); plans that break a rule: ", end="")
    print(f"{found.n_broken} of {found.n_checked} checked")
    print(f"{found.effort:,} schedules for each way and seed")
    print("way          " + "".join(f"   seed {seed:2}" for seed in found.seeds) + "    spread")
    for way, values in found.by_seed.items():
        row = "".join(f"{value / MILLION:10.3f}" for value in values)
        spread = (max(values) - min(values)) / min(values)
        print(f"{way:12} {row} {spread:9.2%}")
    for way in ("alone", "shared"):
        gains = [
            1 - joint / other
            for joint, other in zip(found.by_seed["together"], found.by_seed[way], strict=True)
        ]
        print(
            f"saved by acting together against {way}, equal effort: "
            + ", ".join(f"{gain:.1%}" for gain in gains)
        )
    value = found.together.served.person_days
    print(
        f"best joint plan, {found.evaluations:,} more schedules on two threads: "
        f"{value / MILLION:.3f}; proven bound {found.bound / MILLION:.3f}, "
        f"gap {1 - found.bound / value:.1%}"
    )
    for way, other in found.best.items():
        before = other.served.person_days
        print(
            f"  against the best {way} plan ({before / MILLION:.3f}): {1 - value / before:.1%} "
            f"saved; break-even delay if nobody works until then: {found.break_even[way]}"
        )


def print_services(city: WholeCity, found: Planning) -> None:
    """Print how long people wait in each way, and what stays undone."""
    problem = city.layered.problem
    print("\nmean days until service, by people (never counts as the horizon); worst tenth; Gini")
    for way, plan in {**found.best, "together": found.together}.items():
        people = problem.neighbourhoods.people
        days = np.minimum(plan.served.service_day, problem.horizon_days)
        mean = people @ days / people.sum()
        row = ", ".join(f"{name} {day:.0f}" for name, day in zip(SERVICES, mean, strict=True))
        equity = equity_of(problem, plan.served)
        undone = problem.n_tasks - len(plan.plan.assignments)
        print(
            f"{way:9} {row}; worst tenth {equity.worst_decile_days:.0f}, "
            f"Gini {equity.gini:.3f}; {undone} tasks undone"
        )


def print_water(found: Planning) -> None:
    """Print what hydraulics say of the water of the joint plan."""
    water = found.water
    print("\nwater of the joint plan, run by EPANET on the stand-in network")
    if water is None:
        print("  no network: the package epyt is not installed")
        return
    states, mended = water.verification, water.corrected
    n_asking = len(mended.days) - water.n_without
    print(
        f"  {len(states.from_day)} states, {int(states.is_verified.sum())} of them solved; "
        f"{water.n_solved} of {n_asking} quarters are verified on their day, "
        f"{n_asking - water.n_solved} not verified there, as EPANET did not solve that state; "
        f"{water.n_without} more have no junction of the stand-in; "
        f"{len(mended.corrections)} days corrected"
    )
    print(
        f"  with the corrected days: {water.value / MILLION:.3f} "
        f"({water.value / found.together.served.person_days - 1:.2%} more)"
    )
    solved = [line for line in mended.corrections if line.is_verified]
    for line in (*map(str, solved[:4]), *map(str, states.problems[:2])):
        print(f"  {line}")
