"""What a reader can ask of the picture: a thing, contradictions, doubts, records, changes."""
