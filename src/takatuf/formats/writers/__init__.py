"""From our types to files that people and machines read."""
