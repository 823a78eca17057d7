"""``peephole doctor`` on good machines and bad ones; it looks, and touches nothing."""

import json
import os
import pty
import re
import select
import shutil
import sqlite3
import subprocess
import sys
import termios
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from engine.study.answer import Answer
from engine.study.history.history import HISTORY_FILE, History
from engine.surroundings import database, program, terminal, widths
from engine.surroundings.finding import Finding

ROOT = Path(__file__).parents[2]
OWN_TERMINAL = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"


def doctor(home: Path | None, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", **environment}
    if home is not None:
        given["PEEPHOLE_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-m", "engine", "doctor", *arguments],
        input="", capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT, env=given,
    )  # fmt: skip


def found(home: Path | None, **environment: str) -> dict[str, dict[str, Any]]:
    done = doctor(home, "--json", **environment)
    checks = {each["check"]: each for each in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == any(each["state"] == "problem" for each in checks.values())
    return checks


def answered(home: Path) -> History:
    home.mkdir(exist_ok=True)
    history = History.open(home / HISTORY_FILE)
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    history.append(Answer("a", at, "s", "conv-output-size", 0, "3x3", "correct", 1.0, None, 4.0))
    return history


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_fresh_machine_is_well_and_nothing_is_made(tmp_path: Path) -> None:
    home = tmp_path / "新しい 場所"
    checks = found(home, LANG="C.UTF-8")
    assert {each["state"] for each in checks.values()} == {"ok"}
    assert {"python", "packages", "libyaml", "terminal", "widths", "home", "disk", "history", "banks"} <= set(checks)
    assert checks["packages"]["data"]["textual"] is not None
    assert checks["banks"]["data"]["questions"] >= 30
    assert not home.exists()


@pytest.mark.parametrize(
    ("language", "words"), [("ja", ["記録の場所", "よし", "目盛り"]), ("en", ["Home folder", "ok", "Ruler"])]
)
def test_each_check_is_a_line_in_a_pipe(tmp_path: Path, language: str, words: list[str]) -> None:
    done = doctor(tmp_path, "--lang", language, LANG="C")
    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines.index("") >= 14
    assert all(line[0] in "〇✓∆" for line in lines[: lines.index("")])
    for word in words:
        assert word in done.stdout


def test_without_home_or_locale_it_still_speaks() -> None:
    done = doctor(None, "--lang", "ja", LANG="C")
    assert "Traceback" not in done.stderr
    assert "記録の場所" in done.stdout


def test_a_home_that_depends_on_where_one_is_is_told() -> None:
    check = found(None, PEEPHOLE_HOME="~nobody-here/home")["home"]
    assert check["state"] == "look"
    assert "absolute" in check["mend"]["en"]


def test_a_home_that_cannot_be_is_a_problem_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    check = found(tmp_path / "file" / "home")["home"]
    assert check["state"] == "problem"
    assert str(tmp_path / "file") in check["what"]["en"]
    assert "PEEPHOLE_HOME" in check["mend"]["ja"]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no such place here")
def test_a_home_where_no_file_can_be_kept_is_a_problem_also_for_root() -> None:
    checks = found(Path("/proc/nope"))
    assert checks["home"]["state"] == "problem"
    assert "PEEPHOLE_HOME" in checks["home"]["mend"]["en"]
    assert checks["disk"]["mend"] is None  # nothing there can be made room for


def test_broken_settings_are_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"minutes": "many"}')
    before = contents(tmp_path)
    check = found(tmp_path)["settings"]
    assert check["state"] == "problem"
    assert "minutes" in check["what"]["en"]
    assert contents(tmp_path) == before


def test_settings_that_name_what_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"theme": "no-such", "keys": {"lok": "x"}}')
    done = doctor(tmp_path, "--lang", "en")
    assert "no lok" in done.stdout
    assert "Did you mean look?" in done.stdout
    assert "no colours no-such" in done.stdout
    assert done.returncode == 0


