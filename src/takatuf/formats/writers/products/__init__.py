"""Products: the same activities as tables, maps and open formats, for the public or partners."""

from takatuf.formats.writers.products.content import Maker, Products, Response
from takatuf.formats.writers.products.disclosure import Audience
from takatuf.formats.writers.products.geojson import write_geojson
from takatuf.formats.writers.products.geopackage import write_geopackage
from takatuf.formats.writers.products.hxl import write_hxl_csv, write_hxl_json
from takatuf.formats.writers.products.iati import left_out_of_iati, write_iati
from takatuf.formats.writers.products.matrix import (
    write_matrix_csv,
    write_matrix_html,
    write_matrix_xlsx,
)
from takatuf.formats.writers.products.mine_action import risk_education_of, write_imsma
from takatuf.formats.writers.products.prov import write_prov
from takatuf.formats.writers.products.row_ids import split_row_id
from takatuf.formats.writers.products.workbook import write_4w_xlsx, write_form_xlsx

__all__ = [
    "Audience",
    "Maker",
    "Products",
    "Response",
    "left_out_of_iati",
    "risk_education_of",
    "split_row_id",
    "write_4w_xlsx",
    "write_form_xlsx",
    "write_geojson",
    "write_geopackage",
    "write_hxl_csv",
    "write_hxl_json",
    "write_iati",
    "write_imsma",
    "write_matrix_csv",
    "write_matrix_html",
    "write_matrix_xlsx",
    "write_prov",
]
