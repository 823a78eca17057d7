"""Proving that wrong answers are wrong: each differs from the key and from the others, and is told by its own name."""

from collections.abc import Iterator

from msgspec.structs import replace

from engine.bank.asked import Asked, AskedOption, ChoiceKey, CodeKey, NumberKey, ShapeKey, SymbolicKey
from engine.bank.model import Question
from engine.bank.variants import draw
from engine.grading.grade import grade
from engine.grading.verdict import Verdict
from sims.text import Text

SEEDS = range(6)


class WrongAnswers:
    """The named mistakes and distractors of one question, tried at one variant after the other."""

    def __init__(self, question: Question) -> None:
        self._ids = [mistake.id for mistake in getattr(question, "mistakes", ())]
        self._own: set[str] = set()  # told by their own name at some variant
        self._first = draw(question, 0)

    def failures(self, asked: Asked) -> Iterator[Text]:
        """What is wrong with the wrong answers of this variant."""
        match asked.key:
            case ShapeKey(mistakes=shapes):
                for mistake in shapes:
                    yield from self._misnamed(asked, mistake.id, "x".join(map(str, mistake.answer)))
            case NumberKey(mistakes=numbers):
                for number in numbers:
                    yield from self._misnamed(asked, number.id, str(number.answer))
            case SymbolicKey():
                yield from self._formulas(asked, asked.key)
            case ChoiceKey(options=options):
                yield from _options(asked, options)
            case CodeKey(options=options, typed=False):
                yield from _options(asked, options)
                yield from _equal_code(asked.key)
            case _:
                return

    def never_offered(self) -> Iterator[Text]:
        """Mistakes that are told by their own name nowhere: they always equal the key or another one."""
        for name in self._ids:
            if name not in self._own:
                yield Text(
                    f"間違い {name} は、どの場合も正解か別の間違いと同じです。",
                    f"The mistake {name} equals the key or another mistake at every variant.",
                )

    def _misnamed(self, asked: Asked, name: str, answer: str) -> Iterator[Text]:
        verdict = grade(asked, answer)
        if verdict.outcome != "wrong" or verdict.mistake != name:
            yield _as_graded(name, answer, verdict)
        else:
            self._own.add(name)

    def _formulas(self, asked: Asked, key: SymbolicKey) -> Iterator[Text]:
        """One that happens to equal the key at another variant is no mistake there; two that agree share a name."""
        for mistake in key.mistakes:
            verdict = grade(asked, mistake.answer)
            if verdict.mistake == mistake.id:
                self._own.add(mistake.id)
            elif verdict.outcome == "correct" and asked.values != self._first:
                continue
            elif verdict.outcome != "wrong" or verdict.mistake not in self._ids or asked.values == self._first:
                yield _as_graded(mistake.id, mistake.answer, verdict)


def _options(asked: Asked, options: tuple[AskedOption, ...]) -> Iterator[Text]:
    """A wrong option is graded wrong and by its own name, a right one is not."""
    for place, option in enumerate(options, 1):
        verdict = grade(asked, str(place))
        if (verdict.outcome == "wrong") == option.right or (not option.right and verdict.mistake != option.id):
            yield _as_graded(option.id, option.text.en, verdict)


def _equal_code(key: CodeKey) -> Iterator[Text]:
    """Two wrong options that compute the same."""
    from engine.grading.code import passes  # NumPy

    wrong = [option for option in key.options if not option.right]
    for place, option in enumerate(wrong):
        others = (replace(option, right=True), *wrong[place + 1 :])
        for other in wrong[place + 1 :]:
            try:
                equal = passes(replace(key, options=others), other.text.en, SEEDS)
            except ValueError:  # code that cannot be run at all is a distractor too, and equals nothing
                continue
            if equal:
                yield Text(
                    f"選択肢 {option.id} と {other.id} は同じ結果になります。",
                    f"The options {option.id} and {other.id} compute the same.",
                )


def _as_graded(name: str, answer: str, verdict: Verdict) -> Text:
    return Text(
        f"間違い {name}（{answer}）が {verdict.outcome} / {verdict.mistake} と採点されます。",
        f"The mistake {name} ({answer}) is graded {verdict.outcome} / {verdict.mistake}.",
    )
