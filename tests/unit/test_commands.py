"""The commands as a shell sees them: what they print, where, and how they end."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).parents[2]


def peephole(home: Path, *arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-m", "engine", *arguments],
        input=given, capture_output=True, text=True, encoding="utf-8", check=False, cwd=PATH,
        env={**inherited, "PEEPHOLE_HOME": str(home), **environment},
    )  # fmt: skip


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def graded(home: Path, *requests: dict[str, Any]) -> list[dict[str, Any]]:
    return lines(peephole(home, "grade", given="\n".join(json.dumps(request) for request in requests)))


def test_grade_is_a_filter(tmp_path: Path) -> None:
    results = graded(
        tmp_path,
        {"question": "conv-output-size", "answer": "３×３"},
        {"question": "conv-output-size", "answer": "2x2"},
        {"question": "chain-rule-square", "answer": "2x+2y"},
        {"question": "chain-rule-square", "answer": "2x"},
        {"question": "chain-rule-square", "answer": "2(x+y"},
    )
    assert [result["verdict"] for result in results] == ["correct", "wrong", "correct", "wrong", "unreadable"]
    assert results[1]["mistake"] == "padding-forgotten"
    assert "At x =" in results[3]["feedback"]["en"]
    assert set(results[0]) >= {"question", "verdict", "score", "mistake", "feedback", "ms"}


def test_a_bad_line_is_answered_and_does_not_stop_the_others(tmp_path: Path) -> None:
    given = '\n'.join([
        "not json", "[1]", '{"question": 3}', '{"question": "conv-output-siz", "answer": "3x3"}',
        '{"question": "conv-output-size", "answer": "3x3", "seed": "x"}', "[" * 9000,
        '{"question": "conv-output-size", "answer": "3x3"}',
    ])  # fmt: skip
    done = peephole(tmp_path, "grade", given=given)
    results = lines(done)
    assert ["error" in result for result in results] == [True] * 6 + [False]
    assert "Did you mean conv-output-size?" in results[3]["error"]["en"]
    assert (done.returncode, done.stderr) == (2, "")


def test_questions_have_what_scripts_rely_on(tmp_path: Path) -> None:
    known = {result["name"] for result in lines(peephole(tmp_path, "sim", "--json"))}
    found = lines(peephole(tmp_path, "questions", "--json"))
    assert len(found) >= 30
    for question in found:
        assert {"id", "kind", "topic", "ask", "key", "sim"} <= set(question)
        assert question["ask"]["ja"]
        assert question["ask"]["en"]
        assert question["key"] not in ("", None, [])
        assert question["sim"]["name"] in known
    drawn = lines(peephole(tmp_path, "questions", "--json", "--seed", "5", "convolution"))
    assert {question["topic"] for question in drawn} == {"convolution"}
    assert drawn == lines(peephole(tmp_path, "questions", "--json", "--seed", "5", "convolution"))


def test_sim_writes_frames_and_measures(tmp_path: Path) -> None:
    settings = ["size=6", "kernel=3", "stride=2", "padding=0"]
    arguments = [part for setting in settings for part in ("--set", setting)]
    frames = lines(peephole(tmp_path, "sim", "convolution", *arguments, "--json"))
    assert frames[-1]["metrics"]["output_shape"] == "2x2"
    assert frames[-1]["metrics"]["pixels_never_read"] == 11
    assert [frame["step"] for frame in frames] == list(range(1, frames[0]["total"] + 1))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sim", "convolution", "--set", "strid=2"], "Did you mean stride?"),
        (["sim", "convolution", "--set", "stride=99"], "1..16"),
        (["sim", "convolution", "--set", "stride=two"], "1..16"),
        (["sim", "convolution", "--set", "stride"], "KEY=VALUE"),
        (["sim", "chain_rule", "--set", "outer=5", "--set", "inner=x"], "no gradient flows"),
        (["sim", "convolutoin"], "Did you mean convolution?"),
        (["questions", "convolutoin"], "Did you mean convolution?"),
        (["drill", "convolutoin", "--plain"], "Did you mean convolution?"),
        (["drill", "-n", "0"], "1..1000"),
        (["nonsense"], "nonsense"),
        (["drill", "--due", "--plain"], "nothing to ask"),
        ([], "needs a terminal"),
    ],
)
def test_wrong_use_is_explained_on_stderr_with_exit_2(tmp_path: Path, arguments: list[str], words: str) -> None:
    done = peephole(tmp_path, *arguments, LANG="en_US.UTF-8")
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_a_broken_bank_is_reported_and_the_good_ones_still_open(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("topic: [", encoding="utf-8")
    done = peephole(tmp_path, "check", str(broken), LANG="C")
    assert done.returncode == 1
    assert f"{broken}:2:1:" in done.stdout
    answer = '{"question": "conv-output-size", "answer": "3x3"}'
    done = peephole(tmp_path, "--bank", str(broken), "grade", given=answer, LANG="C")
    assert lines(done)[0]["verdict"] == "correct"
    assert f"{broken}:2:1:" in done.stderr


def test_a_bank_of_ones_own_is_asked(tmp_path: Path) -> None:
    bank = tmp_path / "own.yaml"
    bank.write_text(
        "topic: own\ntitle: {ja: 自分, en: Own}\nquestions:\n  - id: own-one\n    kind: number\n"
        "    ask: {ja: 1 + 1 は？, en: What is 1 + 1?}\n    answer: 1 + 1\n    explain: {ja: 足します。, en: Add.}\n"
        "    sim: {name: cec}\n    proof: {count: {a: '2'}}\n",
        encoding="utf-8",
    )
    done = peephole(tmp_path, "grade", "--bank", str(bank), given='{"question": "own-one", "answer": 2}')
    assert lines(done)[0]["verdict"] == "correct"


def test_a_plain_session_is_a_dialogue_and_is_remembered(tmp_path: Path) -> None:
    told = "?\n2x2\n\n7x7\n<\n6x6\n\n>\n"
    done = peephole(tmp_path, "drill", "convolution", "--plain", "-n", "3", "--seed", "1", "--lang", "en", given=told)
    assert done.returncode == 0, done.stderr
    assert "The padding was left out." in done.stdout
    assert "Taken back." in done.stdout
    assert "0 of 2 right" in done.stdout
    again = peephole(tmp_path, "drill", "convolution", "--plain", "-n", "3", "--mistakes", "--lang", "ja")
    assert "畳み込み" in again.stdout


@pytest.mark.parametrize(("language", "words"), [("ja_JP.UTF-8", "単元"), ("en_GB.UTF-8", "topics"), ("C", "topics")])
def test_the_language_follows_the_locale(tmp_path: Path, language: str, words: str) -> None:
    assert words in peephole(tmp_path, "drill", "--help", LANG=language).stdout
    assert "単元" in peephole(tmp_path, "--lang", "ja", "drill", "--help", LANG=language).stdout


def test_an_unforeseen_error_is_a_sentence_and_a_file(tmp_path: Path) -> None:
    program = (
        "import sys, engine.cli.schema as command\n"
        "def fail(context): raise RuntimeError('boom')\n"
        "command.run = fail\n"
        "from engine.cli import main\nsys.exit(main(['schema', '--lang', 'en']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=PATH,
        env={**os.environ, "PEEPHOLE_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "boom" in (tmp_path / "crash.log").read_text()


def test_a_home_that_cannot_be_written_does_not_stop_a_session(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("not a folder")
    done = peephole(file / "home", "drill", "convolution", "--plain", "-n", "1", "--lang", "en", given="3x3\n\n")
    assert "1 of 1 right" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_plain_session_takes_a_guess_back_and_again(tmp_path: Path) -> None:
    told = "3x3\ng\n\n9x9\ng\n"
    done = peephole(tmp_path, "drill", "convolution", "--plain", "-n", "2", "--seed", "1", "--lang", "en", given=told)
    assert done.stdout.count("g I guessed") == 2  # offered again after it was said, and not where the answer was wrong
    assert "Noted as a guess" in done.stdout


def test_the_version_is_told_on_stdout(tmp_path: Path) -> None:
    done = peephole(tmp_path, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("peephole ")
