"""Ways to find a plan; none knows of another."""
