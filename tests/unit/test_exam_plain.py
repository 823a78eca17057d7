"""``peephole exam`` as a shell sees it: a dialogue line by line, what is remembered, how it ends."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2]
FEW = ("exam", "-n", "5", "--seed", "4", "--lang", "en", "--plain")


def peephole(home: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "engine", *arguments],
        input=given, capture_output=True, text=True, encoding="utf-8", check=False, cwd=PATH,
        env={**os.environ, "PEEPHOLE_HOME": str(home), "LANG": "en_US.UTF-8"},
    )  # fmt: skip


def test_a_dialogue_is_left_and_gone_on_with_and_reported(tmp_path: Path) -> None:
    done = peephole(tmp_path, *FEW, given="1\n\nf\n２\ng 1\n3\nzzz\no\n")
    assert done.returncode == 0, done.stderr
    assert "That is no command here." in done.stdout
    assert "   1*    2-    3*f   4-    5-" in done.stdout
    assert "The clock has stopped." in done.stdout
    assert not re.search("Correct|Incorrect|of 5 right", done.stdout)

    done = peephole(tmp_path, *FEW, given="end\nend\n")
    assert "This is the exam under way" in done.stdout
    assert "[2 / 5]" in done.stdout
    assert "3 open. Type end again." in done.stdout
    assert re.search(r"[0-2] of 5 right", done.stdout)
    assert done.returncode == 0, done.stderr

    report = peephole(tmp_path, "exam", "--report", "--lang", "en")
    assert report.returncode == 0
    assert re.search(r"[0-2] of 5 right", report.stdout)
    assert "second-hand" in report.stdout
    fresh = peephole(tmp_path, *FEW)
    assert "under way" not in fresh.stdout


def test_the_end_of_input_on_the_last_question_hands_nothing_in(tmp_path: Path) -> None:
    done = peephole(tmp_path, *FEW, given="1\n1\n1\n1\n1\n")
    assert "That was the last one. Type end to hand in." in done.stdout
    assert (tmp_path / "exam.json").exists()
    new = peephole(tmp_path, *FEW, "--new", given="q\n")
    assert "under way" not in new.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["exam"], 2, "add --plain"),
        (["exam", "--plain", "convolutoin"], 2, "Did you mean convolution?"),
        (["exam", "-n", "0"], 2, "1..1000"),
        (["exam", "--minutes", "601"], 2, "1..600"),
        (["exam", "--report"], 1, "No mock exam"),
    ],
)
def test_what_cannot_be_done_is_said_on_stderr(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    done = peephole(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


def test_a_bank_without_options_has_no_exam(tmp_path: Path) -> None:
    bank = tmp_path / "own.yaml"
    bank.write_text(
        "topic: own\ntitle: {ja: 自分, en: Own}\nquestions:\n  - id: own-one\n    kind: text\n"
        "    ask: {ja: RNN とは？, en: What is an RNN?}\n    model: {ja: 再帰, en: recurrent}\n"
        "    rubric: [{point: {ja: 再帰, en: recurrent}, ja: [再帰], en: [recurrent]}]\n"
        "    explain: {ja: 再帰です。, en: It recurs.}\n    sim: {name: cec}\n    proof: {none: a definition}\n",
        encoding="utf-8",
    )
    done = peephole(tmp_path / "home", "exam", "--plain", "own", "--bank", str(bank))
    assert done.returncode == 2
    assert "four options" in done.stderr


def test_a_home_that_cannot_be_written_is_said_and_the_report_comes_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("not a folder")
    done = peephole(file / "home", *FEW, given="1\nend\nend\n")
    assert "of 5 right" in done.stdout
    assert "cannot be saved" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
