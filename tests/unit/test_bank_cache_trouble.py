"""A cache that is damaged, foreign, forbidden, or written by two at once: the banks open all the same."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.bank import cache as cache_module
from engine.bank.load import SHIPPED, load
from tests.small_banks import LONG_AGO, answers, write


def the_cache(folder: Path) -> Path:
    (file,) = folder.glob("*.banks")
    return file


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    return data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]


def flipped_in_the_index(data: bytes) -> bytes:
    at = data.index(b"a-one")
    return data[:at] + b"x" + data[at + 1 :]


def grown(data: bytes) -> bytes:
    return data + b"x"


@pytest.mark.parametrize(
    "damage", [cut, flipped, flipped_in_the_index, grown, bytes.upper, lambda _: b"", lambda _: b"\xff" * 5_000]
)
def test_a_damaged_cache_counts_as_none(
    banks: Path, folder: Path, read: list[str], damage: Callable[[bytes], bytes]
) -> None:
    expected = answers(load([banks], folder))
    file = the_cache(folder)
    file.write_bytes(damage(file.read_bytes()))
    read.clear()
    assert answers(load([banks], folder)) == expected
    assert len(read) == 3
    read.clear()
    assert answers(load([banks], folder)) == expected
    assert read == []


def test_the_cache_of_another_program_or_of_another_folder_counts_as_none(
    banks: Path, folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load([banks], folder)
    with monkeypatch.context() as patched:
        patched.setattr(cache_module, "_version", lambda: "another")
        read.clear()
        load([banks], folder)
        assert len(read) == 3
    other = banks.parent / "other"
    write(other / "a.yaml", 9)
    load([other], folder)
    (ours, theirs) = sorted(folder.glob("*.banks"), key=lambda file: b"other" in file.read_bytes())
    ours.write_bytes(theirs.read_bytes())
    assert answers(load([banks], folder))["a-one"] == "1"


@pytest.mark.parametrize("changed", ["model.py", "convert.py", "nodes.py", "cards.py", "cache.py"])
def test_a_cache_is_of_the_modules_that_read_banks(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache_module._version.__wrapped__()
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda file: real(file) + (b"#" if file.name == changed else b""))
    assert cache_module._version.__wrapped__() != before


@pytest.mark.parametrize("what", ["a file in its place", "a folder in the file's place", "a pipe in the file's place"])
def test_where_there_cannot_be_a_cache_banks_are_read(banks: Path, folder: Path, what: str) -> None:
    if what == "a file in its place":
        folder.write_text("mine", encoding="utf-8")
    else:
        load([banks], folder)
        file = the_cache(folder)
        file.unlink()
        file.mkdir() if what.startswith("a folder") else os.mkfifo(file)
    for _ in range(2):
        assert len(load([banks], folder).questions()) == 6
    assert folder.is_file() or not list(folder.glob("*.part"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_home_that_cannot_be_written_is_no_obstacle(banks: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    assert len(load([banks], home / "cache").questions()) == 6
    assert not list(home.iterdir())


def test_a_write_that_fails_leaves_nothing_behind(banks: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert len(load([banks], folder).questions()) == 6
    assert list(folder.iterdir()) == []


def test_two_programs_may_write_at_once(banks: Path, folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from engine.bank.load import load\n"
        "folder, banks = map(Path, sys.argv[1:])\n"
        "for turn in range(20):\n"
        "    for file in folder.glob('*.banks'):\n"
        "        file.unlink(missing_ok=True)\n"
        "    assert len(load([banks], folder).questions()) == 6"
    )
    command = [sys.executable, "-c", program, str(folder), str(banks)]
    running = [subprocess.Popen(command, cwd=SHIPPED.parent) for _ in range(2)]
    assert [each.wait() for each in running] == [0, 0]
    assert len(load([banks], folder).questions()) == 6
    assert [file.suffix for file in folder.iterdir()] == [".banks"]


def test_old_caches_go(tmp_path: Path, folder: Path) -> None:
    for number in range(cache_module.MOST_FILES + 3):
        load([write(tmp_path / f"{number}.yaml", topic=f"t{number}")], folder)
    left = folder / "interrupted.part"
    left.touch()
    os.utime(left, (LONG_AGO, LONG_AGO))
    load([write(tmp_path / "last.yaml")], folder)
    assert len(list(folder.iterdir())) == cache_module.MOST_FILES
