"""In which order to repair networks that carry flows and need one another."""

from takatuf.planning.flows.network import Damage, FlowNetwork
from takatuf.planning.flows.restoring import Restoration, restore

__all__ = ["Damage", "FlowNetwork", "Restoration", "restore"]
