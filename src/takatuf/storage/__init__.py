"""Stores behind the protocols that the topics own; only the wiring picks one."""
