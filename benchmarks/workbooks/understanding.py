"""From the bytes of a file to its faults and questions, as an import does it; nothing is stored."""

from takatuf.actions.workbooks.understanding import Known, Understood, understand
from takatuf.formats.readers.workbooks import Book, read_book

__all__ = ["Known", "Understood", "understood"]


def understood(content: bytes, name: str, known: Known) -> tuple[Book, tuple[Understood, ...]]:
    """Return the file, and each of its tables after all steps."""
    book = read_book(content, name)
    return book, tuple(understand(table, known, name) for table in book.tables)
