"""The parts of an Office Open XML workbook that marks, comments and a new sheet touch."""
