"""Code typed into a hole: run on random arrays beside the key, so that any equal spelling is right.

A wrong expression is compared with the wrong options too, and gets the name of the one it equals.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.bank.asked import AskedOption, CodeKey
from engine.grading.code_text import code_text
from engine.grading.draws import arrays_for, letter_sizes
from engine.grading.plain import DIFFERS, UnreadError
from engine.grading.verdict import Caret, Verdict, correct, refused, unreadable, wrong
from sims.expression import EvaluationError, Expression, ExpressionError, evaluate, parse
from sims.text import Text

DRAWS = 4
MAX_ENTRIES = 2**12
SQUARE = 3
TOLERANCE = 1e-9
EXAMPLES = ("A * B + C", "A.dot(B)", "np.exp(A)")
_GRADIENT = re.compile(r"d[A-Z_]|delta|grad|∂")
_MISFIT = Text("形が合わず、計算できません。", "The shapes do not fit, so it cannot be computed.")
_OTHER_SHAPE = Text("結果の形が違います。", "The result has another shape.")

Array = NDArray[np.float64]
Outcome = Array | EvaluationError


def grade(key: CodeKey, text: str, seed: int = 0) -> Verdict:
    """The verdict on ``text`` as what fills the hole; the same question, text and seed give the same numbers."""
    try:
        expression = _read(key, text)
    except UnreadError as error:
        return error.verdict
    draws = _draws(key, seed)
    outcomes = _run(expression, draws)
    for outcome in outcomes:
        if isinstance(outcome, EvaluationError) and outcome.reason == "size":
            return refused(outcome.text)
    shown = _shown(expression)
    expected = [evaluate(parse(key.answer, list(key.arrays)), draw) for draw in draws]
    if _same(outcomes, expected):
        right = next(option for option in key.options if option.right)
        return _picked(key, right, correct(shown, expression.text))
    named, evidence = _difference(key, expression.names, outcomes, expected, seed)
    option = _equal_option(key, expression, outcomes, seed)
    if option is None:
        return wrong(shown, expression.text, named=named, evidence=evidence)
    evidence = option.evidence or evidence
    return _picked(key, option, wrong(shown, expression.text, option.id, option.why, evidence))


def reading(key: CodeKey, text: str) -> str:
    """How ``text`` is read, with spaces put in order and ``*`` as ``∗``. Raises :class:`UnreadError`."""
    return _shown(_read(key, text))


def passes(key: CodeKey, code: str, seeds: Iterable[int]) -> bool:
    """Whether ``code`` gives the key's result on the arrays of every seed.

    Raises :class:`ExpressionError` for code that is no expression, and :class:`EvaluationError` or ValueError if
    the key itself cannot be run: then the question is at fault.
    """
    expression, answer = (parse(text, list(key.arrays)) for text in (code, key.answer))
    draws = [arrays_for(key.arrays, seed) for seed in seeds]
    expected = [evaluate(answer, draw) for draw in draws]
    return _same(_run(expression, draws), expected)


def _read(key: CodeKey, text: str) -> Expression:
    typed = code_text(text)
    try:
        return parse(typed.text, list(key.arrays))
    except ExpressionError as error:
        if error.refused:
            raise UnreadError(refused(error.text)) from None
        caret = None if error.offset is None else typed.caret(error.offset, error.note)
        raise UnreadError(unreadable(error.text, caret or Caret(0, error.note), EXAMPLES)) from None


def _shown(expression: Expression) -> str:
    return expression.text.replace(" * ", " ∗ ")


def _picked(key: CodeKey, option: AskedOption, verdict: Verdict) -> Verdict:
    """Where options are shown, code that equals one of them is a pick of it."""
    return verdict if key.typed else replace(verdict, picked=(key.options.index(option),))


def _draws(key: CodeKey, seed: int) -> list[dict[str, Array]]:
    return [arrays_for(key.arrays, DRAWS * seed + draw) for draw in range(DRAWS)]


def _run(expression: Expression, draws: Sequence[Mapping[str, Array]]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for draw in draws:
        try:
            outcomes.append(evaluate(expression, draw, MAX_ENTRIES))
        except EvaluationError as error:
            outcomes.append(error)
    return outcomes


def _same(outcomes: Sequence[Outcome], expected: Sequence[Outcome]) -> bool:
    return all(map(_equal, outcomes, expected))


def _equal(outcome: Outcome, expected: Outcome) -> bool:
    if isinstance(outcome, EvaluationError) or isinstance(expected, EvaluationError):
        return False
    if outcome.shape != expected.shape:
        return False
    # Where terms cancel an entry is small, but its rounding error is that of the larger ones beside it.
    slack = TOLERANCE * (np.abs(expected) + 1e-3 * np.abs(expected).max(initial=0))
    return bool((np.abs(outcome - expected) <= slack).all())


def _equal_option(key: CodeKey, expression: Expression, outcomes: Sequence[Outcome], seed: int) -> AskedOption | None:
    """The wrong option that computes the same, or fails in the same way."""
    draws = _draws(key, seed)
    for option in key.options:
        if option.right:
            continue
        code = parse(option.text.en, list(key.arrays))
        if code.tree == expression.tree:
            return option
        options = _run(code, draws)
        if _same(outcomes, options) or (
            _fails(outcomes) and _fails(options) and _same_if_square(key, expression, code)
        ):
            return option
    return None


def _fails(outcomes: Sequence[Outcome]) -> bool:
    return all(isinstance(outcome, EvaluationError) and outcome.reason == "shape" for outcome in outcomes)


def _same_if_square(key: CodeKey, expression: Expression, code: Expression) -> bool:
    """Whether both would be equal if every axis were equally long: two that fail can be compared only there."""
    draws = [arrays_for(key.arrays, draw, SQUARE) for draw in range(2)]
    return _same(_run(expression, draws), _run(code, draws))


def _difference(
    key: CodeKey, names: Collection[str], outcomes: Sequence[Outcome], expected: Sequence[Array], seed: int
) -> tuple[Text, Text]:
    """What is wrong, and the numbers that show it, from the first draw that shows it."""
    draw = next(place for place, pair in enumerate(zip(outcomes, expected, strict=True)) if not _equal(*pair))
    outcome, right = outcomes[draw], expected[draw]
    letters = "".join(key.arrays[name].shape for name in {*names, *parse(key.answer, list(key.arrays)).names})
    sizes = letter_sizes(key.arrays, DRAWS * seed + draw).items()
    where = ", ".join(f"{letter} = {size}" for letter, size in sizes if letter in letters)
    if isinstance(outcome, EvaluationError):
        if outcome.reason != "shape":
            return DIFFERS, outcome.text
        ja, en = outcome.text.ja.removesuffix("。"), outcome.text.en.removesuffix(".")
        return _MISFIT, Text(f"{ja}（{where}）。", f"{en} ({where}).") if where else outcome.text
    if outcome.shape != right.shape:
        return _OTHER_SHAPE, _shapes(outcome, right, where)
    return DIFFERS, _off(outcome, right) if _GRADIENT.match(key.label) else _values(outcome, right)


def _shapes(outcome: Array, right: Array, where: str) -> Text:
    yours, keys = (str(array.shape) if array.ndim else None for array in (outcome, right))
    ja = f"正解の形は {keys or '1 つの数'}、あなたの式は {yours or '1 つの数'}"
    en = f"The key has shape {keys or '()'}, yours {yours or '()'}"
    return Text(f"{ja}（{where}）。", f"{en} ({where}).") if where else Text(f"{ja} です。", f"{en}.")


def _off(outcome: Array, right: Array) -> Text:
    """How far a gradient is from the right one, as a share of its length."""
    percent = 100 * float(np.linalg.norm(outcome - right) / np.linalg.norm(right))
    share = f"{percent:,.0f}" if percent >= 1 else f"{percent:.1g}"
    return Text(f"勾配が {share} % ずれています。", f"The gradient is {share} % off.")


def _values(outcome: Array, right: Array) -> Text:
    """The entry that differs most, with as many digits as tell the two apart."""
    place = np.unravel_index(np.argmax(np.abs(outcome - right)), right.shape)
    pair = float(right[place]), float(outcome[place])
    digits = next((digits for digits in range(2, 12) if _digits(pair[0], digits) != _digits(pair[1], digits)), 12)
    keys, yours = (_digits(value, digits) for value in pair)
    return Text(
        f"同じ入力で、正解は {keys}、あなたの式は {yours} です。",
        f"On the same input the key is {keys}, yours {yours}.",
    )


def _digits(value: float, digits: int) -> str:
    return f"{value:.{max(digits, 2)}g}".replace("-", "−")
