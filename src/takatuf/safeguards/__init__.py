"""Who may see and do what: actors, permissions, and what may be disclosed."""
