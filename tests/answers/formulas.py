"""Formulas in other spellings, by their characters and by their tree; and the same with one thing wrong."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

import sympy

from engine.bank.asked import SymbolicKey
from engine.grading.algebra import UnsupportedError, to_sympy, to_tree
from engine.grading.notation import LIMITS, echo, mathematics, to_python
from engine.grading.notation.build import negate
from engine.grading.notation.tree import (
    ONE,
    TWO,
    ZERO,
    Call,
    Constant,
    Number,
    Operation,
    Tree,
    Variable,
    changed,
    children,
    integer,
    rebuilt,
    substituted,
    variables,
)
from engine.grading.symbolic import key_notation
from engine.grading.symbolic_key import prepared
from tests.answers.latex import latex
from tests.answers.widths import RAISED, widths

_TIMES = ("×", "・", "·", "⋅", "･", " × ", "＊", "∗")
_MINUS = ("−", "－", "ー", "–", "‐", " - ")
_PI = to_python(Constant("pi"))  # a decimal, which no formula equals
_PART = re.compile(r"[A-Za-z_][A-Za-z_0-9]*|[0-9.]+|\*\*|\S")


def spellings(key: SymbolicKey) -> list[str]:
    """Other ways to write ``key``."""
    tree = shown_tree(key)
    plain = written(tree)
    found = [*_rewritten(plain), *_framed(plain, key)]
    for other in (tree, *equal_trees(tree, key)):
        found += [written(other), echo(other), mathematics(other), latex(other)]
    for text in {plain, key.answer or written(prepared(key).tree)}:
        found += [text, *_renamed(text)]
    return [text for text in found if len(text) <= LIMITS.characters]


def written(tree: Tree) -> str:
    """``tree`` in the banks' notation, with π by its name."""
    return to_python(tree).replace(_PI, "pi")


def shown_tree(key: SymbolicKey) -> Tree:
    """The key as it is shown, read back."""
    return prepared(key).read(key_notation(key))


def _rewritten(text: str) -> Iterator[str]:
    """``text``, a formula in the banks' notation, in other characters."""
    raised = re.sub(r"\*\*(\d+)", lambda match: match[1].translate(RAISED), text)
    for base in (text.replace("**", "^"), raised):
        yield base
        yield from (base.replace("*", sign) for sign in _TIMES if "**" not in base)
        yield from (base.replace("-", sign) for sign in _MINUS)
        yield _juxtaposed(base)
        yield from widths(base)
        yield from (base.replace(" ", ""), base.replace(" ", "\u3000"), base.replace(" ", "  "))
        yield re.sub(r"([-+*/^])", r" \1 ", base) if "**" not in base else base
        yield re.sub(r"(?<![A-Za-z0-9_])\(([^()]*)\)", r"[\1]", base)
    yield from widths(text)


def _juxtaposed(text: str) -> str:
    """``*`` left out where the factors still stand apart, and a space for it between names."""
    parts = _PART.findall(text)
    done = ""
    for part, after in pairwise([*parts, " "]):
        before = re.search(r"\w+$", done)
        if part != "*" or after[0].isdigit():
            done += f" {part} " if part in "+-" else part
        elif after[0].isalpha() and before and not before[0].isdigit():
            done += "" if len(before[0]) == len(after) == 1 else " "
    return done.strip()


def _framed(text: str, key: SymbolicKey) -> Iterator[str]:
    """``text`` with something around it that is no part of the formula, or changes nothing."""
    yield from (f"({text})", f"[{text}]", f"{{{text}}}", f"(({text}))", f"（{text}）", f"+({text})", f"$ {text} $")
    yield from (f"{key.label} = {text}", f"{key.label.replace('∂', 'd')}={text}", "＝".join((key.label, text)))
    yield from (f"{text}。", f"({text}).", f"{text};", f"\u3000{text}\n", f"\u200b{text}\ufeff")


def _renamed(text: str) -> Iterator[str]:
    """Other names of the functions in ``text``."""
    for name, others in (
        ("exp(", ("np.exp(", "EXP(", "e^(", r"\exp(", "ｅｘｐ（")),
        ("sigmoid(", ("σ(", "Sigmoid(", "sigmoid (", r"\sigma(")),
        ("tanh(", ("np.tanh(", "Tanh(", r"\tanh(")),
        ("log(", ("ln(", "np.log(", r"\ln(", "Log(")),
        ("sqrt(", ("√(", "np.sqrt(")),
    ):
        if re.search(rf"(?<![A-Za-z]){re.escape(name)}", text):
            yield from (text.replace(name, other) for other in others)


