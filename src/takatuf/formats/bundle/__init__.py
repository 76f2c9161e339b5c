"""Bundles: a part of a register in one signed file, for another host."""
