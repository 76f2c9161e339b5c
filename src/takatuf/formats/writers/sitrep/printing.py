"""Print a situation report as PDF; or as pictures of its pages, to look at."""

from dataclasses import asdict, replace

from takatuf.formats.writers.maps import map_svg
from takatuf.formats.writers.maps.sheet import printable
from takatuf.formats.writers.maps.texts import Texts, apart
from takatuf.formats.writers.maps.typesetting import typeset_pdf, typeset_pictures
from takatuf.formats.writers.sitrep.content import SitrepContent
from takatuf.formats.writers.sitrep.footnotes import DETAILS, Note, NoteGroup
from takatuf.formats.writers.sitrep.view import PACKAGE, view_of

_TEMPLATE = (PACKAGE, "sitrep.typ")
_MAX_PLACES = 60
_MAX_NOTE_LETTERS = 20_000  # of the notes: about three pages
_SECTIONS = ("head", "section", "figure", "missing", "summary", "contested", "access",
             "contacts", "rows", "foot", "list")  # fmt: skip


def write_sitrep_pdf(content: SitrepContent) -> bytes:
    """Return the report as PDF on A4, the same bytes for the same content.

    The notes fill some three pages at most and say how many rows they leave out.

    Raises:
        UnavailableError: The extra ``pdf`` is not installed.
        ValueError: There are no texts in the content's language.
    """
    return typeset_pdf(_TEMPLATE, _shown(content), content.known)


def sitrep_pictures(content: SitrepContent, ppi: float = 100.0) -> list[bytes]:
    """Return the pages of the report as PNG pictures with so many points to the inch.

    Raises:
        UnavailableError: The extra ``pdf`` is not installed.
        ValueError: There are no texts in the content's language.
    """
    return typeset_pictures(_TEMPLATE, _shown(content), ppi)


def _shown(content: SitrepContent) -> dict[str, object]:
    words = Texts(PACKAGE, content.language)
    shown: dict[str, object] = {}
    for detail in DETAILS:
        view = view_of(content, replace(detail, max_places=_MAX_PLACES))
        notes = [{"number": note.number, "text": _note(note, words)} for note in view.notes]
        file_line = words("rows.file", file=view.file) if view.file else ""
        shown = asdict(view) | {"notes": notes, "file_line": file_line}
        if sum(len(str(note["text"])) for note in notes) <= _MAX_NOTE_LETTERS:
            break
    drawing = map_svg(content.map, "A4", content.language) if content.map else ""
    return shown | {
        "words": {
            f"{section}.{word}": text
            for section in _SECTIONS
            for word, text in words.section(section).items()
        },
        "map_svg": drawing,
        "map_title": printable(content.map.title) if content.map else "",
    }


def _note(note: Note, words: Texts) -> str:
    groups = [_group(group, words) for group in note.groups]
    if note.n_organisations_unlisted:
        groups.append(
            words(
                "rows.more_organisations",
                count=words.number(note.n_organisations_unlisted),
                rows=words.number(note.n_rows_unlisted),
            )
        )
    return words("list.semicolon").join(groups)


def _group(group: NoteGroup, words: Texts) -> str:
    name = group.organisation or words("rows.organisation")
    parts = [apart(name), *([apart(group.file)] if group.file else [])]
    if group.rows:
        parts.append(words("rows.rows", rows=group.rows) + _more(group.n_rows_unlisted, words))
    said = words("list.comma").join(parts)
    if not group.reports:
        return said
    reports = apart(f"[{' '.join(group.reports)}]")
    return f"{said} {reports}{_more(group.n_reports_unlisted, words)}"


def _more(count: int, words: Texts) -> str:
    return f" {words('rows.more', count=words.number(count))}" if count else ""
