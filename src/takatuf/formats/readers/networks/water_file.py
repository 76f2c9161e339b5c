"""Read a water network from an EPANET file: bytes to arrays, or EPANET's complaints.

The file is read by EPANET itself, so what it takes is what hydraulics will take. Every error
that it reports comes back with its number, its words and the line. Lines that would have it
read or write other files are left out.
"""

import re
from collections.abc import Iterator

import numpy as np

from takatuf.city.water.epanet import EpanetError, Project, opened, without_file_names
from takatuf.city.water.network import JUNCTION, WaterNetwork
from takatuf.vocabulary.errors import InputError, Problem, cut

_COMPLAINT = re.compile(
    r"^[ \t]*(?:Input )?Error (\d+):[ \t]*(.*?)"  # its number and words
    r"(?:[ \t]+in (\[\w+\]) section)?(?::[ \t]*\n[ \t]*(.*))?$",  # the section, the line itself
    re.MULTILINE,
)
_SUMMARIES = {"200", "233"}  # "one or more errors", said again after all of them
_SECTION_LETTERS = 5


def read_water(content: bytes, name: str) -> WaterNetwork:
    """Return the network of an EPANET file.

    Raises:
        InputError: EPANET refuses the file, or it has no junction or no source.
        UnavailableError: The extra `water` is not installed.
    """
    safe = without_file_names(content)
    try:
        with opened(safe) as project:
            network = _network(project, safe)
            _refuse_what_is_empty(network, name)
            project.call("openH")  # finds what reading alone does not, such as unconnected nodes
    except EpanetError as error:
        raise InputError(_complaints(error, safe, name)) from None
    return network


def _refuse_what_is_empty(network: WaterNetwork, name: str) -> None:
    if (network.node_kind == JUNCTION).any() and network.is_source().any():
        return
    problem = Problem(
        code="network.no-water",
        where=name,
        found=f"{network.n_nodes} nodes",
        expected="junctions, and a reservoir, a tank or an inflow",
    )
    raise InputError([problem])


def _network(project: Project, content: bytes) -> WaterNetwork:
    nodes = range(1, project.call("getcount", project.constant("NODECOUNT")) + 1)
    links = range(1, project.call("getcount", project.constant("LINKCOUNT")) + 1)
    places = np.array([_place(project, node) for node in nodes], dtype=np.float64).reshape(-1, 2)
    ends = [project.call("getlinknodes", link) for link in links]
    table = np.array(ends, dtype=np.int64).reshape(-1, 2) - 1
    return WaterNetwork(
        node_ids=tuple(project.call("getnodeid", node) for node in nodes),
        node_kind=np.array([project.call("getnodetype", node) for node in nodes], dtype=np.int64),
        x=places[:, 0],
        y=places[:, 1],
        demand_m3_per_h=np.array([_demand(project, node) for node in nodes], dtype=np.float64),
        link_ids=tuple(project.call("getlinkid", link) for link in links),
        link_kind=np.array([project.call("getlinktype", link) for link in links], dtype=np.int64),
        start=table[:, 0],
        end=table[:, 1],
        diameter_mm=project.link_values("DIAMETER", len(links)),
        length_m=project.link_values("LENGTH", len(links)),
        is_open=project.link_values("INITSTATUS", len(links)) != 0,
        content=content,
    )


def _place(project: Project, node: int) -> tuple[float, float]:
    try:
        x, y = project.call("getcoord", node)
    except EpanetError:  # the file has none for this node
        return float("nan"), float("nan")
    return x, y


def _demand(project: Project, node: int) -> float:
    """Return the mean of all demands of a node over their patterns."""
    if project.call("getnodetype", node) != JUNCTION:
        return 0.0
    total = 0.0
    for number in range(1, project.call("getnumdemands", node) + 1):
        pattern = project.call("getdemandpattern", node, number)
        factor = project.call("getaveragepatternvalue", pattern) if pattern else 1.0
        total += project.call("getbasedemand", node, number) * factor
    return float(total * project.call("getoption", project.constant("DEMANDMULT")))


def _complaints(error: EpanetError, content: bytes, name: str) -> Iterator[Problem]:
    found = [match.groups("") for match in _COMPLAINT.finditer(f"{error.report}\n")]
    found = [complaint for complaint in found if complaint[0] not in _SUMMARIES]
    found = found or [(str(error.number), error.text, "", "")]
    lines = content.decode("utf-8", "replace").splitlines()
    for number, words, section, text in found:
        where = ", ".join(filter(None, [name, _line(lines, section, text), section]))
        yield _complaint(where, text.strip() or words, number, words)


def _complaint(where: str, found: str, number: str, words: str) -> Problem:
    return Problem(
        code="network.epanet-refused",
        where=where,
        found=cut(found),
        expected="a network that EPANET can run",
        hint=f"EPANET says {number}: {words.removeprefix(f'Error {number}: ')}.",
    )


def _line(lines: list[str], section: str, text: str) -> str:
    """Return "line 14" where the line that EPANET shows is found, or ""."""
    wanted, current = text.partition(";")[0].split(), ""
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            current = stripped.upper()[:_SECTION_LETTERS]
        is_there = not section or current == section.upper()[:_SECTION_LETTERS]
        if wanted and is_there and line.partition(";")[0].split() == wanted:
            return f"line {number}"
    return ""
