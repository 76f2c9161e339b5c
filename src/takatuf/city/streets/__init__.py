"""Streets: the real road graph, what blocks it, who reaches what, and how long it takes."""
