"""Values: dates, months, numbers and texts of a table, read by columns.

The frame holds what a cell was taken for, `entered` what it says; nothing is repaired silently.
"""
