"""What a bank's types cannot say: faults of meaning, found at every variant. ``peephole check`` reports them."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from engine.bank import arithmetic, template, variants
from engine.bank.asked import Asked
from engine.bank.load import Source, place
from engine.bank.model import Bank, Choice, Code, Essay, Option, Question, Symbolic
from engine.bank.problems import Problem
from engine.grading.grade import grade
from sims import registry
from sims.simulation import ParameterError
from sims.text import Text

MAX_VARIANTS = 200
CODE_WIDTH = 36
Fault = tuple[tuple[str | int, ...], Text, Text]


def lint(source: Source) -> list[Problem]:
    """Every fault of meaning in one bank, in the order of its lines."""
    problems = []
    for index, question in enumerate(source.bank.questions):
        for steps, what, mend in _faults(source.bank, question):
            line, column = place(source.root, "questions", index, *steps)
            problems.append(Problem(source.path, line, column, question.id, what, mend))
    return sorted(set(problems))


def _faults(bank: Bank, question: Question) -> Iterator[Fault]:
    yield from _proof(question)
    unlinked = list(_simulation(question))
    yield from unlinked
    if isinstance(question, (Choice, Code)):
        yield from _options(question)
    if isinstance(question, Code):
        yield from _code(question)
    if isinstance(question, Symbolic) and bool(question.answer) == (question.derive is not None):
        yield (
            (),
            Text("answer と derive のどちらか 1 つが要ります。", "It needs either answer or derive."),
            Text("式を answer: に書くか、derive: で導いてください。", "Write answer: or let derive: compute it."),
        )
    faults = unlinked or list(_variants(bank, question))
    yield from faults if not unlinked else ()
    if not faults and not isinstance(question, (Code, Symbolic)):  # those need NumPy or sympy: --prove grades them
        yield from examples(bank, question)


def _proof(question: Question) -> Iterator[Fault]:
    proof = question.proof
    given = [name for name in ("sim", "derivative", "options", "count", "none") if getattr(proof, name)]
    if len(given) != 1:
        yield (
            ("proof",),
            Text("proof には 1 つだけ書きます。", "proof takes exactly one way."),
            Text(
                "sim、derivative、options、count、none から 1 つを選んでください。",
                "Choose one of sim, derivative, options, count, none.",
            ),
        )
    elif proof.none and not _may_lack_proof(question):
        yield (
            ("proof", "none"),
            Text("計算できる問題には証明が要ります。", "A question that can be computed needs a proof."),
            Text(
                "sim、derivative、options、count のどれかを書いてください。", "Use sim, derivative, options or count."
            ),
        )


def _may_lack_proof(question: Question) -> bool:
    """Words and definitions have nothing to compute."""
    return isinstance(question, (Essay, Choice))


def _simulation(question: Question) -> Iterator[Fault]:
    try:
        simulation = registry.get(question.sim.name)
    except ParameterError as error:
        yield ("sim", "name"), error.text, Text("", "")
        return
    for name in question.sim.with_:
        try:
            simulation.parameter(name)
        except ParameterError as error:
            yield ("sim", "with", name), error.text, Text("", "")


def _options(question: Choice | Code) -> Iterator[Fault]:
    rights = sum(option.right for option in question.options)
    several = isinstance(question, Choice) and question.multiple
    if rights != 1 and not (several and rights > 1):
        yield (
            ("options",),
            Text(f"正解（right: true）が {rights} 個あります。", f"{rights} options are marked right."),
            Text("1 つにしてください（複数なら multiple: true）。", "Mark exactly one (or set multiple: true)."),
        )
    for index, option in enumerate(question.options):
        yield from _option(index, option, isinstance(question, Code))
    repeated = [name for name, times in Counter(option.id for option in question.options).items() if times > 1]
    for name in repeated:
        yield (
            ("options",),
            Text(f"選択肢の id {name} が重なっています。", f"The option id {name} is repeated."),
            Text("別の id にしてください。", "Choose another id."),
        )


def _option(index: int, option: Option, must_be_code: bool) -> Iterator[Fault]:
    steps = ("options", index)
    if (option.text is None) == (option.code is None) or (must_be_code and option.code is None):
        yield (
            steps,
            Text("選択肢には text か code のどちらか 1 つが要ります。", "An option has either text or code."),
            Text("コードの問題では code: を書いてください。", "In a code question write code:."),
        )
    if not option.right and option.why is None:
        yield (
            steps,
            Text(f"選択肢 {option.id} に why がありません。", f"The wrong option {option.id} has no why."),
            Text("どこで間違えたのかを why: に一文で書いてください。", "Name the mistake in one sentence."),
        )


def _code(question: Code) -> Iterator[Fault]:
    if question.code.count(template.HOLE) != 1:
        yield (
            ("code",),
            Text("{hole} が 1 つ要ります。", "The code needs exactly one {hole}."),
            Text("答えの入るところに {hole} と書いてください。", "Write {hole} where the answer goes."),
        )
    for line in question.code.splitlines():
        if len(line) > CODE_WIDTH:
            yield (
                ("code",),
                Text(f"行が長すぎます: {line.strip()}", f"This line is too long: {line.strip()}"),
                Text(f"{CODE_WIDTH} 文字までにしてください。", f"At most {CODE_WIDTH} characters."),
            )


def _variants(bank: Bank, question: Question) -> Iterator[Fault]:
    """Faults that show only once the variables are drawn; each is reported at the first variant that has it."""
    names = set(variants.domain(question))
    try:
        original = variants.draw(question, 0)
        if not variants.allowed(question, original):
            yield (
                ("where",),
                Text("元の問題が where を満たしません。", "The original item does not satisfy where."),
                Text("vary の先頭の値を直してください。", "Change the first values of vary."),
            )
            return
        drawn = list(itertools.islice(variants.variants(question), MAX_VARIANTS))
    except arithmetic.FormulaError as error:
        yield ("where",), error.text, Text("where を直してください。", "Correct where.")
        return
    unused = names - {variants.FORM} - _used(question)
    for name in sorted(unused):
        yield (
            ("vary", name),
            Text(f"変数 {name} はどこにも使われていません。", f"The variable {name} is used nowhere."),
            Text("消すか、ask に {…} と書いてください。", "Delete it, or use it as {…}."),
        )
    for values in drawn:
        try:
            asked = variants.ask_values(question, bank.topic, 0, values)
        except arithmetic.FormulaError as error:
            yield (), error.text, Text(f"{_shown(values)} のときです。", f"At {_shown(values)}.")
            return
        found = list(_asked(question, asked))
        yield from found
        if found:
            return


def _used(question: Question) -> set[str]:
    written = msgspec.json.encode(question).decode()
    return {name for name in question.vary if len(re.findall(rf"\b{re.escape(name)}\b", written)) > 1}


def _asked(question: Question, asked: Asked) -> Iterator[Fault]:
    at = _shown(asked.values)
    texts = [option.text.en for option in asked.choices]
    if len(set(texts)) < len(texts):
        yield (
            ("options",),
            Text("同じ内容の選択肢があります。", "Two options are the same."),
            Text(f"{at} のときです。", f"At {at}."),
        )
    simulation = registry.get(question.sim.name)
    for name, text in asked.sim_with.items():
        if text == variants.ANSWER:
            continue
        try:
            simulation.parameter(name).read(text)
        except ParameterError as error:
            yield ("sim", "with", name), error.text, Text(f"{at} のときです。", f"At {at}.")


def examples(bank: Bank, question: Question) -> Iterator[Fault]:
    """``accept`` and ``reject`` answers that are graded otherwise, at the original item."""
    asked = variants.ask(question, bank.topic)
    for field, answers, good in (
        ("accept", question.accept, ("correct",)),
        ("reject", question.reject, ("wrong", "partial")),
    ):
        for index, answer in enumerate(answers):
            outcome = grade(asked, answer).outcome
            if outcome not in good:
                yield (
                    (field, index),
                    Text(
                        f"{field} の {answer} は {outcome} と採点されます。", f"{field}: {answer} is graded {outcome}."
                    ),
                    Text("正解か例を直してください。", "Correct the key or the example."),
                )


def _shown(values: variants.Values) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items()) or "–"
