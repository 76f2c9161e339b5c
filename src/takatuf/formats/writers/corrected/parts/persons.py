"""Names of persons taken out of the properties of a workbook; cells are not touched.

Excel writes them in a dozen places (seen in published files): author, last editor, a sharing
list, comment authors, who refreshed a pivot table, and the folders of a user in addresses.
"""

import re
from collections.abc import Callable

from lxml import etree

from takatuf.formats.writers.corrected.parts.package import Package, parse, serialised

_PERSONAL_TAGS = {"creator", "lastModifiedBy", "Manager", "DisplayName", "AccountId", "AccountType"}
_PERSONAL_PROPERTY = re.compile(
    r"owner|author|editor|shared|creator|manager|person|user|prepared|checked|mail|contact",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(rb"""\s(refreshedBy|userName|lastModifiedBy)\s*=\s*("[^"]+"|'[^']+')""")
_SAVED_AT = re.compile(
    rb"<mc:AlternateContent\b[^>]*>\s*<mc:Choice\b[^>]*>\s*<x15ac:absPath\b[^>]*/>\s*</mc:Choice>"
    rb"\s*</mc:AlternateContent>"
)
_FOLDER = re.compile(rb"((?:/personal/|[/\\]Users[/\\]|%5CUsers%5C))[^/\\\"'<>%]+", re.IGNORECASE)
_PERSON = re.compile(rb"""\s(displayName|userId|name)\s*=\s*("[^"]*"|'[^']*')""")
NOBODY = "Author"  # an author must have some name


def without_persons(package: Package) -> tuple[str, ...]:
    """Take the persons out of the parts; return the names of the parts where there were any."""
    changed = []
    for name in package.names():
        clean = _cleaner_of(name)
        if clean is not None:
            before = package.read(name)
            after = clean(before)
            if after != before:
                package.write(name, after)
                changed.append(name)
    return tuple(changed)


def _cleaner_of(name: str) -> Callable[[bytes], bytes] | None:
    if name.startswith(("docProps/", "customXml/")):
        return _properties if name.endswith(".xml") else None
    if re.match(r"xl/(persons/|revisions/userNames)", name):
        return _person_list
    if re.match(r"xl/comments[^/]*\.xml|xl/comments/[^/]*\.xml", name):
        return _comments
    if re.match(r"xl/(workbook\.xml|connections|pivotCache/|externalLinks/|revisions/)", name):
        return _by_attribute
    return None


def _by_attribute(content: bytes) -> bytes:
    plain = _SAVED_AT.sub(b"", content)
    return _FOLDER.sub(rb"\1removed", _ATTRIBUTES.sub(b"", plain))


def _person_list(content: bytes) -> bytes:
    return _PERSON.sub(lambda found: b" " + found[1] + b'="' + NOBODY.encode() + b'"', content)


def _properties(content: bytes) -> bytes:
    try:
        root = parse(content)
    except etree.XMLSyntaxError:
        return content  # not a property list
    is_changed = False
    for element in list(root.iter("*")):
        if _is_personal(element):
            for inner in element.iter("*"):
                if inner.text and inner.text.strip() and _is_text(inner):
                    inner.text, is_changed = "", True
    return serialised(root) if is_changed else content


def _is_personal(element: etree._Element) -> bool:
    if etree.QName(element).localname in _PERSONAL_TAGS:
        return True
    named = etree.QName(element).localname == "property"
    return named and _PERSONAL_PROPERTY.search(element.get("name", "")) is not None


def _is_text(element: etree._Element) -> bool:
    # A number or a date that is blank would break the part.
    is_typed = "docPropsVTypes" in (etree.QName(element).namespace or "")
    return not is_typed or etree.QName(element).localname in {"lpwstr", "lpstr", "bstr"}


def _comments(content: bytes) -> bytes:
    root = parse(content)
    space = f"{{{etree.QName(root).namespace}}}"
    names = {author.text for author in root.iter(f"{space}author")} - {NOBODY, "Takatuf", "", None}
    if not names:
        return content
    for author in root.iter(f"{space}author"):
        author.text = NOBODY if author.text in names else author.text
    for note in root.iter(f"{space}comment"):
        first = next(note.iter(f"{space}t"), None)
        for name in names:
            if first is not None and (first.text or "").startswith(f"{name}:"):
                first.text = (first.text or "").removeprefix(f"{name}:")
    return serialised(root)
