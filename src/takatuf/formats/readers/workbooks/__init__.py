"""Read partners' files of any format into tables: workbooks, text, JSON and map layers."""

from takatuf.formats.readers.workbooks.book import DEFAULT_LIMITS, Book, FileKind, Limits
from takatuf.formats.readers.workbooks.reading import read_book

__all__ = ["DEFAULT_LIMITS", "Book", "FileKind", "Limits", "read_book"]
