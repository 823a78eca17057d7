"""Faults that show in a question as it is written, before any variable is drawn."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from engine.bank.linked import ANSWER
from engine.bank.lint_kinds import of_its_kind
from engine.bank.model import Choice, Code, Count, Essay, Question, Shape, Symbolic
from engine.bank.problems import Fault
from engine.bank.sentences import sentences
from sims import registry
from sims.simulation import Parameter, ParameterError, Simulation
from sims.text import Text

ALLOWED: dict[type, tuple[str, ...]] = {
    Shape: ("sim",),
    Count: ("sim", "count"),
    Choice: ("sim", "none"),
    Code: ("options",),
    Symbolic: ("derivative", "sim"),
    Essay: ("none",),
}
_NUMBER = re.compile(r"[^\d]*\d*\.?\d+[^\d]*")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def written(question: Question) -> Iterator[Fault]:
    """Every such fault of ``question``."""
    yield from blank_sentences(question)
    yield from _proof(question)
    yield from dead_link(question)
    yield from _examples_given(question)
    yield from of_its_kind(question)
    for name, values in question.vary.items():
        if not values:
            yield (
                ("vary", name),
                Text(f"変数 {name} の値がありません。", f"The variable {name} has no values."),
                Text(f"{name}: [5, 6] のように書いてください。", f"Write {name}: [5, 6]."),
            )


def blank_sentences(part: object) -> Iterator[Fault]:
    """A language that is there but empty."""
    for steps, text in sentences(part):
        name = next(step for step in reversed(steps) if isinstance(step, str))
        for language, ja, en, words in (("ja", "日本語", "Japanese", text.ja), ("en", "英語", "English", text.en)):
            if not words.strip():
                yield (
                    (*steps, language),
                    Text(f"{name} に{ja}がありません。", f"{name} has no {en}."),
                    Text(f"{language}: に文を書いてください。", f"Write the sentence after {language}:."),
                )


def _proof(question: Question) -> Iterator[Fault]:
    proof = question.proof
    given = proof.means
    allowed = ALLOWED[type(question)]
    choices = Text(f"ここで使えるのは {', '.join(allowed)} です。", f"Allowed here: {', '.join(allowed)}.")
    if proof.none is not None and not proof.none.strip():
        yield (
            ("proof", "none"),
            Text("証明がない理由がありません。", "proof: none gives no reason."),
            Text("{none: 理由} と書いてください。", "Write {none: why nothing can be computed}."),
        )
    elif len(given) != 1:
        yield ("proof",), Text("proof には 1 つだけ書きます。", "proof takes exactly one way."), choices
    elif given[0] not in allowed:
        what = Text(
            f"この種類の問題は {given[0]} では証明できません。",
            f"This kind of question cannot be proven by {given[0]}.",
        )
        if given[0] == "none":
            what = Text("計算できる問題には証明が要ります。", "A question that can be computed needs a proof.")
        yield ("proof", given[0]), what, choices
    elif given[0] == "none" and isinstance(question, Choice) and _all_numbers(question):
        yield (
            ("proof", "none"),
            Text("選択肢が数なので、証明が要ります。", "Its options are numbers, so it needs a proof."),
            Text("proof: {sim: 測定値の名前} と書いてください。", "Write proof: {sim: name_of_a_metric}."),
        )


def _all_numbers(question: Choice) -> bool:
    """Whether each option is one number, with a unit or a sign at most: a definition is worded otherwise."""
    shown = [(option.text.en if option.text else option.code or "") for option in question.options]
    return bool(shown) and all(len(text) <= 12 and _NUMBER.fullmatch(_PLACEHOLDER.sub("0", text)) for text in shown)


def dead_link(question: Question) -> Iterator[Fault]:
    """A link that leads nowhere: an unknown simulation, an unknown parameter, a proof without the key in it."""
    try:
        simulation = registry.get(question.sim.name)
    except ParameterError as error:
        yield ("sim", "name"), error.text, Text("", "")
        return
    for name in question.sim.with_:
        if name not in [parameter.name for parameter in simulation.parameters]:
            yield ("sim", "with", name), *_unknown_parameter(simulation, name)
    needs_claim = isinstance(question, Symbolic) and question.proof.sim is not None
    if needs_claim and ANSWER not in question.sim.with_.values():
        yield (
            ("sim", "with"),
            Text(
                "シミュレーションに正解が渡りません。", "The simulation is never given the key, so it proves nothing."
            ),
            Text("with に claim: $answer を書いてください。", "Add claim: $answer to with."),
        )


def _unknown_parameter(simulation: Simulation, name: str) -> tuple[Text, Text]:
    what = Text(f"{simulation.name} に {name} という設定はありません。", f"{simulation.name} has no parameter {name}.")
    close = get_close_matches(name, [parameter.name for parameter in simulation.parameters], n=1)
    hint = Text(f"もしかして {close[0]} ですか。", f"Did you mean {close[0]}? ") if close else Text("", "")
    listed = ", ".join(map(_allowed, simulation.parameters))
    return what, Text(f"{hint.ja}使えるのは {listed} です。", f"{hint.en}Allowed: {listed}.")


def _allowed(parameter: Parameter) -> str:
    return f"{parameter.name} ({parameter.allowed()})"


def _examples_given(question: Question) -> Iterator[Fault]:
    """Examples guard the key: without them a changed definition would pass."""
    for field, ja, en in (("accept", "正解になる", "right"), ("reject", "不正解になる", "wrong")):
        if not getattr(question, field):
            yield (
                (),
                Text(f"{field} がありません。", f"{field} is missing."),
                Text(
                    f"{ja}答えの例を {field}: [ ] に 1 つは書いてください。",
                    f"List at least one answer that is {en} in {field}: [ ].",
                ),
            )
