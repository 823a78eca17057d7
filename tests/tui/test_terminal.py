"""The app as a process in a real (pseudo) terminal: what only shows there."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.study.history.history import History

ANSI = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][AB0]|[=>78]|P[^\x1b]*\x1b\\)")
PATIENCE = 60.0


class Terminal:
    """A process whose standard streams are a pseudo-terminal of 80×24."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = {**os.environ, "PEEPHOLE_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        command = [sys.executable, "-m", "engine", *arguments]
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        self.raw = b""

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def read(self, seconds: float) -> bool:
        """Take what the process has written; False if there was nothing."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:  # the other end is closed
            return False
        self.raw += data
        return bool(data)

    def wait_for(self, text: str) -> None:
        """Until ``text`` has been drawn."""
        deadline = time.monotonic() + PATIENCE
        while text not in ANSI.sub(b"", self.raw).decode("utf-8", "replace"):
            assert time.monotonic() < deadline, ANSI.sub(b"", self.raw).decode("utf-8", "replace")[-3000:]
            self.read(0.2)

    def finish(self) -> int:
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            self.read(0.1)
        while self.read(0.05):
            pass
        return self.process.wait(5)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()
        os.close(terminal.master)


def test_killed_right_after_a_verdict_loses_no_answer(tmp_path: Path, terminals: list[Terminal]) -> None:
    for count in range(1, 4):
        terminal = Terminal(tmp_path, "drill", "convolution", "-n", "1", "--seed", str(count), "--lang", "en")
        terminals.append(terminal)
        terminal.wait_for("How large is the")
        terminal.type("1x1\r")
        terminal.wait_for("Incorrect")
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
        with History.open(tmp_path / "history.sqlite3") as history:
            assert history.warning is None
            assert [answer.text for answer in history.answers()] == ["1x1"] * count


def test_ctrl_c_gives_the_terminal_back(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(tmp_path, "--lang", "en")
    terminals.append(terminal)
    terminal.wait_for("Try three questions first")
    terminal.type("\x03")
    assert terminal.finish() == 0
    assert b"\x1b[?1049l" in terminal.raw  # the other screen
    assert b"\x1b[?25h" in terminal.raw  # the cursor
    assert b"Traceback" not in terminal.raw


def test_the_first_question_takes_its_answer_in_japanese(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(tmp_path, "--lang", "ja")
    terminals.append(terminal)
    terminal.wait_for("まず")
    terminal.type("\r")
    terminal.wait_for("出力の大きさは")
    terminal.type("３×３\r")
    terminal.wait_for("正解")
    terminal.type("\x03")
    assert terminal.finish() == 0
