"""Comments of a sheet: those that were there stay, ours are added and known by their author.

A comment is two things: its text in one part, and the box it stands in, drawn in VML, in another
(ISO/IEC 29500-4, 9). The VML is spliced, never parsed: Excel's own is not always XML.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from takatuf.formats.writers.corrected.parts.letters import reference_of, row_and_column
from takatuf.formats.writers.corrected.parts.package import parse, serialised

AUTHOR = "Takatuf"
RULE = "\n———— Takatuf ————\n"  # stands between a comment of the sender and our addition
NO_COMMENTS = (
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<authors/><commentList/></comments>"
)
NO_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml"'
    b' xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data=""/></o:shapelayout>'
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    b' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPES_PER_BLOCK = 1024
_BOX_COLUMNS, _BOX_ROWS = 4, 9
_DATA = re.compile(rb"""(<o:idmap\b[^>]*?\bdata\s*=\s*["'])([0-9,\s]*)(["'])""")
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_ROW = re.compile(rb"<x:Row>\s*([0-9]+)\s*</x:Row>")
_COLUMN = re.compile(rb"<x:Column>\s*([0-9]+)\s*</x:Column>")

Cell = tuple[int, int]  # row and column, from 1


@dataclass(frozen=True, slots=True)
class Written:
    """The texts of a sheet's comments with ours among them."""

    comments: bytes
    drawn: tuple[Cell, ...]  # cells that need a box
    undrawn: tuple[Cell, ...]  # cells whose box goes, as our comment of an earlier round goes


def write_comments(comments: bytes, texts: Mapping[Cell, str]) -> Written:
    """Add texts to the comments of a sheet; what an earlier round added is taken out first."""
    root = parse(comments)
    space = f"{{{etree.QName(root).namespace}}}"
    listed = root.find(f"{space}commentList")
    if listed is None:
        listed = etree.SubElement(root, f"{space}commentList")
    before = _take_ours_out(root, listed, space)
    own = _author(root, space)
    standing = {row_and_column(note.get("ref", "A1")): note for note in listed}
    for cell, text in texts.items():
        if cell in standing:
            _append_text(standing[cell], space, RULE + text)
        else:
            _add_comment(listed, space, cell, own, text)
    drawn = tuple(cell for cell in texts if cell not in standing and cell not in before)
    undrawn = tuple(cell for cell in before if cell not in texts)
    return Written(serialised(root), drawn, undrawn)


def draw_boxes(drawing: bytes, written: Written, block: int, *, is_rtl: bool) -> bytes:
    """Return the drawing with a box for each new comment, and without those that are gone.

    Args:
        drawing: The VML of the sheet.
        written: What the comments are now.
        block: The first block of shape numbers that no drawing of the workbook uses.
        is_rtl: Whether the comments are read from right to left.
    """
    gone = set(written.undrawn)
    kept = _SHAPE.sub(lambda shape: b"" if _cell_of(shape[0]) in gone else shape[0], drawing)
    n_blocks = -(-len(written.drawn) // (_SHAPES_PER_BLOCK - 1))
    blocks = ",".join(str(block + n) for n in range(n_blocks)).encode()
    if blocks:
        kept = _DATA.sub(
            lambda data: data[1] + b",".join(filter(None, (data[2].strip(), blocks))) + data[3],
            kept,
            count=1,
        )
    shapes = "".join(
        _shape(cell, _shape_number(block, n), is_rtl=is_rtl) for n, cell in enumerate(written.drawn)
    )
    end = kept.rfind(b"</xml>")
    return kept[:end] + shapes.encode() + kept[end:]


def blocks_in(drawing: bytes) -> list[int]:
    """Return the blocks of shape numbers that a drawing uses."""
    found = _DATA.search(drawing)
    return [int(block) for block in found[2].split(b",") if block.strip()] if found else []


def _take_ours_out(root: etree._Element, listed: etree._Element, space: str) -> tuple[Cell, ...]:
    names = [name.text for name in root.iter(f"{space}author")]
    ours = []
    for note in list(listed):
        author = int(note.get("authorId", 0))
        if author < len(names) and names[author] == AUTHOR:
            ours.append(row_and_column(note.get("ref", "A1")))
            listed.remove(note)
        else:
            _cut_addition(note, space)
    return tuple(ours)


def _cut_addition(note: etree._Element, space: str) -> None:
    is_cut = False
    for text in note.iter(f"{space}t"):
        whole = text.text or ""
        start = whole.find(RULE.strip())
        if is_cut:
            text.text = ""
        elif start >= 0:
            text.text, is_cut = whole[:start].rstrip("\n"), True


def _author(root: etree._Element, space: str) -> int:
    authors = root.find(f"{space}authors")
    if authors is None:
        authors = etree.Element(f"{space}authors")
        root.insert(0, authors)
    names = [name.text for name in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{space}author").text = AUTHOR
    return names.index(AUTHOR) if AUTHOR in names else len(names)


def _add_comment(listed: etree._Element, space: str, cell: Cell, author: int, text: str) -> None:
    note = etree.SubElement(
        listed, f"{space}comment", ref=reference_of(*cell), authorId=str(author), shapeId="0"
    )
    etree.SubElement(note, f"{space}text")
    _append_text(note, space, text)


def _append_text(note: etree._Element, space: str, text: str) -> None:
    holder = note.find(f"{space}text")
    if holder is None:
        holder = etree.SubElement(note, f"{space}text")
    plain = holder.find(f"{space}t")
    if plain is not None:  # a text without runs: make it the first run
        holder.remove(plain)
        etree.SubElement(holder, f"{space}r").append(plain)
    run = etree.SubElement(holder, f"{space}r")
    looks = etree.SubElement(run, f"{space}rPr")
    etree.SubElement(looks, f"{space}sz", val="9")
    etree.SubElement(looks, f"{space}color", indexed="81")
    etree.SubElement(looks, f"{space}rFont", val="Tahoma")
    etree.SubElement(looks, f"{space}family", val="2")
    words = etree.SubElement(run, f"{space}t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _cell_of(shape: bytes) -> Cell | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None


def _shape_number(block: int, n: int) -> int:
    block_of, within = divmod(n, _SHAPES_PER_BLOCK - 1)
    return (block + block_of) * _SHAPES_PER_BLOCK + within + 1


def _shape(cell: Cell, number: int, *, is_rtl: bool) -> str:
    row, column = cell[0] - 1, cell[1] - 1
    top = max(row - 1, 0)
    anchor = f"{column + 1},15,{top},4,{column + 1 + _BOX_COLUMNS},15,{top + _BOX_ROWS},4"
    way = "text-align:right;direction:rtl" if is_rtl else "text-align:left"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        'margin-left:59pt;margin-top:1pt;width:260pt;height:130pt;z-index:1;visibility:hidden"'
        ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        f'<v:textbox style="mso-direction-alt:auto"><div style="{way}"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
