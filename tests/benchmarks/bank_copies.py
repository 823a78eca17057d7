"""A large folder of banks, made of the shipped ones: every kind of question as its author wrote it, many times over.

``python -m tests.benchmarks.bank_copies FOLDER [QUESTIONS]`` writes one to look at. The same shipped banks always
give the same files.
"""

import itertools
import re
import sys
from pathlib import Path

from engine.bank.load import SHIPPED

QUESTIONS = 10_000
A_BANK = 50
_QUESTION = re.compile(r"^  - id: ([a-z0-9-]+)$", re.MULTILINE)
_LONGEST_ID = 54  # of 60, with the number behind it


def write_banks(folder: Path, questions: int = QUESTIONS) -> list[Path]:
    """Write ``questions`` questions into ``folder``, ``A_BANK`` a file, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    blocks = itertools.cycle(shipped_blocks())
    files = []
    for first in range(0, questions, A_BANK):
        topic = f"copies-{first // A_BANK + 1:03d}"
        lines = [f"topic: {topic}\n", f"title: {{ja: 写し {topic}, en: Copies {topic}}}\n", "questions:\n"]
        numbers = range(first, min(first + A_BANK, questions))
        lines += [
            f"  - id: {name[:_LONGEST_ID].rstrip('-')}-{at:05d}\n{body}"
            for at, (name, body) in zip(numbers, blocks, strict=False)
        ]
        file = folder / f"{topic}.yaml"
        file.write_text("".join(lines), encoding="utf-8")
        files.append(file)
    return files


def shipped_blocks() -> list[tuple[str, str]]:
    """Each shipped question as the text below its id, in the order of the files."""
    blocks = []
    for file in sorted(SHIPPED.glob("*.yaml")):
        _, *parts = _QUESTION.split(file.read_text(encoding="utf-8"))
        blocks += [(name, body.strip("\n") + "\n") for name, body in zip(parts[::2], parts[1::2], strict=True)]
    return blocks


if __name__ == "__main__":
    write_banks(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else QUESTIONS)
