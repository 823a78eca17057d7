"""The answers as a table for spreadsheets: CSV with a header, one answer that counts in each row."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from io import TextIOWrapper
from typing import BinaryIO

from engine.study.answer import Answer
from engine.study.clock import study_day

COLUMNS = (
    *("time", "utc", "day", "topic", "question", "variant", "answer", "outcome", "score", "mistake"),
    *("seconds", "hints", "sure", "guessed", "session", "uuid"),
)
MARKED = "utf-8-sig"  # with the mark by which Excel knows UTF-8
PLAIN = "utf-8"
# Cells that begin so are taken for formulas by spreadsheets, in full width by Japanese ones.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(
    file: BinaryIO,
    answers: Sequence[Answer],
    topics: Mapping[str, str],
    timezone: tzinfo | None,
    encoding: str = MARKED,
) -> None:
    """Write the answers in their order; ``topics`` says the topic of a question.

    A text that a spreadsheet would compute is given an apostrophe in front: ``-2x`` becomes ``'-2x``.
    """
    text = TextIOWrapper(file, encoding=encoding, newline="", write_through=True)
    try:
        writer = csv.writer(text)  # lines end as RFC 4180 has it
        writer.writerow(COLUMNS)
        for answer in answers:
            writer.writerow(map(_cell, _values(answer, topics, timezone)))
    finally:
        text.detach()


def beginning(encoding: str = MARKED) -> bytes:
    """How a file of ours begins."""
    return ",".join(COLUMNS).encode(encoding)


def _values(answer: Answer, topics: Mapping[str, str], timezone: tzinfo | None) -> tuple[object, ...]:
    local = answer.at.astimezone(timezone).replace(tzinfo=None)
    return (
        local.isoformat(" ", "seconds"),
        answer.at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z",
        study_day(answer.at, timezone).isoformat(),
        topics.get(answer.question, ""),
        answer.question,
        answer.seed,
        answer.text,
        answer.outcome,
        answer.score,
        answer.mistake or "",
        round(answer.seconds, 3),
        answer.hints,
        "" if answer.sure is None else int(answer.sure),
        int(answer.guessed),
        answer.session,
        answer.uuid,
    )


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
