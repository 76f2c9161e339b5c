"""Mine action: the minimum data tables that a national information system takes in."""

from takatuf.formats.writers.products.mine_action.risk_education import risk_education_of
from takatuf.formats.writers.products.mine_action.tables import write_imsma

__all__ = ["risk_education_of", "write_imsma"]
