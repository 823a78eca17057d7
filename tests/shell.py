"""The commands as a shell runs them, for tests of more than one file."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def peephole(home: Path, *arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run one command in English, with its own home."""
    return subprocess.run(
        [sys.executable, "-m", "engine", *map(str, arguments)],
        input=given, capture_output=True, check=False, cwd=ROOT, timeout=120,
        env={**os.environ, "PEEPHOLE_HOME": str(home), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip


def said(done: subprocess.CompletedProcess[bytes]) -> tuple[int, str, str]:
    """The exit code, stdout and stderr."""
    return done.returncode, done.stdout.decode(), done.stderr.decode()
