"""The restoration as a mixed-integer programme: the model of others, written down anew.

In each step: flows on open arcs, surplus and shortage at nodes, repairs up to a number, and
sites prepared where arcs are repaired. A node that needs damaged nodes works only if all of
them work; that failures go on through nodes which are whole is no part of that model.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from benchmarks.planning.indp.program import Program
from benchmarks.planning.indp.shelby import PER_STEP, Scenario, Shelby
from takatuf.planning.problem import NONE, Flags, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the model."""

    n_steps: int
    first_step: int = 0  # nothing is repaired in step 0
    per_step: int = PER_STEP
    layer: int | None = None  # plan for this layer only, and take the others as whole
    done: Flags  # parts repaired before the first step
    plan: Ints | None = None  # the step in which each part is repaired, if that is decided


class Model:
    """The programme of one question about one scenario."""

    def __init__(self, shelby: Shelby, scenario: Scenario, asked: Question) -> None:
        """Write down the programme, step by step."""
        self.program = Program()
        self.repairs = np.full((asked.n_steps, scenario.damage.n_parts), NONE)
        self._shelby, self._damage, self._asked = shelby, scenario.damage, asked
        for step in range(asked.n_steps):
            self._add_repairs(step)
            whole = self._add_whole(step)
            self._add_flows(self._add_works(whole), whole)
            self._add_sites(step)

    def _is_asked(self, layer: int) -> bool:
        return self._asked.layer is None or layer == self._asked.layer

    def _layer_of(self, part: int) -> int:
        n_nodes = len(self._damage.nodes)
        if part < n_nodes:
            return int(self._shelby.layer_of_node[self._damage.nodes[part]])
        return int(self._shelby.layer_of_arc[self._damage.arcs[part - n_nodes]])

    def _add_repairs(self, step: int) -> None:
        asked, repairs = self._asked, self.repairs[step]
        for part in range(self._damage.n_parts):
            if asked.done[part] or not self._is_asked(self._layer_of(part)):
                continue
            cost, may = self._damage.repair_cost[part], step + asked.first_step > 0
            repairs[part] = self.program.column(cost, float(may), is_whole=True)
            if asked.plan is not None:
                self.program.fix(repairs[part], float(asked.plan[part] == step))
        if asked.plan is None:
            terms = [(column, 1.0) for column in repairs if column != NONE]
            self.program.row(terms, most=asked.per_step)

    def _add_whole(self, step: int) -> dict[int, int]:
        """Return for each part that may still be damaged the column that says it is not."""
        columns = {}
        for part in np.flatnonzero(self.repairs[step] != NONE):
            columns[int(part)] = self.program.column(0.0, 1.0, is_whole=True)
            before = [(column, -1.0) for column in self.repairs[: step + 1, part]]
            self.program.row([(columns[int(part)], 1.0), *before], most=0.0)
        return columns

    def _add_works(self, whole: dict[int, int]) -> dict[int, int]:
        """Return for each node that may not work the column that says it does."""
        works = {int(n): whole[p] for p, n in enumerate(self._damage.nodes) if p in whole}
        if self._asked.layer is not None:  # the others are taken as whole
            return works
        damaged = set(works)
        pairs = [(one, other) for one, other in self._shelby.network.needs if one in damaged]
        for _, other in pairs:
            if other not in works:
                works[other] = self.program.column(0.0, 1.0, is_whole=True)
        for one, other in pairs:
            self.program.row([(works[other], 1.0), (works[one], -1.0)], most=0.0)
        return works

    def _add_flows(self, works: dict[int, int], whole: dict[int, int]) -> None:
        program, network, n_damaged = self.program, self._shelby.network, len(self._damage.nodes)
        whole_arcs = {int(a): whole.get(n_damaged + i) for i, a in enumerate(self._damage.arcs)}
        balance = defaultdict(list)
        for arc in range(network.n_arcs):
            start, end = int(network.start[arc]), int(network.end[arc])
            if not self._is_asked(self._shelby.layer_of_arc[arc]):
                continue
            has_gate = (works.get(start), works.get(end), whole_arcs.get(arc))
            gates = {gate for gate in has_gate if gate is not None}
            for tail, head in ((start, end), (end, start)):
                flow = program.column(network.cost[arc], network.capacity[arc])
                balance[tail].append((flow, 1.0))
                balance[head].append((flow, -1.0))
                for gate in gates:
                    program.row([(flow, 1.0), (gate, -network.capacity[arc])], most=0.0)
        for node in range(network.n_nodes):
            if self._is_asked(self._shelby.layer_of_node[node]):
                surplus = program.column(network.surplus_cost[node], np.inf)
                shortage = program.column(network.shortage_cost[node], np.inf)
                terms = [*balance[node], (surplus, 1.0), (shortage, -1.0)]
                program.row(terms, most=network.supply[node], least=network.supply[node])

    def _add_sites(self, step: int) -> None:
        repairs = self.repairs[step, len(self._damage.nodes) :]
        prepared: dict[int, int] = {}
        for arc, repair in zip(self._damage.arcs, repairs, strict=True):
            if repair == NONE:
                continue
            for site in sorted(self._shelby.sites_of_arc.get(int(arc), ())):
                if site not in prepared:
                    prepared[site] = self.program.column(self._shelby.site_cost[site], 1.0)
                self.program.row([(repair, 1.0), (prepared[site], -1.0)], most=0.0)