def test_a_history_in_use_is_read_with_its_newest_answer_and_untouched(tmp_path: Path) -> None:
    history = answered(tmp_path)
    before = contents(tmp_path)
    assert before[f"{HISTORY_FILE}-wal"]  # the answer lies there
    (check,) = (each for each in database.history(tmp_path) if each.check == "history")
    assert (check.state, check.data["answers"], check.data["wal"]) == ("ok", 1, True)
    assert contents(tmp_path) == before
    history.close()
    before = contents(tmp_path)
    assert next(iter(database.history(tmp_path))).data["answers"] == 1
    assert contents(tmp_path) == before


def test_what_is_folded_in_while_the_history_is_copied_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = answered(tmp_path)

    def copy_and_fold(source: Path, target: Path | str) -> None:
        shutil.copyfile(source, target)
        history.read(lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    monkeypatch.setattr(database, "copyfile", copy_and_fold)
    check = next(iter(database.history(tmp_path)))
    history.close()
    assert (check.state, check.data["answers"]) == ("ok", 1)


@pytest.mark.parametrize("damage", ["text", "empty", "middle", "cut"])
def test_a_broken_history_is_a_problem_and_left_alone(tmp_path: Path, damage: str) -> None:
    answered(tmp_path).close()
    file = tmp_path / HISTORY_FILE
    whole = file.read_bytes()
    file.write_bytes(
        {
            "text": b"this is no database, whatever its name may say" * 9,
            "empty": b"",
            "middle": whole[:4096] + b"\xff" * 4096 + whole[8192:],
            "cut": whole[: len(whole) // 2],
        }[damage]
    )
    before = contents(tmp_path)
    check = found(tmp_path)["history"]
    assert check["state"] == "problem"
    assert check["mend"]["ja"]
    assert contents(tmp_path) == before


def test_a_history_of_a_later_version_asks_for_an_update(tmp_path: Path) -> None:
    answered(tmp_path).close()
    connection = sqlite3.connect(tmp_path / HISTORY_FILE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    check = next(iter(database.history(tmp_path)))
    assert check.state == "problem"
    assert "Update" in check.mend.en


def test_a_bank_with_a_fault_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks" / "own.yaml").write_text("topic: [")
    done = doctor(tmp_path, "--lang", "en")
    assert done.returncode == 1
    assert "own.yaml:2:1:" in done.stdout
    assert sorted(contents(tmp_path)) == ["banks/own.yaml"]


def test_packages_that_are_missing_or_too_old_say_how_to_get_them() -> None:
    def lookup(name: str) -> str:
        if name == "fsrs":
            raise PackageNotFoundError
        return {"textual": "8.2.7"}.get(name, "8.99")

    states = {each.check: each for each in program.packages(lookup)}
    assert states["fsrs"].state == states["textual"].state == "problem"
    assert "-m pip install 'textual" in states["textual"].mend.en
    assert program.python((3, 10, 9)).state == "problem"


@pytest.mark.parametrize(
    ("version", "bound", "meets"),
    [("8.2.8", "<9,>=8.2.8", True), ("8.2.7", ">=8.2.8", False), ("9.0", "<9", False), ("8.10.0rc1", ">=8.2.8", True)],
)
def test_versions_compare_by_number(version: str, bound: str, meets: bool) -> None:
    assert program.meets(version, bound) is meets


@pytest.mark.parametrize(
    ("finding", "state", "words"),
    [
        (terminal.size((39, 24)), "problem", "40×15"),
        (terminal.size((40, 15)), "look", "80×24"),
        (terminal.size((80, 24)), "ok", "80×24"),
        (terminal.size((120, 40)), "ok", "side by side"),
        (terminal.kind({"TERM": "dumb"}, True), "problem", "xterm-256color"),
        (terminal.kind({"TERM": "screen", "TMUX": "x"}, True), "ok", "tmux"),
        (terminal.colours({"TERM": "xterm", "COLORTERM": "truecolor"}), "ok", "truecolor"),
        (terminal.colours({"TERM": "xterm-256color"}), "ok", "256"),
        (terminal.colours({"TERM": "screen", "TMUX": "x"}), "look", "tmux.conf"),
        (terminal.colours({"TERM": "xterm", "NO_COLOR": "1"}), "ok", "NO_COLOR"),
        (terminal.encoding({"LANG": "ja_JP.eucJP"}), "problem", "UTF-8"),
        (terminal.encoding({"LANG": "C"}), "look", "UTF-8"),
        (terminal.encoding({"LC_ALL": "ja_JP.utf8", "LANG": "C"}), "ok", "ja_JP"),
        (terminal.keys({"TERM_PROGRAM": "iTerm.app"}), "ok", "Kitty"),
        (terminal.keys({"TERM_PROGRAM": "WezTerm"}), "look", "--plain"),
        (widths.widths({"α": 2, "あ": 2}, False), "problem", "α=2"),
        (widths.widths({"α": 2, "あ": 2}, True), "look", "α=2"),
        (widths.widths({"α": 1, "あ": 1}, False), "problem", "あ=1"),
        (widths.widths({}, False), "look", "ruler"),
    ],
)
def test_what_is_made_of_a_terminal(finding: Finding, state: str, words: str) -> None:
    assert finding.state == state
    assert words in f"{finding.what.en} {finding.mend.en}"


@pytest.mark.parametrize(("ambiguous", "told"), [(1, "One cell each"), (2, "α=2 ×=2"), (None, "does not answer")])
def test_the_width_is_asked_of_the_terminal_and_its_mode_given_back(
    tmp_path: Path, ambiguous: int | None, told: str
) -> None:
    master, slave = pty.openpty()
    os.set_blocking(master, False)
    process = subprocess.Popen(
        [sys.executable, "-c", f"{OWN_TERMINAL}; import sys; from engine.cli import main; sys.exit(main())", "doctor"],
        stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, start_new_session=True,
        env={**os.environ, "PEEPHOLE_HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "xterm-256color",
             "COLUMNS": "200", "LINES": "50"},
    )  # fmt: skip
    text = _answering(process, master, ambiguous)
    local = termios.tcgetattr(slave)[3]
    os.close(slave)
    os.close(master)
    assert told in text
    assert local & termios.ECHO
    assert local & termios.ICANON
    assert process.returncode == (ambiguous == 2)


def _answering(process: subprocess.Popen[bytes], master: int, ambiguous: int | None) -> str:
    """Play a terminal that draws ambiguous characters so wide, until the process ends; what it wrote."""
    written = b""
    asked = 0
    while process.poll() is None or select.select([master], [], [], 0)[0]:
        if not select.select([master], [], [], 0.05)[0]:
            continue
        try:
            written += os.read(master, 65536)
        except OSError:
            break
        questions = re.findall(rb"\r([^\r\x1b]+)\x1b\[6n", written)
        for character in questions[asked:]:
            asked += 1
            if ambiguous is not None:
                cells = 2 if character.decode() == widths.WIDE else ambiguous
                os.write(master, b"\x1b[1;%dR" % (cells + 1))
    return written.decode("utf-8", "replace")


def test_keys_are_listed_with_the_learners_own(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"keys": {"look": "x"}}')
    done = doctor(tmp_path, "--keys", "--json")
    keys = {each["name"]: each for each in map(json.loads, done.stdout.splitlines())}
    assert keys["look"]["keys"] == ["x"]
    assert keys["look"]["own"]
    assert "u" in keys["undo"]["keys"]
    told = doctor(tmp_path, "--keys", "--lang", "ja").stdout
    assert re.search(r"^look +x +のぞく", told, re.MULTILINE)
    assert "settings.json" in told
