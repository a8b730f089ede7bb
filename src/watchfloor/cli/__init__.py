"""The command line: one thin file a command."""

from watchfloor.cli.app import main

__all__ = ["main"]
