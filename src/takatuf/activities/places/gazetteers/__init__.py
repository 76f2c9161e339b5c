"""Lists of places: made of tables, kept as text, and ready to look up in."""
