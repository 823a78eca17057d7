"""Files that were made to hurt, and what is no file at all: a message, soon, in little memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.bank.load import SHIPPED, load

SIZE = 900_000
HOSTILE = {
    "truncated": (SHIPPED / "rnn.yaml").read_bytes()[:9_999],
    "binary": bytes(range(256)) * (SIZE // 256),
    "too large": b"#" * 1_000_001,
    "deep": b"a: " + b"[" * 100_000,
    "deep mappings": b"{a: " * 100_000,
    "deep dashes": b"- " * 100_000,
    "deep by indentation": b"\n".join(b" " * depth + b"a:" for depth in range(1_300)),
    "alias bomb": b"a: &a [x, x]\n" + b"".join(b"a%d: &a%d [*a, *a]\n" % (n, n) for n in range(99)),
    "a list of everything": b"questions: [" + b"a," * (SIZE // 2) + b"a]",
    "a list of nothing": b"questions:\n" + b"- a\n" * 90_000,
    "unknown keys": b"".join(b"topi%d:\n" % number for number in range(49_000)),
    "the same key": b"topic:\n" * 49_000,
    "unknown kinds": b"questions:\n" + b"- {kind: shap}\n" * 30_000,
    "nothing but kinds": b"questions:\n" + b"- {kind: shape}\n" * 24_000,
    "a long key": b"x" * 900 + b": 1\n" + b"? " + b"y" * SIZE + b"\n: 1",
    "a long text": b"topic: " + b"x" * SIZE,
    "an open quote": b'"' + b"\\n" * (SIZE // 2),
    "blank": b"\n" * SIZE,
    "documents": b"---\n" * (SIZE // 4),
    "tags": b"!!python/object/apply:os.system " * 20_000,
}
MEASURE = """
import sys, time
from pathlib import Path
from engine.bank.load import load
load([Path(sys.argv[1])])
for file in map(Path, sys.argv[2:]):
    start = time.process_time()
    library = load([file])
    print(file.stem, len(library.problems), time.process_time() - start, sep="\\t")
from tests.memory import peak_megabytes
print(peak_megabytes())
"""


def test_hostile_banks_end_in_a_message_within_a_second_and_200_megabytes(tmp_path: Path) -> None:
    files = []
    for name, data in HOSTILE.items():
        files.append(tmp_path / f"{name}.yaml")
        files[-1].write_bytes(data)
    files.append(tmp_path / "sparse.yaml")
    with files[-1].open("wb") as sparse:
        sparse.truncate(1_000_000_000)
    command = [sys.executable, "-c", MEASURE, str(SHIPPED / "cec.yaml"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=SHIPPED.parent)
    *lines, peak = done.stdout.splitlines()
    measured = [
        (name, int(problems), float(seconds)) for name, problems, seconds in (line.split("\t") for line in lines)
    ]
    assert [name for name, _, _ in measured] == [file.stem for file in files]
    assert [name for name, problems, _ in measured if not 1 <= problems <= 700] == []
    assert [(name, seconds) for name, _, seconds in measured if seconds > 1] == []
    assert float(peak) < 200


def message(path: Path) -> str:
    """The only problem of the bank in ``path``."""
    library = load([path])
    assert library.banks == ()
    (problem,) = library.problems
    return problem.as_line("en")


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "sparse.yaml"
    with file.open("wb") as sparse:
        sparse.truncate(1_000_000_000)
    assert "too large (1,000,000,000 bytes)" in message(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes of this kind")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "not a regular file" in message(tmp_path / "pipe.yaml")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "pipe.yaml")
    assert "not a regular file" in message(tmp_path / "link.yaml")
    (tmp_path / "cec.yaml").write_bytes((SHIPPED / "cec.yaml").read_bytes())
    library = load([tmp_path])
    assert (len(library.banks), library.problems) == (1, ())


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_device_is_refused(tmp_path: Path) -> None:
    assert "not a regular file" in message(Path("/dev/zero"))
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    assert "no bank here" in message(tmp_path)


def test_links_in_circles_end(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "cec.yaml").write_bytes((SHIPPED / "cec.yaml").read_bytes())
    (inner / "up").symlink_to(tmp_path)
    (inner / "self.yaml").symlink_to(inner / "self.yaml")
    (inner / "gone.yaml").symlink_to(tmp_path / "nowhere")
    (inner / "folder.yaml").mkdir()
    library = load([tmp_path])
    assert (len(library.banks), library.problems) == (1, ())
    assert "Cannot be opened" in message(inner / "self.yaml")


def test_a_message_is_short_and_says_nothing_to_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a\nb.yaml"
    unknown = 'questions: [{kind: "' + "long" * 50_000 + '"}]\n'
    file.write_text(f'"\\e]0;owned\\a": 1\n{unknown}', encoding="utf-8")
    lines = [problem.as_line(language) for problem in load([file]).problems for language in ("ja", "en")]
    assert any("owned" in line for line in lines)
    assert any("longlong" in line for line in lines)
    assert all(line.isprintable() and len(line) < 2_000 for line in lines)
