"""Where a product comes from, as W3C PROV in JSON: product, activities, reports, organisations.

Entities are the product, the activities in it and the reports that they rest on; activities in
the sense of PROV are the export and the imports; agents are organisations, never persons.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import polars as pl

from takatuf.formats.writers.products.about import about_json
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.hxl import write_hxl_csv

_PREFIXES = {
    "thing": "urn:takatuf:thing:",
    "report": "urn:takatuf:report:",
    "product": "urn:takatuf:product:",
    "step": "urn:takatuf:step:",
    "named": "urn:takatuf:named:",
    "takatuf": "urn:takatuf:",
}
_NEEDED = {
    "activity": None, "report": "", "received_at": "", "reporting_organisation": "",
    "reporting_organisation_id": "", "attested_by": "", "activity_type": "",
}  # fmt: skip
_BETWEEN_NAMES = "; "


@dataclass(slots=True)
class _Record:
    """A PROV document while it is gathered."""

    nodes: dict[str, dict[str, dict[str, object]]] = field(default_factory=dict)
    links: dict[str, set[tuple[tuple[str, str], ...]]] = field(default_factory=dict)

    def node(self, kind: str, name: str, **attributes: object) -> str:
        said = {_attribute(word): value for word, value in attributes.items() if value}
        self.nodes.setdefault(kind, {}).setdefault(name, {}).update(said)
        return name

    def link(self, kind: str, **ends: str) -> None:
        self.links.setdefault(kind, set()).add(tuple(ends.items()))

    def organisation(self, identity: str, name: str) -> str:
        key = f"thing:{identity}" if identity else f"named:{quote(name, safe='')}"
        self.node("agent", key, label=name)
        self.nodes["agent"][key]["prov:type"] = {"$": "prov:Organization", "type": "xsd:QName"}
        return key


def _attribute(word: str) -> str:
    return "prov:label" if word == "label" else f"takatuf:{word}"


def write_prov(products: Products) -> bytes:
    """Return the provenance of a product as PROV-JSON (W3C submission, 2013), UTF-8.

    A report is attributed to an organisation where the row rests on one report only: of several
    the rows do not say whose is which, so the activity is attributed to all who attest it.
    """
    record = _Record()
    digest = hashlib.sha256(write_hxl_csv(products)).hexdigest()
    product = record.node(
        "entity", f"product:{digest[:16]}", sha256_of_hxl=digest, **about_json(products)
    )
    export = record.node("activity", f"step:export/{digest[:16]}")
    maker = record.organisation("", products.made_by.name)
    record.link("wasGeneratedBy", entity=product, activity=export)
    record.link("wasAssociatedWith", activity=export, agent=maker)
    record.link("wasAttributedTo", entity=product, agent=maker)
    for row in _rows(products.frame):
        _put_row(record, row, product, export)
    return _document(record)


def _rows(frame: pl.DataFrame) -> list[dict[str, str]]:
    given = [word for word in _NEEDED if word in frame.columns]
    rows = frame.select(pl.col(given).fill_null("")).to_dicts() if given else []
    number = "row/{}".format
    return [
        {
            word: str(row.get(word, "")) or (number(n) if word == "activity" else "")
            for word in _NEEDED
        }
        for n, row in enumerate(rows, 1)
    ]


def _put_row(record: _Record, row: Mapping[str, str], product: str, export: str) -> None:
    activity = record.node("entity", f"thing:{row['activity']}", activity_type=row["activity_type"])
    record.link("used", activity=export, entity=activity)
    record.link("wasDerivedFrom", generatedEntity=product, usedEntity=activity)
    agents = _reporters(record, row)
    for agent in agents:
        record.link("wasAttributedTo", entity=activity, agent=agent)
    for name in filter(None, row["attested_by"].split(_BETWEEN_NAMES)):
        if name != row["reporting_organisation"]:
            agent = record.organisation("", name)
            record.link("wasAttributedTo", entity=activity, agent=agent)
    reports = row["report"].split()
    for report in reports:
        entity = record.node("entity", f"report:{report}")
        record.link("wasDerivedFrom", generatedEntity=activity, usedEntity=entity)
        if len(reports) == len(agents) == 1:
            _put_import(record, entity, agents[0], row["received_at"])


def _reporters(record: _Record, row: Mapping[str, str]) -> list[str]:
    """Who reports the row, by identity where known; several may stand in one cell."""
    name, identities = row["reporting_organisation"], row["reporting_organisation_id"].split()
    if len(identities) > 1:
        return [record.organisation(identity, "") for identity in identities]
    return [record.organisation("".join(identities), name)] if name or identities else []


def _put_import(record: _Record, report: str, agent: str, received_at: str) -> None:
    record.link("wasAttributedTo", entity=report, agent=agent)
    if received_at:
        name = f"step:import/{quote(agent.partition(':')[2], safe='/%')}/{quote(received_at)}"
        step = record.node("activity", name)
        record.nodes["activity"][step]["prov:endTime"] = received_at
        record.link("wasGeneratedBy", entity=report, activity=step)
        record.link("wasAssociatedWith", activity=step, agent=agent)


def _document(record: _Record) -> bytes:
    document: dict[str, object] = {"prefix": _PREFIXES, **record.nodes}
    for kind, links in sorted(record.links.items()):
        document[kind] = {
            f"_:{kind}{n}": {f"prov:{end}": name for end, name in ends}
            for n, ends in enumerate(sorted(links), 1)
        }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
