"""A process in a pseudo-terminal, and when what came onto its screen.

Other people's programs run on the same machine. On Linux the kernel counts for how long a thread was ready but had to
wait for a processor; this much of the process's main thread, and of the one that watches it, is left out.
"""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from tests.benchmarks.children import ROOT

PATIENCE = 60.0
_STYLE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][AB0]|[=>78]|P[^\x1b]*\x1b\\)")


class Terminal:
    """80×24 cells around a process. ``started`` is its clock just before."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.started = time.perf_counter() - _kept_waiting("self")
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=_own_the_terminal,
        )
        os.close(slave)
        self._raw = b""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    @property
    def text(self) -> str:
        """What was drawn since the last key, without its styles and places."""
        return _STYLE.sub(b"", self._raw).decode("utf-8", "replace")

    def clock(self) -> float:
        """Seconds that go by for the process: without those in which others had its processor."""
        return time.perf_counter() - _kept_waiting("self") - _kept_waiting(str(self._process.pid))

    def press(self, key: str, shows: Callable[[str], bool]) -> float:
        """Write ``key``; the seconds until what is drawn after it ``shows`` that it was taken."""
        self.settle(0)
        self._raw = b""
        start = self.clock()
        os.write(self._master, key.encode())
        return self.wait(shows) - start

    def wait(self, shows: Callable[[str], bool]) -> float:
        """The :meth:`clock` when what was drawn since the last key ``shows`` it; TimeoutError if it never does."""
        deadline = time.perf_counter() + PATIENCE
        while True:
            if self._read(0.5):
                arrived = self.clock()
                if shows(self.text):
                    return arrived
            if time.perf_counter() > deadline:
                raise TimeoutError(f"it never came; there was:\n{self.text[-2000:]}")

    def settle(self, quiet: float) -> None:
        """Take what comes until nothing came for ``quiet`` seconds."""
        while self._read(quiet):
            pass

    def watch(self, seconds: float) -> None:
        """Take what comes for ``seconds``."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the process has ended
            raise TimeoutError(f"it ended; there was:\n{self.text[-2000:]}") from None
        self._raw += data
        return bool(data)


def _own_the_terminal() -> None:
    """In the new process: it is hung up on if this one ends without a word, and does not stay behind."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _kept_waiting(process: str) -> float:
    """Seconds for which the main thread of ``process`` was ready but not running; 0 where no kernel counts them."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0
