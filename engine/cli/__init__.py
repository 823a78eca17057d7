"""The commands. Each imports what it needs when it runs, so that ``--help`` costs neither Textual nor NumPy."""

import gc
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 good, 1 problems found, 2 usage."""
    gc.disable()
    from engine.cli.main import main as run

    gc.freeze()  # modules are never garbage, and looking for some among them takes 4 ms
    gc.enable()
    return run(arguments)
