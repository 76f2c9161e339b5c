"""The Python interface: the verbs of the command line as methods of a workspace."""

from takatuf.workspace.demonstration import demo
from takatuf.workspace.workspace import Workspace, init, open_workspace

__all__ = ["Workspace", "demo", "init", "open_workspace"]
