"""Map layers as tables: attributes as they are, and each geometry as the place of its centre."""
