"""The parts of the proof that no plan can be better than so much."""
