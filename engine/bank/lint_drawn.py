"""Faults that show only once the variables are drawn; each is reported at the first variant that has it."""

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from engine.bank import arithmetic, linked, template
from engine.bank.ask import ask_values, formula_shower
from engine.bank.asked import Asked, AskedOption, NumberKey, Scalar, ShapeKey
from engine.bank.model import Count, Question, Shape, Symbolic
from engine.bank.problems import Fault, Steps
from engine.bank.sentences import is_filled, sentences
from engine.bank.variants import Values, draw, listed, sample
from engine.drawing.width import cell_width
from engine.drawing.wrap import wrap
from engine.grading.notation import NotationError, read
from sims.simulation import ParameterError
from sims.text import Text

CODE_WIDTH = 36
OPTION_WIDTH = 32  # what 40 columns leave an option, beside its digit
MOST_LINES = 3


def drawn(question: Question) -> Iterator[Fault]:
    """Every such fault, at up to 200 variants."""
    try:
        every = sample(question)
        if not every:
            yield _never(question)
            return
        if every[0] != draw(question, 0):
            yield (
                ("where",),
                Text("元の問題が where を満たしません。", "The original item does not satisfy where."),
                Text("vary の先頭の値を直してください。", "Change the first values of vary."),
            )
            return
    except arithmetic.FormulaError as error:
        yield ("where",), error.text, Text("where を直してください。", "Correct where.")
        return
    yield from _unused(question)
    offered: set[str] = set()
    for values in every:
        try:
            asked = ask_values(question, "", 0, values)
        except arithmetic.FormulaError as error:
            yield _place_of(question, values), error.text, _at(values)
            return
        found = list(_asked(question, asked))
        yield from found
        if found:
            return
        offered.update(mistake.id for mistake in getattr(asked.key, "mistakes", ()))
    yield from _never_offered(question, offered)


def _never(question: Question) -> Fault:
    what = Text(
        f"where: {question.where} を満たす組み合わせがありません。", f"No variant satisfies where: {question.where}."
    )
    return ("where",), what, Text("where か vary を直してください。", "Change where or vary.")


def _unused(question: Question) -> Iterator[Fault]:
    text = msgspec.json.encode(question).decode()
    for name in sorted(question.vary):
        if len(re.findall(rf"\b{re.escape(name)}\b", text)) == 1:
            yield (
                ("vary", name),
                Text(f"変数 {name} はどこにも使われていません。", f"The variable {name} is used nowhere."),
                Text("消すか、ask に {…} と書いてください。", "Delete it, or use it as {…}."),
            )


def _never_offered(question: Question, offered: set[str]) -> Iterator[Fault]:
    for index, mistake in enumerate(getattr(question, "mistakes", ())):
        if mistake.id not in offered:
            yield (
                ("mistakes", index, "answer"),
                Text(f"間違い {mistake.id} はどこでも間違いになりません。", f"The mistake {mistake.id} is never one."),
                Text(
                    "どの場合も正解か別の間違いと同じか、計算できません。",
                    "At every variant it equals the key or another mistake, or cannot be computed.",
                ),
            )


def _place_of(question: Question, values: Values) -> Steps:
    """The way to what cannot be computed with ``values``."""
    show = formula_shower(question)
    for steps, text in sentences(question):
        if not is_filled(steps):
            continue
        for language, words in (("ja", text.ja), ("en", text.en)):
            if _fails(words, values, show):
                return (*steps, language)
    for name, words in (("code", question.code), ("example", question.example)):
        if _fails(words, values, show):
            return (name,)
    for index, option in enumerate(getattr(question, "options", ())):
        if option.code and _fails(option.code, values, show):
            return ("options", index, "code")
    return ("answer",) if isinstance(question, (Shape, Count, Symbolic)) else ()


def _fails(words: str, values: Values, show: template.Show) -> bool:
    try:
        template.fill(words, values, show)
    except arithmetic.FormulaError:
        return True
    return False


