"""Every cell of a file as the reader sees it, hidden sheets too."""

from collections.abc import Iterator, Sequence

from takatuf.activities.tables import Visibility
from takatuf.formats.readers.workbooks.archive import Archive
from takatuf.formats.readers.workbooks.book import DEFAULT_LIMITS, FileKind
from takatuf.formats.readers.workbooks.grids import Grid
from takatuf.formats.readers.workbooks.kinds import kind_of
from takatuf.formats.readers.workbooks.ods import read_ods
from takatuf.formats.readers.workbooks.text_files import read_text_file
from takatuf.formats.readers.workbooks.xls import read_xls
from takatuf.formats.readers.workbooks.xlsx.reading import read_xlsx


def grids_of(content: bytes, name: str, only: Sequence[str] = ()) -> Iterator[tuple[str, Grid]]:
    """Yield each sheet of a file with cells, with its name; a text file has one without a name.

    Args:
        content: The file, which `read_book` has read.
        name: What the sender calls it.
        only: The sheets wanted, () for all.

    Raises:
        InputError: `read_book` refuses the file, too.
    """

    def is_wanted(sheet: str, _visibility: Visibility) -> bool:
        return not only or sheet in only

    kind, limits = kind_of(content, name, DEFAULT_LIMITS), DEFAULT_LIMITS
    if kind is FileKind.TEXT:
        yield "", read_text_file(content, name, "", limits).grid
        return
    if kind is FileKind.XLSX:
        sheets = read_xlsx(Archive(content, name, limits), name, limits, is_wanted)
    elif kind is FileKind.ODS:
        sheets = read_ods(Archive(content, name, limits), name, limits, is_wanted)
    elif kind is FileKind.XLS:
        sheets = read_xls(content, name, limits, is_wanted)
    else:
        return
    yield from ((sheet, grid) for sheet, _, grid in sheets if grid is not None)
