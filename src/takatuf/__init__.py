"""Takatuf: one shared picture and one joint plan for restoring a war-damaged city.

The verbs of the command line are the methods of a `Workspace`:

    import takatuf

    takatuf.demo("demo/aleppo-2017")
    workspace = takatuf.open_workspace("demo/aleppo-2017")
    workspace.show("Aleppo city", at="2017-06-14")
"""

from takatuf.workspace import Workspace, demo, init, open_workspace

__all__ = ["Workspace", "demo", "init", "open_workspace"]
