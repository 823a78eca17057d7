"""What the screens of a running exam share: the exam, its clock, and a look at it once a second."""

import time
from collections.abc import Callable

from engine.study.exam.exam import Exam
from engine.study.exam.room import ExamRoom
from engine.tui.screens.base import PeepholeScreen
from engine.tui.screens.exam_parts import ExamStatus

Clock = Callable[[], float]


class ExamTimed(PeepholeScreen):
    """``clock`` is monotonic, in seconds: a laptop that sleeps or a clock put right costs nobody time."""

    def __init__(self, room: ExamRoom, exam: Exam, clock: Clock = time.monotonic) -> None:
        super().__init__()
        self.room = room
        self.exam = exam
        self.clock = clock

    def on_mount(self) -> None:
        """Look at the clock once a second."""
        self.set_interval(1.0, self.tick)

    def tick(self) -> None:
        """Another second."""
        self.query_one(ExamStatus).show_left(self.exam.left(self.clock()))
