"""`peephole new`: a bank that is good as written, where it belongs, and never on top of another file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.bank.load import load
from engine.bank.model import Question

ROOT = Path(__file__).parents[2]


def peephole(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "engine", *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT,
        env={**os.environ, "PEEPHOLE_HOME": str(home)},
    )  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_new_bank_is_good_as_written(tmp_path: Path, language: str) -> None:
    done = peephole(tmp_path, "new", "my-topic", "--lang", language)
    file = tmp_path / "banks" / "my-topic.yaml"
    assert (done.returncode, done.stderr) == (0, "")
    checked = peephole(tmp_path, "check", "--prove", str(file), "--lang", "en")
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.splitlines()[-1] == "1 bank, 6 questions, 0 problems."
    kinds = {type(question) for _, question in load([file]).questions()}
    assert kinds == set(Question.__args__)
    assert f"peephole check {file} --prove" in done.stdout
    assert f"peephole preview {file}" in done.stdout
    text = file.read_text(encoding="utf-8")
    assert ("# never change it" in text) == (language == "en")
    assert "#[" not in text
    assert "TOPIC" not in text


def test_its_editor_finds_the_schema_and_the_app_the_bank(tmp_path: Path) -> None:
    peephole(tmp_path, "new", "my-topic")
    folder = tmp_path / "banks"
    assert (
        (folder / "my-topic.yaml").read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json")
    )
    assert json.loads((folder / "schema.json").read_text(encoding="utf-8"))["title"] == "Peephole question bank"
    asked = peephole(tmp_path, "questions", "my-topic", "--json").stdout.splitlines()
    assert [json.loads(line)["id"] for line in asked][:2] == ["my-topic-size", "my-topic-count"]


def test_a_file_or_a_folder_may_be_named_and_nothing_is_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "my banks" / "first.yaml"
    file.parent.mkdir()
    (file.parent / "schema.json").write_text('{"title": "of something else"}', encoding="utf-8")
    done = peephole(tmp_path, "new", "my-topic", str(file), "--lang", "en")
    assert done.returncode == 0
    assert f"peephole check '{file}' --prove" in done.stdout
    written = file.read_text(encoding="utf-8")
    assert written.startswith("# yaml-language-server: $schema=peephole-schema.json")
    assert "of something else" in (file.parent / "schema.json").read_text(encoding="utf-8")
    again = peephole(tmp_path, "new", "my-topic", str(file), "--lang", "en")
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == f"{file} exists already; it is not overwritten.\n"
    assert file.read_text(encoding="utf-8") == written
    assert peephole(tmp_path, "new", "second", str(file.parent)).returncode == 0
    assert (file.parent / "second.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["My Topic"], "peephole new my-topic"),
        (["私の単元"], "peephole new my-topic"),
        (["ＬＳＴＭ　２"], "peephole new lstm-2"),
        (["../../etc/passwd"], "peephole new etc-passwd"),
        (["x" * 41], "at most 40"),
        (["lstm"], "lstm is taken by"),
        (["conv-output"], "conv-output is taken by"),
        (["fine", "bank.txt"], "must end in .yaml"),
        (["fine", "/nowhere/bank.yaml"], "cannot be written: No such file or directory."),
    ],
)
def test_what_cannot_be_begun_says_what_to_do(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = peephole(tmp_path, "new", *arguments, "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert not (tmp_path / "banks").exists()
