"""IATI 2.03: activities as the International Aid Transparency Initiative publishes them."""

from takatuf.formats.writers.products.iati.document import write_iati
from takatuf.formats.writers.products.iati.gathering import left_out_of_iati

__all__ = ["left_out_of_iati", "write_iati"]
