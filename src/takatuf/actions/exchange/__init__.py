"""What is exchanged between hosts, and what can be checked of it: bundles, keys, the chain."""
