"""A plan for a whole real city, built from its geodata and from assumptions that are printed."""
