"""``peephole completion``: the scripts are taken by real shells, and complete what they should."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sims.registry import SIMULATIONS

ROOT = Path(__file__).parents[2]
COMPLETE = """
source "$1"; shift
eval "$(complete -p peephole | sed 's/.*-F \\([^ ]*\\).*/run=\\1/')"
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
"$run" peephole "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def script(home: Path, shell: str, *more: str) -> Path:
    file = home / f"completion.{shell}"
    done = subprocess.run(
        [sys.executable, "-m", "engine", "completion", shell, *more],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT,
        env={**os.environ, "PEEPHOLE_HOME": str(home)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    file.write_text(done.stdout, encoding="utf-8")
    return file


def bash(home: Path, *words: str) -> set[str]:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash")
    file = home / "completion.bash"
    command = [bash, "--norc", "-c", COMPLETE, "bash", str(file if file.exists() else script(home, "bash")), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=home)
    return {word.strip() for word in done.stdout.splitlines()}


def test_bash_completes_commands_options_and_names(home: Path) -> None:
    assert {"drill", "doctor", "serve", "completion", "sim"} <= bash(home, "peephole", "")
    assert bash(home, "peephole", "dr") == {"drill"}
    assert "--seed" in bash(home, "peephole", "drill", "--")
    assert "convolution" in bash(home, "peephole", "drill", "conv")
    assert {each.name for each in SIMULATIONS} <= bash(home, "peephole", "sim", "")
    assert "conv-output-size" in bash(home, "peephole", "explain", "conv-")
    assert bash(home, "peephole", "--lang", "") == {"ja", "en"}
    assert bash(home, "peephole", "completion", "z") == {"zsh"}


def test_bash_completes_files_where_a_bank_is_meant(home: Path) -> None:
    (home / "my-bank.yaml").touch()
    assert "my-bank.yaml" in bash(home, "peephole", "check", "my-")
    assert "my-bank.yaml" in bash(home, "peephole", "drill", "--bank", "my-")


def test_topics_of_ones_own_are_completed(tmp_path: Path) -> None:
    bank = tmp_path / "own.yaml"
    bank.write_text(
        "topic: own-topic\ntitle: {ja: 自分, en: Own}\nquestions:\n  - id: own-one\n    kind: number\n"
        "    ask: {ja: 1 + 1 は？, en: What is 1 + 1?}\n    answer: 1 + 1\n    explain: {ja: 足します。, en: Add.}\n"
        "    sim: {name: cec}\n    proof: {count: {a: '2'}}\n",
        encoding="utf-8",
    )
    script(tmp_path, "bash", "--bank", str(bank))
    assert bash(tmp_path, "peephole", "drill", "own") == {"own-topic"}


def test_zsh_takes_the_script(home: Path) -> None:
    zsh = shutil.which("zsh")
    if zsh is None:
        pytest.skip("no zsh")
    folder = home / "zsh"
    folder.mkdir()
    script(home, "zsh", "--lang", "ja").rename(folder / "_peephole")
    program = (
        'fpath=("$1" $fpath); autoload -Uz compinit && compinit -u -D; echo "$_comps[peephole]"; autoload +X _peephole'
    )
    command = [zsh, "-f", "-c", program, "zsh", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=home)
    assert (done.returncode, done.stdout.strip()) == (0, "_peephole"), done.stderr


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("peephole d", "drill"),
        ("peephole sim conv", "convolution"),
        ("peephole explain conv-", "conv-output-size"),
        ("peephole drill --se", "--seed"),
    ],
)
def test_fish_completes(home: Path, line: str, word: str) -> None:
    fish = shutil.which("fish")
    if fish is None:
        pytest.skip("no fish")
    file = home / "completion.fish"
    file = file if file.exists() else script(home, "fish", "--lang", "ja")
    program = "source $argv[1]; complete -C $argv[2]"
    command = [fish, "--no-config", "-c", program, str(file), line]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "HOME": str(home), "LANG": "C.UTF-8"}
    )
    assert word in {each.split("\t")[0] for each in done.stdout.splitlines()}, done.stderr
