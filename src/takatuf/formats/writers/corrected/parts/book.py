"""The list of sheets of a workbook: which part holds which, and how one is put in front."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from takatuf.formats.writers.corrected.findings import SHEET_NAME
from takatuf.formats.writers.corrected.parts.package import Package, parse, rels_name, serialised
from takatuf.formats.writers.corrected.parts.placing import unselected
from takatuf.formats.writers.corrected.parts.styles import PLAIN_STYLES

_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_MEDIA = "application/vnd.openxmlformats-officedocument"
_OUR_PART = "xl/worksheets/takatuf.xml"


@dataclass(slots=True)
class Book:
    """The parts of a workbook by what they are."""

    package: Package
    part: str  # of the list of sheets
    root: etree._Element
    parts: dict[str, str]  # the name of a sheet -> its part, in order
    styles: str  # the part of the styles

    @property
    def relations(self) -> str:
        """What the full names of types of links start with."""
        if self._space == f"{{{_STRICT}}}":
            return "http://purl.oclc.org/ooxml/officeDocument/relationships"
        return "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    @property
    def _space(self) -> str:
        return f"{{{etree.QName(self.root).namespace}}}"

    def add_front_sheet(self, content: bytes) -> None:
        """Put our sheet before all others and open the workbook there."""
        for part in self.parts.values():
            sheet = self.package.read(part)
            alone = unselected(sheet)
            if alone != sheet:
                self.package.write(part, alone)
        if f"{{{_STRICT}}}" == self._space:
            content = content.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", _STRICT.encode()
            )
        part = free_name(self.package, _OUR_PART)
        self.package.write(part, content)
        self.package.declare(part, f"{_MEDIA}.spreadsheetml.worksheet+xml")
        link = self.package.relate(self.part, f"{self.relations}/worksheet", part)
        self._list_first(link)
        self.package.write(self.part, serialised(self.root))
        self._forget_titles()

    def _list_first(self, link: str) -> None:
        sheets = self._child("sheets")
        taken = [int(sheet.get("sheetId", 0)) for sheet in sheets]
        ours = etree.Element(f"{self._space}sheet", name=SHEET_NAME, sheetId=str(max(taken) + 1))
        ours.set(f"{{{self.relations}}}id", link)
        sheets.insert(0, ours)
        for name in self.root.iter(f"{self._space}definedName"):
            if "localSheetId" in name.attrib:
                name.set("localSheetId", str(int(name.get("localSheetId", 0)) + 1))
        for view in self.root.iter(f"{self._space}workbookView"):
            view.set("activeTab", "0")
            view.set("firstSheet", "0")

    def _child(self, name: str) -> etree._Element:
        found = self.root.find(f"{self._space}{name}")
        if found is None:
            message = f"the workbook has no {name}"
            raise ValueError(message)
        return found

    def _forget_titles(self) -> None:
        # The list of titles in the properties would be wrong now; it is optional.
        name = "docProps/app.xml"
        if name not in self.package.names():
            return
        root = parse(self.package.read(name))
        for titles in list(root):
            if etree.QName(titles).localname in {"HeadingPairs", "TitlesOfParts"}:
                root.remove(titles)
        self.package.write(name, serialised(root))


def open_book(package: Package) -> Book:
    """Return the workbook of a package, without the sheet that an earlier round put in front.

    Raises:
        ValueError: The package has no list of sheets; `read_book` refuses such a file.
    """
    part = next(link.target for link in package.relationships() if link.type == "officeDocument")
    root = parse(package.read(part))
    links = {link.id: link for link in package.relationships(part)}
    styles = next((link.target for link in links.values() if link.type == "styles"), "")
    book = Book(package, part, root, {}, styles)
    if not styles:
        book.styles = _add_styles(book)
    for name, link_id in tuple(_listed(book)):
        link = links.get(link_id)
        if name == SHEET_NAME:
            _take_out(book, link.target if link else "", link_id)
        elif link and link.type == "worksheet":
            book.parts[name] = link.target
    return book


def free_name(package: Package, wanted: str) -> str:
    """Return a name like ``wanted`` that no part has yet."""
    stem, _, ending = wanted.rpartition(".")
    taken = {name.lower() for name in package.names()}
    names = (f"{stem}{n or ''}.{ending}" for n in range(len(taken) + 1))
    return next(name for name in names if name.lower() not in taken)


def _listed(book: Book) -> Iterator[tuple[str, str]]:
    for sheet in book.root.iter("{*}sheet"):
        link = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
        yield sheet.get("name", ""), str(link)


def _add_styles(book: Book) -> str:
    part = free_name(book.package, "xl/styles.xml")
    book.package.write(part, PLAIN_STYLES)
    book.package.declare(part, f"{_MEDIA}.spreadsheetml.styles+xml")
    book.package.relate(book.part, f"{book.relations}/styles", part)
    return part


def _take_out(book: Book, part: str, link_id: str) -> None:
    sheets = list(book.root.iter("{*}sheet"))
    position = next(n for n, sheet in enumerate(sheets) if sheet.get("name") == SHEET_NAME)
    holder = sheets[position].getparent()
    if holder is not None:
        holder.remove(sheets[position])
    for name in list(book.root.iter("{*}definedName")):
        local = int(name.get("localSheetId", -1))
        if local == position:
            _remove(name)
        elif local > position:
            name.set("localSheetId", str(local - 1))
    for gone in (part, rels_name(part)):
        book.package.remove(gone)
    book.package.undeclare(part)
    links = parse(book.package.read(rels_name(book.part)))
    for link in list(links):
        if link.get("Id") == link_id:
            links.remove(link)
    book.package.write(rels_name(book.part), serialised(links))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
