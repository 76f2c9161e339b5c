"""Who works where, by sector: gaps and overlaps as a table, a workbook or a page."""

from takatuf.formats.writers.products.matrix.cells import Matrix, matrix_cells
from takatuf.formats.writers.products.matrix.writing import (
    write_matrix_csv,
    write_matrix_html,
    write_matrix_xlsx,
)

__all__ = ["Matrix", "matrix_cells", "write_matrix_csv", "write_matrix_html", "write_matrix_xlsx"]
