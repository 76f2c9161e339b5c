"""A workbook as a package of parts (Open Packaging Conventions, ISO/IEC 29500-2).

Parts that nobody writes to come out as they went in, byte for byte.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_DATE_OF_NEW_PARTS: Final = (1980, 1, 1, 0, 0, 0)  # the same bytes on every day


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another."""

    id: str
    type: str  # its last word: "worksheet", "comments"
    target: str  # the name of the part; an address if it lies outside


@dataclass(slots=True)
class Package:
    """The parts of a workbook by name, and the changes to them."""

    zipped: zipfile.ZipFile
    changed: dict[str, bytes] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    def names(self) -> list[str]:
        """Return the names of all parts, in the order of the file; new ones last."""
        old = [name for name in self.zipped.namelist() if name not in self.removed]
        return list(dict.fromkeys([*old, *self.changed]))

    def read(self, name: str) -> bytes:
        """Return a part as it stands now."""
        return self.changed[name] if name in self.changed else self.zipped.read(name)

    def write(self, name: str, content: bytes) -> None:
        """Replace a part, or add one."""
        self.changed[name] = content

    def remove(self, name: str) -> None:
        """Leave a part out."""
        self.changed.pop(name, None)
        self.removed.add(name)

    def relationships(self, part: str = "") -> list[Relationship]:
        """Return the links of a part, or of the whole package."""
        name = rels_name(part)
        if name not in self.names():
            return []
        return [
            Relationship(
                link.get("Id", ""),
                link.get("Type", "").rpartition("/")[2],
                _target(part, link.get("Target", ""), link.get("TargetMode", "")),
            )
            for link in parse(self.read(name)).iter(f"{{{_RELATIONSHIPS}}}Relationship")
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Link a part to another, with a type from its full name; return the link's id."""
        name = rels_name(part)
        empty = f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()
        root = parse(self.read(name) if name in self.names() else empty)
        taken = {link.get("Id") for link in root}
        link_id = next(f"rIdT{n}" for n in range(1, len(taken) + 2) if f"rIdT{n}" not in taken)
        address = posixpath.relpath(target, posixpath.dirname(part) or ".")
        etree.SubElement(
            root, f"{{{_RELATIONSHIPS}}}Relationship", Id=link_id, Type=kind, Target=address
        )
        self.write(name, serialised(root))
        return link_id

    def declare(self, part: str, media_type: str) -> None:
        """Say of which type a new part is."""
        root = parse(self.read(_CONTENT_TYPES))
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=media_type)
        self.write(_CONTENT_TYPES, serialised(root))

    def undeclare(self, prefix: str) -> None:
        """Take back the types of parts whose names start so."""
        root = parse(self.read(_CONTENT_TYPES))
        for declared in list(root):
            if declared.get("PartName", "").startswith(f"/{prefix}"):
                root.remove(declared)
        self.write(_CONTENT_TYPES, serialised(root))

    def unrelate(self, part: str, prefix: str) -> None:
        """Take away the links of a part to parts whose names start so."""
        gone = {link.id for link in self.relationships(part) if link.target.startswith(prefix)}
        root = parse(self.read(rels_name(part)))
        for link in list(root):
            if link.get("Id") in gone:
                root.remove(link)
        self.write(rels_name(part), serialised(root))

    def to_bytes(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
            for name in self.names():
                written.writestr(self._entry(name), self.read(name))
        return out.getvalue()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        if name in self.zipped.NameToInfo:
            old = self.zipped.getinfo(name)
            entry = zipfile.ZipInfo(name, old.date_time)
            entry.compress_type = min(old.compress_type, zipfile.ZIP_DEFLATED)
            return entry
        entry = zipfile.ZipInfo(name, _DATE_OF_NEW_PARTS)
        entry.compress_type = zipfile.ZIP_DEFLATED
        return entry


def open_package(content: bytes) -> Package:
    """Open a workbook whose size `read_book` has found to be within bounds."""
    return Package(zipfile.ZipFile(io.BytesIO(content)))


def rels_name(part: str) -> str:
    """Return the name of the part that holds the links of a part."""
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def parse(content: bytes) -> etree._Element:
    """Return the root of a small part; nothing outside it is looked up."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def serialised(root: etree._Element) -> bytes:
    """Return a part's bytes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _target(part: str, target: str, mode: str) -> str:
    if mode == "External":
        return target
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
