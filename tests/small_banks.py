"""Small banks that tests write, and what came of them."""

import os
from pathlib import Path

from engine.bank.load import Library

BANK = """\
topic: {topic}
title: {{ja: 題 {topic}, en: Title {topic}}}
questions:
  - id: {topic}-one
    kind: number
    tags: [a, b]
    ask: {{ja: いくつ？, en: How many?}}
    answer: "{answer}"
    explain: {{ja: 数えます。, en: Count.}}
    sim: {{name: parameters, nearest: {{ja: 近いもの。, en: A neighbour.}}}}
    proof: {{none: made up}}
  - id: {topic}-two
    kind: choice
    ask: {{ja: どれ？, en: Which?}}
    options:
      - {{id: a, text: {{ja: あ, en: A}}, right: true}}
      - {{id: b, text: {{ja: い, en: B}}, why: {{ja: 違います。, en: No.}}}}
    explain: {{ja: あ です。, en: It is A.}}
    sim: {{name: cec}}
    proof: {{none: a definition}}
"""
LONG_AGO = 1_700_000_000


def write(file: Path, answer: int = 1, *, at: int = LONG_AGO, topic: str = "") -> Path:
    """A bank in ``file`` that was written long ago, as files mostly were."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(BANK.format(topic=topic or file.stem, answer=answer), encoding="utf-8")
    os.utime(file, (at, at))
    return file


def answers(library: Library) -> dict[str, object]:
    """The answer of each question, in the order of the library."""
    return {question.id: getattr(question, "answer", None) for _, question in library.questions()}
