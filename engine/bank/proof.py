"""Proving keys: each is computed a second time by other means, at every variant, and each wrong answer is wrong.

The linked simulation's measurement, a high-precision numeric derivative, arrays that are really counted, code
that is really run. ``peephole check --prove`` reports what fails.
"""

import itertools
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.bank import arithmetic, lint, variants
from engine.bank.asked import Asked, ChoiceKey, CodeKey, Named, NumberKey, ShapeKey, SymbolicKey, TextKey
from engine.bank.model import Bank, Question
from engine.grading.grade import grade
from engine.grading.verdict import Verdict
from sims import registry
from sims.frames import Frame, Metric
from sims.text import Text

MAX_VARIANTS = 200
CODE_SEEDS = range(6)


@dataclass(frozen=True, slots=True)
class Proven:
    """What was proven of one question: by which means, over how many variants, and what failed."""

    question: str
    means: str
    variants: int
    failures: tuple[Text, ...]


def prove(bank: Bank, question: Question, seed: int = 0) -> Proven:
    """Prove ``question`` at all its variants, or at 200 of them drawn by ``seed`` where there are more."""
    means = means_of(question)
    drawn = sample(question, seed)
    failures: list[Text] = []
    for values in drawn:
        try:
            asked = variants.ask_values(question, bank.topic, 0, values)
            found = [*_key_failures(asked, means), *_mistake_failures(asked)]
        except arithmetic.FormulaError as error:
            found = [error.text]
        at = ", ".join(f"{name} = {value}" for name, value in values.items()) or "–"
        failures += [Text(f"{text.ja} [{at}]", f"{text.en} [{at}]") for text in found]
    failures += [what for _, what, _ in lint.examples(bank, question)]
    return Proven(question.id, means, len(drawn), tuple(failures))


def means_of(question: Question) -> str:
    """Which of the means ``proof`` names."""
    names = ("sim", "derivative", "options", "count", "none")
    return next((name for name in names if getattr(question.proof, name)), "none")


def sample(question: Question, seed: int) -> list[variants.Values]:
    """The variants to prove, the original first."""
    every = list(itertools.islice(variants.variants(question), 20_000))
    if len(every) <= MAX_VARIANTS:
        return every
    rng = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    return [every[0], *rng.sample(every[1:], MAX_VARIANTS - 1)]


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
            return
        case _:
            yield Text(f"{means} では証明できない種類です。", f"This kind cannot be proven by {means}.")


def measured(asked: Asked) -> Mapping[str, Metric]:
    """The metrics of the linked simulation's last frame, run with this variant's numbers.

    A formula is handed over as the claim, and the metric counts the points at which it is wrong; anything else is
    measured without a claim.
    """
    simulation = registry.get(asked.question.sim.name)
    given = {name: text for name, text in asked.sim_with.items() if text != variants.ANSWER}
    if isinstance(asked.key, SymbolicKey):
        from engine.grading.symbolic import key_claim

        given |= {name: key_claim(asked.key) for name, text in asked.sim_with.items() if text == variants.ANSWER}
    last: Frame | None = None
    for frame in simulation.run(simulation.values(given), seed=0):
        last = frame
    metrics: Mapping[str, Metric] = last.metrics if last is not None else {}
    wanted = asked.question.proof.sim or ""
    if wanted not in metrics:
        known = ", ".join(metrics)
        raise arithmetic.FormulaError(
            f"{simulation.name} に測定値 {wanted} はありません（{known}）。",
            f"{simulation.name} measures no {wanted}: {known}.",
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


def count_array(shape: str, values: Mapping[str, object]) -> int:
    """The number of entries of a real array whose shape is written ``4*H*I``: one axis a factor."""
    import numpy as np

    axes = [int(arithmetic.compute(axis, dict(values))) for axis in shape.split("*")]  # type: ignore[arg-type]
    return int(np.zeros(axes, dtype=np.int8).size)


def _code_failures(key: CodeKey) -> Iterator[Text]:
    from engine.grading.code import passes  # NumPy

    for option in key.options:
        if passes(key, option.text.en, CODE_SEEDS) != option.right:
            yield Text(
                f"選択肢 {option.text.ja} の実行結果が印と違います。",
                f"Running {option.text.en} disagrees with its mark.",
            )


def _mistake_failures(asked: Asked) -> Iterator[Text]:
    """Each named mistake, given as an answer, must be graded wrong and by its own name."""
    match asked.key:
        case ShapeKey(mistakes=shapes):
            yield from _misnamed(asked, [(mistake, "x".join(map(str, mistake.answer))) for mistake in shapes])
        case NumberKey(mistakes=numbers):
            yield from _misnamed(asked, [(mistake, str(mistake.answer)) for mistake in numbers])
        case SymbolicKey(mistakes=formulas):
            yield from _symbolic_mistakes(asked, formulas)
        case ChoiceKey(options=options) | CodeKey(options=options, typed=False):
            for place, option in enumerate(options, 1):
                verdict = grade(asked, str(place))
                if (verdict.outcome == "correct") != option.right and not getattr(asked.key, "multiple", False):
                    yield Text(
                        f"選択肢 {option.id} の採点が違います。", f"The option {option.id} is graded {verdict.outcome}."
                    )
        case CodeKey() | TextKey():
            return


def _misnamed(asked: Asked, mistakes: list[tuple[Named, str]]) -> Iterator[Text]:  # type: ignore[type-arg]
    for mistake, answer in mistakes:
        verdict = grade(asked, answer)
        if verdict.outcome != "wrong" or verdict.mistake != mistake.id:
            yield _as_graded(mistake.id, answer, verdict)


def _symbolic_mistakes(asked: Asked, mistakes: tuple[Named[str], ...]) -> Iterator[Text]:
    """A formula that happens to equal the key at this variant is no mistake here; two that agree share a name."""
    names = {mistake.id for mistake in mistakes}
    for mistake in mistakes:
        verdict = grade(asked, mistake.answer)
        if verdict.outcome == "correct" and asked.values != variants.draw(asked.question, 0):
            continue
        if verdict.outcome != "wrong" or verdict.mistake not in names:
            yield _as_graded(mistake.id, mistake.answer, verdict)


def _as_graded(name: str, answer: str, verdict: Verdict) -> Text:
    return Text(
        f"間違い {name}（{answer}）が {verdict.outcome} / {verdict.mistake} と採点されます。",
        f"The mistake {name} ({answer}) is graded {verdict.outcome} / {verdict.mistake}.",
    )
