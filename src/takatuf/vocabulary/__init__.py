"""Words that all other parts share; imports nothing of ours."""
