"""Mistakes with a name: which can be made on a variant, and the sentence for each."""

from contextlib import suppress

from engine.bank.arithmetic import FormulaError
from engine.bank.ask import ask
from engine.bank.asked import Asked, ChoiceKey, CodeKey, TextKey
from engine.bank.load import Library
from engine.bank.model import Choice, Code, Count, Question, Shape, Symbolic
from sims.text import Text

LOOKED_AT = 6  # variants in which the sentence of a mistake is looked for

# Those that grading recognises on any question, without the numbers of the day.
_COMMON = {
    "sign": Text("符号が逆です。", "The sign is the other way round."),
    "reciprocal": Text("逆数になっています。", "It is the reciprocal."),
    "scaled": Text("ちょうど何倍か、何分の 1 かです。", "Off by a whole factor."),
    "factor": Text("一定倍だけ違います。", "Off by a constant factor."),
    "one-too-large": Text("ちょうど 1 大きいです。", "Too large by exactly 1."),
    "one-too-small": Text("ちょうど 1 小さいです。", "Too small by exactly 1."),
    "not-whole": Text("数えたものが整数になっていません。", "A count that is not a whole number."),
    "percent-sign-missing": Text("% を付け忘れています。", "The percent sign is missing."),
    "decimal-places": Text("小数点の位置が違います。", "The decimal point is in the wrong place."),
    "element-count": Text("大きさでなく、要素の数です。", "The number of elements instead of the size."),
    "negative-size": Text("大きさが負の数です。", "A size that is negative."),
    "not-rounded-down": Text("割り切れないときの切り捨てを忘れています。", "The division was not rounded down."),
    "fractional-size": Text("大きさが整数になっていません。", "A size that is not a whole number."),
    "axes-swapped": Text("軸の順序が違います。", "The order of the axes is wrong."),
    "some-axes": Text("一部の軸の大きさが違います。", "Some of the axes are wrong."),
    "brackets-missing": Text("かっこが足りません。", "Brackets are missing."),
    "incomplete": Text("選び足りません。", "Something that had to be chosen is missing."),
}


def mistakes(asked: Asked) -> dict[str, Text | None]:
    """The mistakes that the bank names on this variant, wrong options included, each with its sentence."""
    match asked.key:
        case ChoiceKey(options=options) | CodeKey(options=options):
            return {option.id: option.why for option in options if not option.right}
        case TextKey():
            return {}
        case key:
            return {named.id: named.why for named in key.mistakes}


def offers(asked: Asked, mistake: str) -> bool:
    """Whether ``mistake`` can be made on this variant: one that the bank does not name can be made on any."""
    return mistake in mistakes(asked) or mistake not in _declared(asked.question)


def named(library: Library, question: str, mistake: str) -> Text | None:
    """The sentence of a mistake, from the first variant that has it; None if nobody knows it any more."""
    found = library.find(question)
    if found is not None and mistake in _declared(found[1]):
        for seed in range(LOOKED_AT):
            with suppress(FormulaError):
                offered = mistakes(ask(found[1], found[0].topic, seed))
                if mistake in offered:
                    return offered[mistake]
    kind, dash, amount = mistake.partition("-")
    if kind == "factor" and dash:
        shown = amount.replace("minus-", "−").replace("-", "/")
        return Text(f"正解のちょうど {shown} 倍です。", f"Exactly {shown} times the key.")
    if mistake in _COMMON:
        return _COMMON[mistake]
    from engine.grading.slips import slip_words  # 17 ms that the first question need not wait for

    return slip_words(mistake)


def _declared(question: Question) -> set[str]:
    match question:
        case Shape() | Count() | Symbolic():
            return {mistake.id for mistake in question.mistakes}
        case Choice() | Code():
            return {option.id for option in question.options}
        case _:
            return set()
