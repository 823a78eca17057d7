"""Proving keys: each is computed a second time by other means, at every variant, and each wrong answer is wrong.

The linked simulation's measurement, a high-precision numeric derivative, arrays that are really counted, code
that is really run. ``peephole check --prove`` reports what fails.
"""

import itertools
import math
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

import msgspec

from engine.bank import arithmetic, linked, lint
from engine.bank.ask import ask_values
from engine.bank.asked import Asked, ChoiceKey, CodeKey, NumberKey, Scalar, ShapeKey, SymbolicKey, TextKey
from engine.bank.model import Question
from engine.bank.problems import did_you_mean
from engine.bank.proof_wrong import WrongAnswers
from engine.bank.variants import MOST_SAMPLED, listed, sample
from engine.grading.grade import grade
from sims import registry
from sims.frames import Frame, Metric
from sims.text import Text, same

CODE_SEEDS = range(6)
MOST_COUNTED = 10**8  # entries of an array that is made to be counted


class Proven(msgspec.Struct, frozen=True):
    """What was proven of one question: by which means, over how many variants, and what failed."""

    question: str
    means: str
    variants: int
    failures: tuple[Text, ...]


def prove(question: Question, most: int = MOST_SAMPLED) -> Proven:
    """Prove ``question``, which has no fault, at all its variants, or at ``most`` of them where there are more."""
    (means,) = question.proof.means
    drawn = sample(question, most)
    wrong = WrongAnswers(question)
    failures: list[Text] = []
    for values in drawn:
        found: list[Text] = []
        try:
            asked = ask_values(question, "", 0, values)
            for failure in itertools.chain(_key_failures(asked, means), wrong.failures(asked)):
                found.append(failure)  # one by one: what was found before an error counts
        except (ValueError, ArithmeticError) as error:
            found.append(_reason(error))
        at = listed(values)
        failures += [Text(f"{text.ja} [{at}]", f"{text.en} [{at}]") if at else text for text in found]
    if not failures:
        failures += wrong.never_offered() if most >= MOST_SAMPLED else ()  # a few variants do not tell
        failures += [what for _, what, _ in lint.examples(question)]
    return Proven(question.id, means, len(drawn), tuple(failures))


def _reason(error: Exception) -> Text:
    """What the readers of formulas, code and settings say in both languages, else the bare message."""
    text = getattr(error, "text", None)
    return text if isinstance(text, Text) else same(str(error) or type(error).__name__)


def _key_failures(asked: Asked, means: str) -> Iterator[Text]:
    match means:
        case "sim":
            yield from _compare(asked, measured(asked)[asked.question.proof.sim or ""])
        case "count" if isinstance(asked.key, NumberKey):
            shapes = asked.question.proof.count or {}
            counted = sum(count_array(shape, asked.values) for shape in shapes.values())
            if counted != asked.key.value:
                yield Text(
                    f"数えると {counted}、正解は {asked.key.value}。",
                    f"Counted {counted}, the key is {asked.key.value}.",
                )
        case "derivative" if isinstance(asked.key, SymbolicKey):
            from engine.grading.symbolic import derivative_agrees

            if not derivative_agrees(asked.key):
                yield Text("数値微分と合いません。", "The key differs from the numeric derivative.")
        case "options" if isinstance(asked.key, CodeKey):
            yield from _code_failures(asked.key)
        case "none":
            yield from _model_failures(asked)
        case _:
            yield Text(f"{means} では証明できない種類です。", f"This kind cannot be proven by {means}.")


def measured(asked: Asked) -> Mapping[str, Metric]:
    """The metrics of the linked simulation's last frame, run with this variant's numbers.

    A formula is handed over as the claim, and the metric counts the points at which it is wrong; anything else is
    measured without a claim.
    """
    simulation = registry.get(asked.question.sim.name)
    settings = linked.settings(asked)
    given = {name: text for name, text in settings.items() if text != linked.ANSWER}
    if isinstance(asked.key, SymbolicKey):
        from engine.grading.symbolic import key_claim

        given |= {name: key_claim(asked.key) for name, text in settings.items() if text == linked.ANSWER}
    last: Frame | None = None
    for frame in simulation.run(simulation.values(given), seed=0):
        last = frame
    metrics: Mapping[str, Metric] = last.metrics if last is not None else {}
    wanted = asked.question.proof.sim or ""
    if not metrics:
        raise arithmetic.FormulaError(
            f"{simulation.name} の最後のコマに測定値がありません。metrics に {wanted} を入れてください。",
            f"The last frame of {simulation.name} has no metrics; give it {wanted}.",
        )
    if wanted not in metrics:
        hint = did_you_mean(wanted, list(metrics))
        raise arithmetic.FormulaError(
            f"{simulation.name} に測定値 {wanted} はありません。{hint.ja}",
            f"{simulation.name} measures no {wanted}. {hint.en}",
        )
    return metrics


def _compare(asked: Asked, metric: Metric) -> Iterator[Text]:
    match asked.key:
        case ShapeKey(sizes=sizes):
            key, same = "x".join(map(str, sizes)), metric == "x".join(map(str, sizes))
        case NumberKey(value=value, tolerance=tolerance):
            number = Fraction(metric) if isinstance(metric, (int, float)) else None
            key = str(value)
            same = number is not None and abs(number - value) <= Fraction(tolerance) * abs(value)
        case SymbolicKey():
            key, same = "0", metric == 0
        case ChoiceKey(options=options):
            equal = [option for option in options if _number_in(option.text.en) == metric]
            key = ", ".join(option.text.en for option in options if option.right)
            same = [option.right for option in equal] == [True]
        case _:
            key, same = "?", False
    if not same:
        yield Text(
            f"シミュレーションの測定は {metric}、正解は {key}。", f"The simulation measures {metric}, the key is {key}."
        )


def _number_in(text: str) -> float | None:
    """The one number in an option such as ``By 25 %`` or ``.25``."""
    found = re.findall(r"\d*\.?\d+", text)
    return float(found[0]) if len(found) == 1 else None


def count_array(shape: str, values: Mapping[str, Scalar]) -> int:
    """The number of entries of a real array whose shape is written ``4*H*I``: one axis a factor."""
    import numpy as np

    axes = [int(arithmetic.compute(axis, values)) for axis in shape.split("*")]
    if min(axes) < 0 or math.prod(axes) > MOST_COUNTED:
        raise arithmetic.FormulaError(
            f"配列 {shape} は数えるには大きすぎます。", f"An array of {shape} is too large to be counted."
        )
    return int(np.zeros(axes, dtype=np.int8).size)


def _code_failures(key: CodeKey) -> Iterator[Text]:
    from engine.grading.code import passes  # NumPy

    for option in key.options:
        if passes(key, option.text.en, CODE_SEEDS) != option.right:
            yield Text(
                f"選択肢 {option.text.ja} の実行結果が印と違います。",
                f"Running {option.text.en} disagrees with its mark.",
            )


def _model_failures(asked: Asked) -> Iterator[Text]:
    """Every point of a rubric must be found in the model answer, in either language."""
    if not isinstance(asked.key, TextKey):
        return
    for language, model in (("ja", asked.key.model.ja), ("en", asked.key.model.en)):
        verdict = grade(asked, model)
        if verdict.outcome != "correct":
            yield Text(
                f"模範解答（{language}）に見つからない点があります。",
                f"Not every point is found in the model answer ({language}).",
            )
