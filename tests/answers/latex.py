"""Trees written in LaTeX, as a learner who knows it would type them."""

import re

from engine.grading.notation.echo import decimal
from engine.grading.notation.functions import GREEK
from engine.grading.notation.tree import Call, Constant, Negation, Number, Operation, Tree, Variable

_COMMANDS = frozenset(("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min"))
_NAMES = frozenset(GREEK.values())


def latex(tree: Tree) -> str:
    r"""``tree`` as ``\frac{2x}{x^{2} + y}``."""
    match tree:
        case Number(value):
            return decimal(value)
        case Constant(name):
            return r"\pi" if name == "pi" else name
        case Variable(name):
            return _name(name)
        case Negation(operand):
            return f"-{_bracketed(operand)}"
        case Operation("/", left, right):
            return rf"\frac{{{latex(left)}}}{{{latex(right)}}}"
        case Operation("^", left, right):
            return f"{_bracketed(left)}^{{{latex(right)}}}"
        case Operation("*", left, right):
            return rf"{_bracketed(left)} \cdot {_bracketed(right)}"
        case Operation("+", left, right):
            return f"{latex(left)} + {latex(right)}"
        case Operation(_, left, right):
            return f"{latex(left)} - {_bracketed(right)}"
        case Call(function, (argument,)):
            return _call(tree.written or function, latex(argument))
        case Call(function, arguments):
            return rf"\{function}\left({', '.join(map(latex, arguments))}\right)"


def _bracketed(tree: Tree) -> str:
    whole = isinstance(tree, Number | Constant | Variable) or (isinstance(tree, Call) and tree.function != "abs")
    return latex(tree) if whole else rf"\left({latex(tree)}\right)"


def _call(function: str, argument: str) -> str:
    if function == "sqrt":
        return rf"\sqrt{{{argument}}}"
    if function == "sigmoid":
        return rf"\sigma({argument})"
    command = "\\" if function in _COMMANDS else ""
    return rf"{command}{function}\left({argument}\right)"


def _name(name: str) -> str:
    r"""``W_in`` as ``W_{in}``, ``z0`` as ``z_0``, ``theta`` as ``\theta``."""
    base, _, index = name.partition("_")
    if not index and (match := re.fullmatch(r"([A-Za-z]+)([0-9]+)", name)):
        base, index = match.groups()
    base = rf"\{base}" if base in _NAMES else base
    return base + (f"_{{{index}}}" if len(index) > 1 else f"_{index}" if index else "")
