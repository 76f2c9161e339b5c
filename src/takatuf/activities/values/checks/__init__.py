"""Checks between the cells of one row: sums, rules of a response, lists that repeat themselves."""