def equal_trees(tree: Tree, key: SymbolicKey) -> Iterator[Tree]:
    """Other expressions with the value of ``tree``."""
    yield prepared(key).tree
    yield from (changed(tree, change) for change in (_swapped_sum, _swapped, _without_functions, _factors, _halves))
    yield from (Operation("+", tree, ZERO), Operation("*", ONE, tree), Operation("/", Operation("*", TWO, tree), TWO))
    yield from (Operation("-", Operation("*", TWO, tree), tree), Operation("-", Operation("+", tree, ONE), ONE))
    yield negate(Operation("*", integer(-1), tree))
    try:
        value = to_sympy(tree)
        for form in (sympy.expand, sympy.factor, sympy.together, sympy.simplify):
            yield to_tree(form(value))
    except UnsupportedError:
        return


def _swapped_sum(part: Tree) -> Tree:
    match part:
        case Operation("+", left, right):
            return Operation("+", right, left)
        case Operation("-", left, right):
            return Operation("+", negate(right), left)
    return part


def _swapped(part: Tree) -> Tree:
    if isinstance(part, Operation) and part.sign == "*":
        return Operation("*", part.right, part.left)
    return _swapped_sum(part)


def _without_functions(part: Tree) -> Tree:
    """Functions by the exponential function, which is written as a power of e."""
    match part:
        case Call("exp", (argument,)):
            return Operation("^", Constant("e"), argument)
        case Call("sigmoid", (argument,)):
            return Operation("/", ONE, Operation("+", ONE, Call("exp", (negate(argument),))))
        case Call("tanh", (argument,)):
            double = Call("exp", (Operation("*", TWO, argument),))
            return Operation("/", Operation("-", double, ONE), Operation("+", double, ONE))
        case Call("sqrt", (argument,)):
            return Operation("^", argument, Operation("/", ONE, TWO))
    return part


def _factors(part: Tree) -> Tree:
    """Small powers as products."""
    match part:
        case Operation("^", base, Number(value)) if value in (2, 3):
            square = Operation("*", base, base)
            return square if value == 2 else Operation("*", square, base)
    return part


def _halves(part: Tree) -> Tree:
    """Every variable as the sum of its halves."""
    half = Operation("/", part, TWO)
    return Operation("+", half, half) if isinstance(part, Variable) else part


def perturbations(key: SymbolicKey) -> list[str]:
    """``key`` with one thing wrong."""
    return list(map(written, perturbed_trees(key)))


def perturbed_trees(key: SymbolicKey) -> Iterator[Tree]:
    """``key`` with one thing wrong; those whose difference from it expands to 0 are left out."""
    tree = shown_tree(key)
    return (other for other in _perturbed(tree, list(key.variables)) if not provably_equal(other, tree))


def _perturbed(tree: Tree, names: list[str]) -> Iterator[Tree]:
    yield from (negate(tree), Operation("+", tree, ONE), Operation("-", tree, ONE), Operation("*", TWO, tree))
    yield from (Operation("/", tree, TWO), Operation("^", tree, TWO))
    for first, second in combinations(names, 2):
        yield substituted(tree, {first: Variable(second), second: Variable(first)})
    for name in sorted(variables(tree)):
        yield from (substituted(tree, {name: Variable(other)}) for other in names if other != name)
    yield from _edited(tree)


def _edited(tree: Tree) -> Iterator[Tree]:
    """One number larger by 1, one sign turned, one function left out."""
    match tree:
        case Number(value):
            yield Number(value + 1)
        case Operation("+", left, right):
            yield Operation("-", left, right)
        case Operation("-", left, right):
            yield Operation("+", left, right)
        case Call(_, (argument,)):
            yield argument
    parts = children(tree)
    for place, part in enumerate(parts):
        for edited in _edited(part):
            yield rebuilt(tree, (*parts[:place], edited, *parts[place + 1 :]))


def provably_equal(first: Tree, second: Tree) -> bool:
    """Whether the difference of the two expands to 0."""
    try:
        return bool(sympy.expand(to_sympy(first) - to_sympy(second)) == 0)
    except UnsupportedError:
        return first == second
