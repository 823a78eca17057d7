"""Processes started by benchmarks: what they inherit, with compiled modules kept outside the checkout."""

import atexit
import os
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def scratch() -> Path:
    """A folder that goes when this process ends."""
    folder = tempfile.TemporaryDirectory(prefix="peephole-benchmark-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def environment(home: str = "home") -> Mapping[str, str]:
    """This process's environment, made like a learner's: modules are compiled once, one thread, a home of its own.

    The first process compiles; time none before it has ended. ``home`` is a name, the same one the same folder.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "PYTHONPYCACHEPREFIX": str(scratch() / "compiled"),
        "PEEPHOLE_HOME": str(scratch() / home),
        "OPENBLAS_NUM_THREADS": "1",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def python(*arguments: str) -> list[str]:
    """The command that runs this Python with ``arguments``."""
    return [sys.executable, *arguments]
