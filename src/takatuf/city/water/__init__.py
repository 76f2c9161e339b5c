"""Water: the network, the zones it serves, and what its hydraulics make of a plan."""
