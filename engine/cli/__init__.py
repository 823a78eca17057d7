"""The commands. Each imports what it needs when it runs, so that ``--help`` costs neither Textual nor NumPy."""

from engine.cli.main import main

__all__ = ["main"]
