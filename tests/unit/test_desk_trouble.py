"""A history that fails while a desk is open: the learner is told, and what waits is still written."""

import errno
import io
import os
import sqlite3
import subprocess
import sys
from argparse import Namespace
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.bank.load import Library
from engine.cli import main, schema
from engine.cli.app import open_app
from engine.cli.context import Context
from engine.cli.import_ import receive
from engine.exchange.archive import FORMAT, VERSION, import_json
from engine.exchange.trouble import ExchangeError
from engine.settings import Settings
from engine.study.answer import Answer
from engine.study.desk import Desk
from engine.study.history import rows
from engine.study.history.history import HISTORY_FILE, History
from engine.study.history.trouble import HistoryError

NOW = datetime(2027, 2, 19, 3, 45, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def an_answer(number: int) -> Answer:
    return Answer(f"u{number}", NOW + timedelta(minutes=number), "s", "q", number, "2", "correct", 1.0, None, 9.5)


def opened(home: Path) -> Desk:
    desk = Desk(Library((), ()), History.open(home / HISTORY_FILE, lambda: NOW, 0.05), lambda: NOW, UTC)
    desk.record.catch_up()
    return desk


def test_a_snapshot_that_cannot_be_made_does_not_keep_a_waiting_answer_from_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened(tmp_path)
    desk.record.append(an_answer(1))
    with closing(sqlite3.connect(tmp_path / HISTORY_FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError):
            desk.record.append(an_answer(2))

    def unreadable(connection: sqlite3.Connection, numbers: object) -> list[str | None]:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(rows, "uuids", unreadable)
    desk.close()
    with History.open(tmp_path / HISTORY_FILE) as history:
        assert history.answers() == [an_answer(1), an_answer(2)]


def test_a_history_that_breaks_under_an_open_desk_is_said_once(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.record.append(an_answer(1))
    desk.close()
    desk = opened(tmp_path)
    (tmp_path / HISTORY_FILE).write_bytes(b"this is no database" * 500)
    with pytest.raises(HistoryError, match="damaged"):
        desk.record.append(an_answer(2))
    desk.record.append(an_answer(3))
    assert {"u2", "u3"} <= {answer.uuid for answer in desk.history.answers()}
    desk.close()


def test_a_plain_session_whose_answers_are_not_kept_says_so(tmp_path: Path) -> None:
    (tmp_path / HISTORY_FILE).mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "engine", "drill", "--plain", "-n", "1", "--lang", "en"],
        input="", capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT,
        env={**os.environ, "PEEPHOLE_HOME": str(tmp_path)},
    )  # fmt: skip
    assert "answers are not kept" in done.stderr


def test_an_app_that_fails_still_writes_what_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(app: object) -> None:
        with closing(sqlite3.connect(tmp_path / HISTORY_FILE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(HistoryError):
                desk.record.append(an_answer(1))
        raise RuntimeError("boom")

    desk = opened(tmp_path)
    monkeypatch.setenv("TEXTUAL_FPS", "60")  # nothing of the app's start is to reach other tests
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    monkeypatch.setattr("gc.disable", lambda: None)
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(sys, name, Terminal())
    monkeypatch.setattr("engine.tui.loop.run", fail)
    with pytest.raises(RuntimeError, match="boom"):
        open_app(Context(tmp_path, Settings(), "en", Namespace()), desk)
    with History.open(tmp_path / HISTORY_FILE) as history:
        assert history.answers() == [an_answer(1)]


def test_rows_that_end_in_memory_alone_are_not_called_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def take(context: Context, history: History, line: object) -> int:
        (tmp_path / HISTORY_FILE).write_bytes(b"this is no database" * 500)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("shutil.copy2", _no_room)
            history.append(an_answer(2))
        return 0

    desk = opened(tmp_path)
    desk.record.append(an_answer(1))
    desk.close()
    assert receive(Context(tmp_path, Settings(), "en", Namespace()), take) == 1
    assert "answers are not kept" in capsys.readouterr().err


def _no_room(*given: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_answers_lost_at_the_end_are_no_unforeseen_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer_and_stop(context: Context) -> int:
        desk = opened(context.home)
        with closing(sqlite3.connect(context.home / HISTORY_FILE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(HistoryError, match="saved again"):
                desk.record.append(an_answer(1))
            desk.close()
        return 0

    monkeypatch.setenv("PEEPHOLE_HOME", str(tmp_path))
    monkeypatch.setattr(schema, "run", answer_and_stop)
    assert main(["schema", "--lang", "en"]) == 1
    assert "are lost" in capsys.readouterr().err
    assert not (tmp_path / "crash.log").exists()


@pytest.mark.parametrize("at", ["9999-12-31T00:00:00Z", "0001-01-02T00:00:00Z"])
def test_a_time_at_the_end_of_the_calendar_is_refused_before_it_stops_every_start(tmp_path: Path, at: str) -> None:
    answer = (
        f'{{"uuid": "u", "kind": "answer", "at": "{at}", "session": "s", "question": "q", "seed": 0, "text": "1", '
        '"outcome": "correct", "score": 1, "seconds": 1, "hints": 0}'
    )
    document = f'{{"format": "{FORMAT}", "version": {VERSION}, "rows": [{answer}]}}'.encode()
    with History.open(tmp_path / HISTORY_FILE) as history, pytest.raises(ExchangeError, match="out of range"):
        import_json(history, document, "far.json")
