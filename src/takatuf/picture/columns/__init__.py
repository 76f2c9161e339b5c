"""The picture by columns: the same answers as the plain fold, for registers of any size."""

from takatuf.picture.columns.folding import fold_columns, redact_columns
from takatuf.picture.columns.reading import ColumnPicture
from takatuf.picture.columns.table import ClaimTable

__all__ = ["ClaimTable", "ColumnPicture", "fold_columns", "redact_columns"]
