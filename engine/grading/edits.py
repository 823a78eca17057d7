"""The key with one thing wrong with it: a term or factor left out, a sign turned, a function forgotten or confused."""

from collections.abc import Callable, Iterator
from itertools import combinations, islice
from typing import Final

from msgspec.structs import replace

from engine.grading.notation.build import add, multiply, negate, one_less, power
from engine.grading.notation.echo import mathematics
from engine.grading.notation.tree import (
    Call,
    Number,
    Operation,
    Tree,
    Variable,
    changed,
    children,
    rebuilt,
    substituted,
    variables,
)
from engine.grading.slips import Slip
from sims.text import Text

_MOST: Final = 80
_CONFUSED: Final = {
    "sin": ("cos",),
    "cos": ("sin",),
    "tanh": ("sigmoid",),
    "sigmoid": ("tanh",),
    "max": ("min",),
    "min": ("max",),
}
_LOGARITHMS: Final = ("log", "log2", "log10")


def edits(key: Tree) -> Iterator[Slip]:
    """Small changes to ``key``, anywhere in it; at most 80."""
    yield from islice(_everywhere(key), _MOST)
    yield from _swapped(key)


def _everywhere(tree: Tree) -> Iterator[Slip]:
    yield from _here(tree)
    parts = children(tree)
    for index, part in enumerate(parts):
        for edit in _everywhere(part):
            yield replace(edit, tree=rebuilt(tree, (*parts[:index], edit.tree, *parts[index + 1 :])))


def _here(tree: Tree) -> Iterator[Slip]:
    match tree:
        case Operation("+" | "-" as sign, left, right):
            yield from _sum(sign, left, right)
        case Operation("*", left, right):
            yield from _product(left, right)
        case Operation("/", left, right):
            yield _left_out("denominator-missing", right, left)
            text = Text("分数の上下が逆です。", "The fraction is upside down.")
            yield Slip("fraction-inverted", text, Operation("/", right, left))
        case Operation("^", base, Number() as exponent):
            for slip, edited in (("power-missing", base), ("power-as-product", multiply(exponent, base))):
                yield Slip(slip, _became(tree, edited), edited)
            text = Text(
                f"{mathematics(base)} の指数が 1 つ違います。", f"The exponent of {mathematics(base)} is off by one."
            )
            yield Slip("exponent-off-by-one", text, power(base, Number(exponent.value + 1)))
            yield Slip("exponent-off-by-one", text, power(base, one_less(exponent)))
        case Call(function, arguments):
            yield from _call(tree, function, arguments)


def _sum(sign: str, left: Tree, right: Tree) -> Iterator[Slip]:
    yield _left_out("term-missing", right, left)
    yield _left_out("term-missing", left, right if sign == "+" else negate(right))
    for term, edited in (
        (right, Operation("-" if sign == "+" else "+", left, right)),
        (left, Operation("+" if sign == "+" else "-", negate(left), right)),
    ):
        text = Text(f"{mathematics(term)} の符号が逆です。", f"The sign of {mathematics(term)} is reversed.")
        yield Slip("term-sign", text, edited)
    if sign == "+":
        text = Text("足すところを掛けています。", "This multiplies where it should add.")
        yield Slip("multiplied", text, multiply(left, right))


def _product(left: Tree, right: Tree) -> Iterator[Slip]:
    for first, second in ((left, right), (right, left)):
        yield _left_out("factor-missing", second, first)
        if isinstance(second, Operation) and second.sign in "+-":
            text = Text(
                f"{mathematics(first)} を、かっこの中のすべての項に掛けていません。",
                f"{mathematics(first)} was not multiplied into every term of the bracket.",
            )
            yield Slip("bracket-not-expanded", text, Operation(second.sign, multiply(first, second.left), second.right))
    yield Slip("added", Text("掛けるところを足しています。", "This adds where it should multiply."), add(left, right))


def _call(tree: Call, function: str, arguments: tuple[Tree, ...]) -> Iterator[Slip]:
    name = tree.written or function
    text = Text(f"{name}(…) が 1 つ抜けています。", f"One {name}(…) is missing.")
    yield from (Slip("function-missing", text, argument) for argument in arguments)
    for other in _CONFUSED.get(function, ()):
        yield Slip("function-confused", _confused(function, other), Call(other, arguments))
    if function in _LOGARITHMS:
        for other in _LOGARITHMS:
            if other != function:
                text = Text("対数の底が違います。", "The base of the logarithm is another one.")
                yield Slip("logarithm-base", text, Call(other, arguments))


def _swapped(key: Tree) -> Iterator[Slip]:
    for first, second in islice(combinations(sorted(variables(key)), 2), 10):
        text = Text(f"{first} と {second} が入れ替わっています。", f"{first} and {second} are swapped.")
        yield Slip("variables-swapped", text, substituted(key, {first: Variable(second), second: Variable(first)}))
    for right, others in _CONFUSED.items():
        for wrong in others:
            yield Slip("function-confused", _confused(right, wrong), changed(key, _replacing(right, wrong)))


def _became(right: Tree, wrong: Tree) -> Text:
    return Text(
        f"{mathematics(right)} が {mathematics(wrong)} になっています。",
        f"{mathematics(right)} has become {mathematics(wrong)}.",
    )


def _confused(right: str, wrong: str) -> Text:
    return Text(f"{right} と {wrong} を取り違えています。", f"{right} and {wrong} were confused.")


def _replacing(right: str, wrong: str) -> Callable[[Tree], Tree]:
    def replace_one(part: Tree) -> Tree:
        return Call(wrong, part.arguments) if isinstance(part, Call) and part.function == right else part

    return replace_one


def _left_out(name: str, part: Tree, rest: Tree) -> Slip:
    shown = mathematics(part)
    if name == "denominator-missing":
        return Slip(name, Text(f"分母の {shown} が抜けています。", f"The denominator {shown} is missing."), rest)
    kind = Text("項", "term") if name == "term-missing" else Text("因子", "factor")
    return Slip(name, Text(f"{kind.ja} {shown} が抜けています。", f"The {kind.en} {shown} is missing."), rest)
