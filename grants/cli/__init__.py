"""The command line. Only this package knows click; each command calls one service."""

from grants.cli.main import main

__all__ = ["main"]
