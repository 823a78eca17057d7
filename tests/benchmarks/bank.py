"""Ten thousand questions in two hundred files: the first load, opening again, memory, and one file that changed."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from engine.bank.load import load
from tests.benchmarks.bank_copies import QUESTIONS, write_banks
from tests.benchmarks.children import ROOT, environment, python, scratch
from tests.benchmarks.measure import Row, best_times

COMPARED = 6  # files: the pure loader needs some 200 ms for each
ROUNDS = 2
OPENINGS = 15
MEGABYTES = 150
YESTERDAY = time.time() - 86_400
# What a start does before it draws: the library, the desk, what today holds. Then how many files of banks were
# opened, how many questions there are, and the most memory that this process ever had (not what its parent had).
OPEN = """
import sys
opened = []
sys.addaudithook(lambda event, of: opened.append(of[0]) if event == "open" and str(of[0]).endswith(".yaml") else None)
from datetime import UTC, datetime
from pathlib import Path
from engine.bank.load import SHIPPED, load
from engine.study.desk import Desk
home = Path(sys.argv[1])
desk = Desk.open(load([SHIPPED, home / "banks"], home / "cache"), home, lambda: datetime.now(UTC), UTC)
desk.today()
desk.history.close()
with open("/proc/self/status") as status:
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
print(len(opened), len(desk.topics), peak)
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """One process that opened the banks."""

    seconds: float
    read: int
    questions: int
    megabytes: float


def rows() -> list[Row]:
    """The scale of a folder of banks."""
    folders = {name: scratch() / f"bank-{name}" for name in ("large", "small")}
    files = write_banks(folders["large"] / "banks")
    small = write_banks(folders["small"] / "banks", questions=1)
    for file in [*files, *small]:
        os.utime(file, (YESTERDAY, YESTERDAY))
    _open(folders["small"])  # compiles the modules
    first = _open(folders["large"])
    return [_against_yaml(files), *_again(folders, first, len(files)), _changed(folders["large"], files[0], len(files))]


def _against_yaml(files: list[Path]) -> Row:
    ours = pure = 0.0
    for file in files[:: len(files) // COMPARED][:COMPARED]:
        best = _compared(file)
        ours, pure = ours + best["ours"], pure + best["pure"]
    ratio = pure / ours
    figure = f"{1e3 * ours / COMPARED:.0f} ms against {1e3 * pure / COMPARED:.0f} ms a file, {ratio:.1f}×"
    return Row("bank: first load, cache written", "≥ 3.5× yaml.safe_load", figure, ratio, ratio >= 3.5)


def _compared(file: Path) -> dict[str, float]:
    """Seconds to read one file by either way; ours finds no cache and leaves one behind."""
    text, caches = file.read_text(encoding="utf-8"), scratch() / "bank-caches" / file.stem

    def ours() -> object:
        return load([file], caches / str(time.perf_counter_ns()))

    return best_times({"pure": lambda: yaml.safe_load(text), "ours": ours}, ROUNDS)


def _again(folders: Mapping[str, Path], first: Opening, files: int) -> list[Row]:
    best: dict[str, Opening] = {}
    for _ in range(OPENINGS):
        for name, folder in folders.items():
            opening = _open(folder)
            if name not in best or opening.seconds < best[name].seconds:
                best[name] = opening
    large, small = best["large"], best["small"]
    ratio = large.seconds / small.seconds
    figure = f"{1e3 * large.seconds:.0f} ms against {1e3 * small.seconds:.0f} ms, {ratio:.2f}×"
    peak = max(first.megabytes, large.megabytes)
    whole = first.read >= files and large.read == 0 and large.questions - small.questions == QUESTIONS - 1
    return [
        Row(f"bank: open {large.questions:,} questions again", "≤ 1.5× shipped", figure, ratio, ratio <= 1.5 and whole),
        Row(
            f"bank: memory, first load in {first.seconds:.1f} s, again",
            f"≤ {MEGABYTES} MB",
            f"{first.megabytes:.0f} MB, {large.megabytes:.0f} MB",
            peak,
            peak <= MEGABYTES,
        ),
    ]


def _changed(home: Path, file: Path, files: int) -> Row:
    file.write_text(file.read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8")
    os.utime(file, (YESTERDAY, YESTERDAY))
    opening = _open(home)
    after = _open(home)
    figure = f"{opening.read} of {files} read, {1e3 * opening.seconds:.0f} ms; then {after.read}"
    passed = (opening.read, after.read) == (1, 0)
    return Row("bank: one file changed", "that file alone is read", figure, opening.read, passed)


def _open(home: Path) -> Opening:
    """One start in a process of its own."""
    start = time.perf_counter()
    done = subprocess.run(
        python("-c", OPEN, str(home)), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.stderr.write(done.stderr)
        raise SystemExit(done.returncode)
    read, questions, peak = map(int, done.stdout.split())
    return Opening(seconds, read, questions, peak / 1024)
