"""What a derivative comes to when one rule is applied wrongly: the mistakes that people make, generated for any key.

Each slip is the textbook's rules with one of them changed, so that it is made throughout an expression, as people do.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from engine.grading.notation.build import add, call, divide, multiply, negate, one_less, power, subtract
from engine.grading.notation.derivative import NotDifferentiableError, Rules
from engine.grading.notation.tree import ONE, TWO, Call, Tree
from sims.text import Text


class Slip(msgspec.Struct, frozen=True):
    """A wrong answer that has a name: ``id`` is what is stored, ``text`` what the learner is told."""

    id: str
    text: Text
    tree: Tree


class _InnerForgotten(Rules):
    def chain(self, outer: Tree, inner: Tree) -> Tree:
        return outer


class _ProductOfDerivatives(Rules):
    def product(self, left: Tree, right: Tree) -> Tree:
        return multiply(self.d(left), self.d(right))


class _FirstTermOnly(Rules):
    def product(self, left: Tree, right: Tree) -> Tree:
        return multiply(self.d(left), right)


class _SecondTermOnly(Rules):
    def product(self, left: Tree, right: Tree) -> Tree:
        return multiply(left, self.d(right))


class _ProductSign(Rules):
    def product(self, left: Tree, right: Tree) -> Tree:
        return subtract(multiply(self.d(left), right), multiply(left, self.d(right)))


class _QuotientOfDerivatives(Rules):
    def quotient(self, above: Tree, below: Tree) -> Tree:
        return divide(self.d(above), self.d(below))


class _QuotientSign(Rules):
    def quotient(self, above: Tree, below: Tree) -> Tree:
        return divide(add(multiply(self.d(above), below), multiply(above, self.d(below))), power(below, TWO))


class _QuotientNotSquared(Rules):
    def quotient(self, above: Tree, below: Tree) -> Tree:
        return divide(subtract(multiply(self.d(above), below), multiply(above, self.d(below))), below)


class _ExponentKept(Rules):
    def power(self, base: Tree, exponent: Tree) -> Tree:
        return multiply(exponent, power(base, exponent))


class _ExponentNotBroughtDown(Rules):
    def power(self, base: Tree, exponent: Tree) -> Tree:
        return power(base, one_less(exponent))


class _ExponentialAsPower(Rules):
    def exponential(self, base: Tree, exponent: Tree) -> Tree:
        return self.chain(multiply(exponent, power(base, one_less(exponent))), exponent)

    def outer(self, tree: Call, inner: Tree) -> Tree:
        if tree.function == "exp":
            return multiply(inner, call("exp", one_less(inner)))
        return super().outer(tree, inner)


class _LogarithmForgotten(Rules):
    def exponential(self, base: Tree, exponent: Tree) -> Tree:
        return self.chain(power(base, exponent), exponent)


class _WaveSign(Rules):
    def outer(self, tree: Call, inner: Tree) -> Tree:
        outer = super().outer(tree, inner)
        return negate(outer) if tree.function in ("sin", "cos") else outer


class _TanhNotSquared(Rules):
    def outer(self, tree: Call, inner: Tree) -> Tree:
        return subtract(ONE, tree) if tree.function == "tanh" else super().outer(tree, inner)


class _SigmoidFirstFactor(Rules):
    def outer(self, tree: Call, inner: Tree) -> Tree:
        return tree if tree.function == "sigmoid" else super().outer(tree, inner)


class _SigmoidSecondFactor(Rules):
    def outer(self, tree: Call, inner: Tree) -> Tree:
        return subtract(ONE, tree) if tree.function == "sigmoid" else super().outer(tree, inner)


class _SigmoidAsTanh(Rules):
    def outer(self, tree: Call, inner: Tree) -> Tree:
        return subtract(ONE, power(tree, TWO)) if tree.function == "sigmoid" else super().outer(tree, inner)


class _TanhAsSigmoid(Rules):
    def outer(self, tree: Call, inner: Tree) -> Tree:
        return multiply(tree, subtract(ONE, tree)) if tree.function == "tanh" else super().outer(tree, inner)


_RULES: Final[tuple[tuple[str, type[Rules], Text], ...]] = (
    (
        "inner-derivative-forgotten",
        _InnerForgotten,
        Text("内側の微分を掛け忘れています。", "The inner derivative was left out."),
    ),
    (
        "product-of-derivatives",
        _ProductOfDerivatives,
        Text(
            "積の微分は、微分どうしの積ではありません。",
            "The derivative of a product is not the product of the derivatives.",
        ),
    ),
    (
        "product-term-missing",
        _FirstTermOnly,
        Text(
            "積の微分で、後の因子を微分した項が抜けています。",
            "The product rule lost the term where the second factor is differentiated.",
        ),
    ),
    (
        "product-term-missing",
        _SecondTermOnly,
        Text(
            "積の微分で、前の因子を微分した項が抜けています。",
            "The product rule lost the term where the first factor is differentiated.",
        ),
    ),
    ("product-sign", _ProductSign, Text("積の微分では、2 つの項を足します。", "The product rule adds its two terms.")),
    (
        "quotient-of-derivatives",
        _QuotientOfDerivatives,
        Text(
            "商の微分は、微分どうしの商ではありません。",
            "The derivative of a quotient is not the quotient of the derivatives.",
        ),
    ),
    (
        "quotient-sign",
        _QuotientSign,
        Text(
            "商の微分では、分子の 2 つの項を引きます。", "The quotient rule subtracts the two terms of its numerator."
        ),
    ),
    (
        "quotient-denominator",
        _QuotientNotSquared,
        Text("商の微分の分母を 2 乗し忘れています。", "The denominator of the quotient rule was not squared."),
    ),
    ("exponent-kept", _ExponentKept, Text("指数を 1 つ減らし忘れています。", "The exponent was not lowered by one.")),
    (
        "exponent-not-brought-down",
        _ExponentNotBroughtDown,
        Text("指数を前に掛け忘れています。", "The exponent was not brought down as a factor."),
    ),
    (
        "exponential-as-power",
        _ExponentialAsPower,
        Text("指数関数に、累乗の微分の規則を使っています。", "The power rule was used on an exponential."),
    ),
    (
        "logarithm-forgotten",
        _LogarithmForgotten,
        Text("底の対数を掛け忘れています。", "The logarithm of the base was left out."),
    ),
    (
        "wave-sign",
        _WaveSign,
        Text("sin と cos の微分の符号が逆です。", "The sign of the derivative of sin or cos is reversed."),
    ),
    (
        "tanh-not-squared",
        _TanhNotSquared,
        Text(
            "tanh の微分は 1 − tanh² です。2 乗を忘れています。",
            "The derivative of tanh is 1 − tanh²: the square was left out.",
        ),
    ),
    (
        "sigmoid-factor-missing",
        _SigmoidFirstFactor,
        Text(
            "シグモイドの微分 σ(1 − σ) の 1 − σ が抜けています。",
            "The derivative of the sigmoid is σ(1 − σ): 1 − σ is missing.",
        ),
    ),
    (
        "sigmoid-factor-missing",
        _SigmoidSecondFactor,
        Text(
            "シグモイドの微分 σ(1 − σ) の σ が抜けています。",
            "The derivative of the sigmoid is σ(1 − σ): σ is missing.",
        ),
    ),
    (
        "sigmoid-as-tanh",
        _SigmoidAsTanh,
        Text("シグモイドに tanh の微分を使っています。", "The derivative of tanh was used for the sigmoid."),
    ),
    (
        "tanh-as-sigmoid",
        _TanhAsSigmoid,
        Text("tanh にシグモイドの微分を使っています。", "The derivative of the sigmoid was used for tanh."),
    ),
)


def slip_words(slip: str) -> Text | None:
    """What the learner is told of a slip, by its id; None if there is none of that id."""
    return next((text for name, _, text in _RULES if name == slip), None)


def rule_slips(tree: Tree, name: str) -> Iterator[Slip]:
    """The wrong derivatives of ``tree`` by ``name``. Those that equal the right one match no wrong answer."""
    for slip, rules, text in _RULES:
        try:
            yield Slip(slip, text, rules(name).d(tree))
        except NotDifferentiableError:
            continue
