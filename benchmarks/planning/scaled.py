"""Synthetic cities of any size, made from one: pieces of it, or several beside each other."""

from typing import Any

Json = dict[str, Any]

_OWN = ("nodes", "edges", "tasks", "teams", "neighbourhoods", "substations", "pumps", "clinics")


def copies(city: Json, number: int) -> Json:
    """Return so many copies of a city beside each other, joined by open roads between hubs.

    Everything a copy has, its organisations and districts too, is its own.
    """
    whole: Json = {**city, **{key: [] for key in (*_OWN, "hubs")}}
    for copy in range(number):
        _append(whole, city, copy)
    for copy in range(1, number):
        hubs = [at * len(city["nodes"]) + city["hubs"][0] for at in (copy - 1, copy)]
        whole["edges"].append({"u": hubs[0], "v": hubs[1], "km": 5.0, "blocked_by": []})
    return whole


def _append(whole: Json, city: Json, copy: int) -> None:
    n_tasks, n_nodes, n_edges = len(city["tasks"]), len(city["nodes"]), len(city["edges"])
    districts = 1 + max(task["district"] for task in city["tasks"])
    organisations = 1 + max(team["org"] for team in city["teams"])

    def moved(values: list[int], by: int) -> list[int]:
        return [value + by * copy for value in values]

    def one(value: int, by: int) -> int:
        return value if value < 0 else value + by * copy

    whole["nodes"] += city["nodes"]
    whole["hubs"] += moved(city["hubs"], n_nodes)
    whole["edges"] += [
        {
            **edge,
            "u": one(edge["u"], n_nodes),
            "v": one(edge["v"], n_nodes),
            "blocked_by": moved(edge["blocked_by"], n_tasks),
        }
        for edge in city["edges"]
    ]
    whole["tasks"] += [
        {
            **task,
            "id": one(task["id"], n_tasks),
            "node": None if task["node"] is None else one(task["node"], n_nodes),
            "edge": None if task["edge"] is None else task["edge"] + _edges_before(copy, n_edges),
            "district": one(task["district"], districts),
            "pred": moved(task["pred"], n_tasks),
        }
        for task in city["tasks"]
    ]
    whole["teams"] += [
        {
            **team,
            "org": one(team["org"], organisations),
            "districts": moved(team["districts"], districts),
            "base": one(team["base"], n_nodes),
        }
        for team in city["teams"]
    ]
    _append_services(whole, city, copy)


def _edges_before(copy: int, n_edges: int) -> int:
    return copy * n_edges


def _append_services(whole: Json, city: Json, copy: int) -> None:
    n_tasks, n_nodes = len(city["tasks"]), len(city["nodes"])
    sizes = {key: len(city[key]) for key in ("substations", "pumps", "clinics", "neighbourhoods")}

    def one(value: int, by: int) -> int:
        return value if value < 0 else value + by * copy

    for key in ("substations", "pumps", "clinics"):
        for row in city[key]:
            made = {**row, "node": one(row["node"], n_nodes)}
            made["tasks"] = [one(task, n_tasks) for task in row["tasks"]]
            if "substation" in row:
                made["substation"] = one(row["substation"], sizes["substations"])
            whole[key].append(made)
    for row in city["neighbourhoods"]:
        made = {**row, "node": one(row["node"], n_nodes)}
        for key in ("water_tasks", "power_tasks", "housing_tasks", "site_hazards"):
            made[key] = [one(task, n_tasks) for task in row[key]]
        for key in ("water_parent", "power_parent"):
            made[key] = one(row[key], sizes["neighbourhoods"])
        made["clinics"] = [one(clinic, sizes["clinics"]) for clinic in row["clinics"]]
        made["water_pump"] = one(row["water_pump"], sizes["pumps"])
        made["power_substation"] = one(row["power_substation"], sizes["substations"])
        whole["neighbourhoods"].append(made)
