"""A question as the exam puts it: four options, one of them right, each with the answer it stands for.

Options of a bank are taken as they are. Where an answer is typed elsewhere, the options are the key, its named
mistakes and, where these are too few, near misses; every one is graded by the real grader before it is shown.
Left out are answers in words, questions with several right options, and those with fewer than four options.
"""

import random
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from engine.bank.asked import Asked, AskedOption, CodeKey
from engine.bank.model import Choice, Code, Essay, Question
from engine.grading.grade import grade
from engine.grading.verdict import Verdict
from engine.study.exam.wrong import Value, values

OPTIONS: Final = 4


class Item(msgspec.Struct, frozen=True):
    """``options`` in the order shown; ``answers`` is what would be typed for each, so that it can be graded."""

    asked: Asked
    options: tuple[AskedOption, ...]
    answers: tuple[str, ...]

    @property
    def right(self) -> int:
        """The place of the right option, from 0."""
        return next(place for place, option in enumerate(self.options) if option.right)

    def place(self, option: str | None) -> int | None:
        """The place of the option with this id, from 0; None if it has none."""
        return next((place for place, own in enumerate(self.options) if own.id == option), None)

    def verdict(self, place: int) -> Verdict:
        """The verdict on the option at ``place``, from the grader of the question's own kind."""
        return grade(self.asked, self.answers[place])


def eligible(question: Question) -> bool:
    """Whether ``question`` can be put as four options, as far as its kind tells."""
    match question:
        case Essay():
            return False
        case Choice(options=options, multiple=multiple):
            return len(options) >= OPTIONS and not multiple
        case Code(options=options):
            return len(options) >= OPTIONS
        case _:
            return True


def item(asked: Asked, seed: int) -> Item | None:
    """``asked`` as an item; the same ``seed`` gives the same one. None if it cannot be put as four options."""
    if not eligible(asked.question):
        return None
    rng = random.Random(f"{asked.id}:{asked.seed}:{seed}:exam")  # noqa: S311  (reproducible, not secret)
    found = _own_options(asked, rng) or _values(asked, rng)
    if found is None:
        return None
    rng.shuffle(found)
    options, answers = zip(*found, strict=True)
    return Item(asked, options, answers)


def _own_options(asked: Asked, rng: random.Random) -> list[tuple[AskedOption, str]]:
    """The bank's options, the right one and three others; the answer is the place on the question's own screen."""
    options = asked.key.options if isinstance(asked.key, CodeKey) else asked.choices
    typed = isinstance(asked.key, CodeKey) and asked.key.typed
    answered = [(option, option.text.en if typed else str(place)) for place, option in enumerate(options, 1)]
    wrong = [pair for pair in answered if not pair[0].right]
    return [pair for pair in answered if pair[0].right] + rng.sample(wrong, min(len(wrong), OPTIONS - 1))


def _values(asked: Asked, rng: random.Random) -> list[tuple[AskedOption, str]] | None:
    """The key and three values that are proven to differ from it and from each other."""
    offered = values(asked, rng)
    if offered is None or grade(asked, offered.right.answer).outcome != "correct":
        return None
    taken = [offered.right]
    for value in _different(asked, taken, offered.wrong):
        taken.append(value)
        if len(taken) == OPTIONS:
            break
    else:
        return None
    shown = [AskedOption(value.answer, value.shown, False, value is offered.right) for value in taken]
    return [(option, option.id) for option in shown]


def _different(asked: Asked, taken: list[Value], candidates: Iterable[Value]) -> Iterator[Value]:
    """Those of ``candidates`` that the grader calls wrong beside the key and beside each of ``taken`` at that time."""
    for value in candidates:
        keys = [msgspec.structs.replace(asked, key=other.key) for other in taken[1:]]
        if any(value.shown == other.shown for other in taken):
            continue
        if all(grade(beside, value.answer).outcome == "wrong" for beside in (asked, *keys)):
            yield value
