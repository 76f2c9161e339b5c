"""The styles of a workbook with our marks on top of its own.

A marked style is a copy of the cell's own with another fill. The fill keeps the colour that was
there before as its second colour, so that marks of an earlier round can be taken off again.
"""

from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from takatuf.formats.writers.corrected.parts.package import parse, serialised

FAULT, QUESTION = 1, 2  # kinds of mark; a fault is shown where both are
COLOURS = {FAULT: "FFFFC9A3", QUESTION: "FFBFDDFE"}
_NO_COLOUR = {"indexed": "64"}
PLAIN_STYLES = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs>'
    b"</styleSheet>"
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell of our own sheet looks."""

    bold: bool = False
    size: int = 10
    colour: str = "FF1F2933"
    fill: str = ""
    border: str = ""  # its colour, "" for none
    wrap: bool = True
    centred: bool = False
    is_rtl: bool = False  # read from the right, whatever letters it starts with


@dataclass(slots=True)
class StyleSheet:
    """Styles, to which more are added as they are asked for."""

    root: etree._Element
    space: str  # the name space, in braces
    fills: list[etree._Element]
    styles: list[etree._Element]
    restored: dict[int, int] = field(default_factory=dict)  # of marks of an earlier round
    marked: dict[tuple[int, int], int] = field(default_factory=dict)
    looks: dict[Look, int] = field(default_factory=dict)

    def restyle(self, style: int, kind: int) -> int:
        """Return the style of a cell with a mark (0: without), whatever mark it has now."""
        key = (style, kind)
        if key not in self.marked:
            self.marked[key] = self._restyled(self.restored.get(style, style), kind)
        return self.marked[key]

    def look(self, look: Look) -> int:
        """Return the style for cells of our own sheet."""
        if look not in self.looks:
            self.looks[look] = self._add_look(look)
        return self.looks[look]

    def to_bytes(self) -> bytes:
        """Return the part."""
        return serialised(self.root)

    def _restyled(self, style: int, kind: int) -> int:
        if kind == 0 or style >= len(self.styles):
            return style
        changed = deepcopy(self.styles[style])
        before = _solid_colour(self.fills[int(changed.get("fillId", 0))])
        changed.set("fillId", str(self.add_fill({"rgb": COLOURS[kind]}, before)))
        changed.set("applyFill", "1")
        return self.add_style(changed)

    def add_fill(self, front: dict[str, str], back: dict[str, str]) -> int:
        """Return the number of a new fill; only its front colour is seen."""
        group = _child(self.root, f"{self.space}fills")
        fill = etree.SubElement(group, f"{self.space}fill")
        pattern = etree.SubElement(fill, f"{self.space}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{self.space}fgColor", front)
        etree.SubElement(pattern, f"{self.space}bgColor", back)
        self.fills.append(fill)
        group.set("count", str(len(self.fills)))
        return len(self.fills) - 1

    def add_style(self, style: etree._Element) -> int:
        """Return the number of a new style."""
        group = _child(self.root, f"{self.space}cellXfs")
        group.append(style)
        self.styles.append(style)
        group.set("count", str(len(self.styles)))
        return len(self.styles) - 1

    def _add_look(self, look: Look) -> int:
        style = etree.Element(f"{self.space}xf", numFmtId="0", xfId="0", applyFont="1")
        style.set("fontId", str(self._font(look)))
        style.set("fillId", str(self.add_fill({"rgb": look.fill}, _NO_COLOUR) if look.fill else 0))
        style.set("borderId", str(self._border(look.border)))
        for part in ("Fill", "Border", "Alignment"):
            style.set(f"apply{part}", "1")
        sides = {"vertical": "top", "wrapText": "1" if look.wrap else "0"}
        if look.centred:
            sides["horizontal"] = "center"
        if look.is_rtl:
            sides["readingOrder"] = "2"
        etree.SubElement(style, f"{self.space}alignment", sides)
        return self.add_style(style)

    def _font(self, look: Look) -> int:
        group = _child(self.root, f"{self.space}fonts")
        font = etree.SubElement(group, f"{self.space}font")
        if look.bold:
            etree.SubElement(font, f"{self.space}b")
        etree.SubElement(font, f"{self.space}sz", val=str(look.size))
        etree.SubElement(font, f"{self.space}color", rgb=look.colour)
        etree.SubElement(font, f"{self.space}name", val="Calibri")
        etree.SubElement(font, f"{self.space}family", val="2")
        group.set("count", str(len(group)))
        return len(group) - 1

    def _border(self, colour: str) -> int:
        if not colour:
            return 0
        group = _child(self.root, f"{self.space}borders")
        border = etree.SubElement(group, f"{self.space}border")
        for side in ("left", "right", "top", "bottom"):
            line = etree.SubElement(border, f"{self.space}{side}", style="thin")
            etree.SubElement(line, f"{self.space}color", rgb=colour)
        etree.SubElement(border, f"{self.space}diagonal")
        group.set("count", str(len(group)))
        return len(group) - 1


def read_styles(xml: bytes) -> StyleSheet:
    """Return the styles of a workbook; what an earlier round marked is known by its colour."""
    root = parse(xml)
    space = f"{{{etree.QName(root).namespace}}}"
    fills = list(_child(root, f"{space}fills"))
    sheet = StyleSheet(root, space, fills, list(_child(root, f"{space}cellXfs")))
    plain = {n: _before_mark(fill) for n, fill in enumerate(fills)}
    for number, style in enumerate(tuple(sheet.styles)):
        before = plain.get(int(style.get("fillId", 0)))
        if before is not None:
            restored = deepcopy(style)
            is_plain = before == _NO_COLOUR
            restored.set("fillId", "0" if is_plain else str(sheet.add_fill(before, _NO_COLOUR)))
            sheet.restored[number] = sheet.add_style(restored)
    return sheet


def _before_mark(fill: etree._Element) -> dict[str, str] | None:
    colours = {
        etree.QName(part).localname: _attributes(part) for part in fill.iter() if part.attrib
    }
    if colours.get("fgColor", {}).get("rgb") not in COLOURS.values():
        return None
    return colours.get("bgColor", _NO_COLOUR)


def _solid_colour(fill: etree._Element) -> dict[str, str]:
    pattern = fill[0] if len(fill) else fill
    if pattern.get("patternType") != "solid" or not len(pattern):
        return _NO_COLOUR
    return _attributes(pattern[0])


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _child(root: etree._Element, name: str) -> etree._Element:
    found = root.find(name)
    if found is None:
        message = f"the styles have no {name}"
        raise ValueError(message)
    return found
