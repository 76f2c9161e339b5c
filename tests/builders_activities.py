"""A partner's table of activities as text, and a workspace to take it in."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from takatuf.actions.workbooks.import_workbook import Preview
from takatuf.safeguards.actor import Actor, Role
from takatuf.workspace import Workspace, init
from takatuf.workspace.workbooks import WorkbookDesk

TAGS = {
    "Organisation": "#org+name+reporting",
    "Acronym": "#org+acronym+reporting",
    "Cluster": "#sector+cluster+name",
    "Activity": "#activity+type",
    "Status": "#status",
    "Month": "#date+reported",
    "Governorate": "#adm1+name",
    "Governorate code": "#adm1+code",
    "District": "#adm2+name",
    "District code": "#adm2+code",
    "Reached": "#reached+ind",
    "Donor": "#org+funder+name",
    "Remarks": "#meta+comments",
    "Lat": "#geo+lat",
    "Lon": "#geo+lon",
    "Id": "#meta+id",
}
ROW: Mapping[str, str] = {
    "Organisation": "Hope Relief",
    "Acronym": "HR",
    "Cluster": "WASH",
    "Activity": "Water trucking",
    "Status": "Ongoing",
    "Month": "2024-03",
    "Governorate": "Northland",
    "Governorate code": "XX01",
    "District": "Riverside",
    "District code": "XX0101",
    "Reached": "1200",
    "Donor": "A donor",
}
NOON = datetime(2031, 4, 20, 12, 0, tzinfo=UTC)


def a_row(**changes: str) -> dict[str, str]:
    """Return a good row; a keyword names its column, spaces as underscores."""
    return {**ROW, **{name.replace("_", " "): text for name, text in changes.items()}}


def a_table(*rows: Mapping[str, str]) -> bytes:
    """Return rows as CSV with a header and a row of tags."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerow(TAGS.get(name, "") for name in columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return out.getvalue().encode()


@contextmanager
def a_workspace(folder: Path, actor: Actor | None = None) -> Iterator[Workspace]:
    """Give a workspace whose clock stands still, and close it."""
    made = init(folder / "cluster", "Cluster")
    workspace = Workspace(made.parts, actor or Actor("an officer", Role.OFFICER), lambda: NOON)
    try:
        yield workspace
    finally:
        workspace.close()


def looked_at(
    workspace: Workspace, folder: Path, rows: Sequence[Mapping[str, str]], sender: str = "The desk"
) -> Preview:
    """Return what a table would do."""
    file = folder / "march.csv"
    file.write_bytes(a_table(*rows))
    return WorkbookDesk(workspace).preview(file, organisation=sender)


def taken_in(
    workspace: Workspace, folder: Path, rows: Sequence[Mapping[str, str]], sender: str = "The desk"
) -> Preview:
    """Take a table in, and return what it was seen to do."""
    preview = looked_at(workspace, folder, rows, sender)
    WorkbookDesk(workspace).store(preview)
    return preview
