"""The documents; `docs.generate` writes those pages of the reference that follow from the code."""
