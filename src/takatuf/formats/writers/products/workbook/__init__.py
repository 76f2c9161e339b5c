"""Workbooks: the 4W as a sheet that partners read, correct and send back."""

from takatuf.formats.writers.products.workbook.activity_book import write_4w_xlsx, write_form_xlsx

__all__ = ["write_4w_xlsx", "write_form_xlsx"]
