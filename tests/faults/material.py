"""What the writers write: small numbered tables, and bundles of another host."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from takatuf.actions.import_reports import Submission
from takatuf.workspace import Workspace, init
from takatuf.workspace.exchange import Exchange
from takatuf.workspace.key_desk import KeyDesk

N_BUNDLES = 8
N_ROWS = 3
SENDER = "sender"
RECEIVER = "receiver"
PREFIXES = "reports-of-bundles.json"
WRITERS = "organisation/writers"
_HEADER = "thing,name,organisation,source_type,organisation_type\n"
_WHO = f"{WRITERS},The writers,{WRITERS},un_agency,un_agency\n"


@dataclass(frozen=True)
class Material:
    """A folder with a workspace to be copied, and bundles that it can merge."""

    folder: Path

    @property
    def template(self) -> Path:
        """A workspace in good order that vouches for the sender of the bundles."""
        return self.folder / RECEIVER

    @property
    def bundles(self) -> tuple[Path, ...]:
        """Bundles of the sender, each with all that the one before has, and two submissions."""
        return tuple(self.folder / f"{number}.bundle" for number in range(N_BUNDLES))

    @cached_property
    def reports_of_bundles(self) -> tuple[frozenset[str], ...]:
        """The reports of each bundle."""
        lists = json.loads((self.folder / PREFIXES).read_text("utf-8"))
        return tuple(frozenset(reports) for reports in lists)

    def copy(self, name: str) -> Path:
        """Return a new copy of the workspace; an earlier one of this name goes."""
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.template, target)
        return target


def make_material(folder: Path) -> Material:
    """Return a workspace and bundles, made in this folder."""
    material = Material(folder)
    sender, receiver = init(folder / SENDER), init(folder / RECEIVER)
    host = sender.parts.settings.host
    assert host is not None
    KeyDesk(receiver).vouch(host.key, host.organisation, "A. Person, head of office")
    receiver.import_table(a_table("first"))
    prefixes = [_bundle(sender, number, path) for number, path in enumerate(material.bundles)]
    here = {form[1] for form in receiver.parts.register.forms()}  # both name the writers
    only_sent = [[report for report in prefix if report not in here] for prefix in prefixes]
    (folder / PREFIXES).write_text(json.dumps(only_sent), "utf-8")
    sender.close()
    receiver.close()
    return material


def a_table(name: str, n_rows: int = N_ROWS) -> Submission:
    """Return a table of things that no table of another name has."""
    rows = (
        f"place/{name}-{row},Place {name} {row},{WRITERS},un_agency,\n" for row in range(n_rows)
    )
    content = _HEADER + _WHO + "".join(rows)
    return Submission(name=f"{name}.csv", content=content.encode())


def _bundle(sender: Workspace, number: int, path: Path) -> Sequence[str]:
    for half in ("a", "b"):
        sender.import_table(a_table(f"sent-{number}{half}"))
    Exchange(sender).bundle(path, clearance="confidential")
    return [form[1] for form in sender.parts.register.forms()]
