"""A small history in a home of its own, for tests of what goes out of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.study.answer import Answer
from engine.study.history.history import HISTORY_FILE, History

START = datetime(2027, 1, 10, 9, 0, 1, 123_457, tzinfo=UTC)
TEXTS = ["3×3", "", "=1+1", "-2x", "＝A1", "E[X] [/ \x1b[31m", "a\nb\x00c\u2028", '"quoted", and more', "🙂"]


def filled(home: Path, count: int = 9) -> Path:
    """A home whose history holds ``count`` answers, one of them taken back, one judged by the learner."""
    with History.open(home / HISTORY_FILE) as history:
        for number in range(count):
            at = START + timedelta(minutes=number)
            text, sure = TEXTS[number % len(TEXTS)], (None, True, False)[number % 3]
            mistake = "flip" if number % 2 else None
            uuid, question = f"u{number}", "conv-output-size"
            history.append(Answer(uuid, at, "s", question, number, text, "partial", 0.1 + 0.2, mistake, 9.7, 2, sure))
        history.undo("u0", START)
        history.confirm("u1", "correct", 1.0, START, True, True)
        history.undo("of-another-machine", START)
    return home
