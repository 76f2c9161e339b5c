"""XML of a part, read without harm: no entity, no document type, nothing fetched."""

import re

from lxml import etree

from takatuf.formats.readers.workbooks.refusals import broken, refused

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_DIGITS = 7
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_MAX_SCALAR = 0x10FFFF


def in_utf8(content: bytes, where: str) -> bytes:
    """Return a part that declares no entity, in UTF-8.

    Raises:
        InputError: It declares a document type or an entity.
    """
    mark = _MARKS.get(content[:2])
    if mark:
        text = content.decode(mark, "replace").replace("\x00", "")
        content = re.sub(r"^\s*<\?xml.*?\?>", "", text, flags=re.DOTALL).encode("utf-8", "replace")
    refuse_entities(content, where)
    return content


def refuse_entities(content: bytes, where: str) -> None:
    """Return if no entity and no document type is declared.

    Raises:
        InputError: One is.
    """
    for sign in (b"<!DOCTYPE", b"<!ENTITY"):
        if sign in content:
            expected = "XML without declarations, as a spreadsheet program writes it"
            found = f"a declaration {sign.decode()}"
            raise refused("workbook.xml-entities", where, found, expected)


def parsed(content: bytes, where: str) -> etree._Element:
    """Return the root element of a part.

    Raises:
        InputError: It is no well-formed XML, or declares entities.
    """
    content = in_utf8(content, where)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(where, f"XML that is broken ({error})") from None
    if root is None:
        raise broken(where, "no XML")
    return root


def whole_number(text: str | None, otherwise: int) -> int:
    """Return the number that an attribute states; otherwise where it states none, or a giant."""
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS
    return int(text) if is_number and text else otherwise


def unescaped(text: str) -> str:
    """Return a text of XML with its five named and its numbered signs as letters."""
    return _ENTITY.sub(_sign, text) if "&" in text else text


def plain(text: str) -> str:
    """Return a text of a spreadsheet with its escaped signs (``_x000D_``) as letters."""
    return _ESCAPED.sub(lambda found: _letter(int(found[1], 16)), text) if "_x" in text else text


def _sign(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    return _letter(int(decimal) if decimal else int(hexadecimal, 16))


def _letter(number: int) -> str:
    is_letter = 0 < number <= _MAX_SCALAR and not 0xD800 <= number <= 0xDFFF  # noqa: PLR2004
    return chr(number) if is_letter else "\ufffd"