def _asked(question: Question, asked: Asked) -> Iterator[Fault]:
    options = {option.id: index for index, option in enumerate(getattr(question, "options", ()))}
    yield from _equal(asked, options)
    for option in asked.choices:
        yield from _too_long(option, options[option.id])
    for line in asked.code.splitlines():
        if cell_width(line) > CODE_WIDTH:
            yield (
                ("code",),
                Text(f"行が長すぎます: {line.strip()}", f"This line is too long: {line.strip()}"),
                Text(f"{CODE_WIDTH} 桁までにしてください。", f"At most {CODE_WIDTH} columns."),
            )
    yield from _settings_out_of_range(asked)
    if isinstance(question, Symbolic):
        yield from _unreadable_formulas(question, asked.values)


def _unreadable_formulas(question: Symbolic, values: Values) -> Iterator[Fault]:
    derive = question.derive
    names = list(question.variables)
    texts: list[tuple[Steps, str]] = [(("answer",), question.answer)] if derive is None else []
    if derive is not None:
        names += [name for name in (derive.wrt, *derive.given) if name not in names]
        texts += [(("derive", "given", name), text) for name, text in derive.given.items()]
    texts += [(("mistakes", place, "answer"), mistake.line) for place, mistake in enumerate(question.mistakes)]
    for steps, text in texts:
        try:
            read(template.insert(text, values), names, question.functions, question.aliases, question.label)
        except (NotationError, arithmetic.FormulaError) as error:
            mend = Text(f"使える変数は {', '.join(names)} です。", f"Its variables are {', '.join(names)}.")
            yield steps, error.text, mend


def _settings_out_of_range(asked: Asked) -> Iterator[Fault]:
    """What the simulation is given must lie in its ranges: the numbers of the variant and the key."""
    simulation = linked.simulation_of(asked)
    for name, text in asked.question.sim.with_.items():
        try:
            parameter = simulation.parameter(name)
            if text != linked.ANSWER:
                parameter.read(linked.setting(asked, name, text))
            elif parameter.kind in ("integer", "real", "shape") and (key := _key(asked)) is not None:
                parameter.read(key)
        except (arithmetic.FormulaError, ParameterError) as error:
            yield ("sim", "with", name), error.text.map(_ended), _at(asked.values)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(("。", ".", "?")) else f"{sentence}."


def _key(asked: Asked) -> str | None:
    """The key as the simulation is given it, where it is no formula and no option."""
    match asked.key:
        case ShapeKey(sizes=sizes):
            return "x".join(map(str, sizes))
        case NumberKey(value=value):
            return str(value if value.denominator == 1 else float(value))
        case _:
            return None


def _equal(asked: Asked, options: dict[str, int]) -> Iterator[Fault]:
    """Two options that a reader of either language could not tell apart."""
    seen: dict[tuple[str, Scalar], str] = {}
    for option in asked.choices:
        for language, text in (("ja", option.text.ja), ("en", option.text.en)):
            other = seen.setdefault((language, _value(option, text)), option.id)
            if other != option.id:
                later, first = sorted((other, option.id), key=lambda name: options[name], reverse=True)
                yield (
                    ("options", options[later]),
                    Text(
                        f"選択肢 {first} と {later} は同じ内容です。", f"The options {first} and {later} are the same."
                    ),
                    _at(asked.values),
                )
                return


def _value(option: AskedOption, text: str) -> Scalar:
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").split())
    if option.code:
        return plain.replace(" ", "")
    value = arithmetic.scalar(plain.replace(",", ""))
    return plain if isinstance(value, str) else value


def _too_long(option: AskedOption, index: int) -> Iterator[Fault]:
    for language, text in (("ja", option.text.ja), ("en", option.text.en)):
        if cell_width(text) <= OPTION_WIDTH:
            continue
        lines = wrap(text, OPTION_WIDTH, balance=not option.code)
        if len(lines) > MOST_LINES:
            steps: Steps = ("options", index, "code") if option.code else ("options", index, "text", language)
            yield (
                steps,
                Text("40 桁の画面には長すぎます。", "This is too long for a screen of 40 columns."),
                Text(
                    f"{OPTION_WIDTH} 桁で {MOST_LINES} 行までにしてください。",
                    f"At most {MOST_LINES} lines of {OPTION_WIDTH} columns.",
                ),
            )
            return


def _at(values: Values) -> Text:
    return Text(f"{listed(values)} のときです。", f"At {listed(values)}.") if values else Text("", "")
