"""A mock exam, from the first question to its end: a state machine that draws nothing, asks no clock, gives no verdict.

A front calls :meth:`Exam.choose`, :meth:`Exam.go` and the others as keys come in, and :meth:`Exam.tick` once a second.
``now`` is always the time on one monotonic clock, in seconds; it runs only between :meth:`Exam.enter` and
:meth:`Exam.leave`. Every change is handed to ``keep`` before the call returns.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec.structs import replace

from engine.study.exam.item import Item
from engine.study.exam.sheet import Place, Sheet

SAVED_EVERY: Final = 10.0  # seconds of the clock that a power cut may cost


class Exam:
    """An exam over ``items``, one for each place of ``sheet``. A finished one takes no more changes."""

    def __init__(self, sheet: Sheet, items: Sequence[Item], keep: Callable[[Sheet], None]) -> None:
        if len(items) != len(sheet.places) or sheet.here >= len(items):
            raise ValueError("an exam has one item for each place, and is at one of them")
        self.sheet = sheet
        self.items = tuple(items)
        self._keep = keep
        self._since: float | None = None
        self._saved_at = sheet.used

    @property
    def finished(self) -> bool:
        """Whether it was handed in or its time is over."""
        return self.sheet.finished

    @property
    def item(self) -> Item:
        """The question on the screen."""
        return self.items[self.sheet.here]

    @property
    def place(self) -> Place:
        """What is known of the question on the screen."""
        return self.sheet.places[self.sheet.here]

    @property
    def number(self) -> int:
        """Which question this is, from 1."""
        return self.sheet.here + 1

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self.items)

    @property
    def chosen(self) -> int | None:
        """The place of the option chosen here, from 0."""
        return self.item.place(self.place.chosen)

    def left(self, now: float) -> float:
        """Seconds left at ``now``."""
        return max(self.sheet.left - self._elapsed(now), 0.0)

    def enter(self, now: float) -> None:
        """Start the clock, or let it go on after a leave."""
        if not self.finished and self._since is None:
            self._since = now

    def leave(self, now: float) -> None:
        """Stop the clock; everything stays as it is until the next :meth:`enter`."""
        if self._account(now):
            self._store()
        self._since = None

    def tick(self, now: float) -> bool:
        """Let time pass. True once, when it is time to warn. Finishes the exam when its time is over."""
        if not self._account(now):
            return False
        due = not self.finished and not self.sheet.warned and self.sheet.left <= self.sheet.warns_at
        if due:
            self.sheet = replace(self.sheet, warned=True)
        if due or self.finished or self.sheet.used - self._saved_at >= SAVED_EVERY:
            self._store()
        return due

    def choose(self, option: int, now: float) -> None:
        """Choose the option at ``option``, from 0, in place of any chosen before; none such, nothing happens."""
        if 0 <= option < len(self.item.options):
            self._change_place(now, chosen=self.item.options[option].id)

    def clear(self, now: float) -> None:
        """Take the answer to this question back."""
        self._change_place(now, chosen=None)

    def flag(self, now: float) -> None:
        """Flag this question to come back to, or take the flag away."""
        self._change_place(now, flagged=not self.place.flagged)

    def go(self, number: int, now: float) -> None:
        """To question ``number``, from 1, as far as there is one."""
        here = min(max(number, 1), self.total) - 1
        self._change(now, lambda sheet: replace(sheet, here=here))

    def next(self, now: float) -> None:
        """To the next question; from the last one nowhere."""
        self.go(self.number + 1, now)

    def previous(self, now: float) -> None:
        """To the one before; from the first one nowhere."""
        self.go(self.number - 1, now)

    def hand_in(self, now: float) -> None:
        """Finish."""
        self._change(now, lambda sheet: replace(sheet, finished=True))
        self._since = None

    def _change_place(self, now: float, **changes: Any) -> None:
        self._change(now, lambda sheet: _with_place(sheet, **changes))

    def _change(self, now: float, change: Callable[[Sheet], Sheet]) -> None:
        """Let the time pass first: what comes after the end does not count."""
        if self._account(now):
            if not self.finished:
                self.sheet = change(self.sheet)
            self._store()

    def _account(self, now: float) -> bool:
        """Book the time since the last call on the question on the screen; False if the clock stands still."""
        if self._since is None or self.finished:
            return False
        passed, left = self._elapsed(now), self.sheet.left
        is_over = passed >= left
        spent = min(passed, left)
        sheet = _with_place(self.sheet, seconds=self.place.seconds + spent)
        used = sheet.limit if is_over else sheet.used + spent  # exactly, whatever was rounded on the way
        self.sheet = replace(sheet, used=used, finished=is_over)
        self._since = None if is_over else now
        return True

    def _elapsed(self, now: float) -> float:
        return 0.0 if self._since is None else max(now - self._since, 0.0)

    def _store(self) -> None:
        self._saved_at = self.sheet.used
        self._keep(self.sheet)


def _with_place(sheet: Sheet, **changes: Any) -> Sheet:
    """``sheet`` with the place it is at changed."""
    places = list(sheet.places)
    places[sheet.here] = replace(places[sheet.here], **changes)
    return replace(sheet, places=tuple(places))
