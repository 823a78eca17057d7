"""A session that is given no seed is not the one before it."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.bank.load import SHIPPED, load
from engine.study.answer import Answer
from engine.study.desk import Desk

NOW = datetime(2027, 1, 10, 9, tzinfo=UTC)
NAME = "conv-output-size"


def test_a_question_met_before_comes_with_other_numbers_each_time_a_session_is_opened(tmp_path: Path) -> None:
    with closing(Desk.open(load([SHIPPED]), tmp_path, lambda: NOW, UTC)) as desk:
        met = NOW - timedelta(days=90)
        desk.record.append(Answer("u", met, "s", NAME, 0, "3x3", "correct", 1.0, None, 20.0))
        desk.topics = {NAME: desk.topics[NAME]}
        opened = [desk.session() for _ in range(8)]
        assert len({tuple(session.asked.values.items()) for session in opened}) > 1
        again = [desk.session(seed=5).asked.values for _ in range(2)]
        assert again[0] == again[1]
