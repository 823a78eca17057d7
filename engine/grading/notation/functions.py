"""The functions that an answer may use, and how they are spelled."""

from typing import Final
from unicodedata import name

from engine.grading.notation.limits import LIMITS

# Name → the fewest and the most arguments it takes.
ARITY: Final[dict[str, tuple[int, int]]] = {
    **dict.fromkeys(("exp", "log", "log2", "log10", "sqrt", "abs", "sign", "sigmoid", "relu", "factorial"), (1, 1)),
    **dict.fromkeys(("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh"), (1, 1)),
    **dict.fromkeys(("max", "min"), (2, LIMITS.arguments)),
}

# Other spellings, in lower case.
SPELLINGS: Final[dict[str, str]] = {
    **{name: name for name in ARITY if name != "factorial"},
    "ln": "log",
    **dict.fromkeys(("log_e", "log_{e}"), "log"),
    **dict.fromkeys(("log_2", "log_{2}"), "log2"),
    **dict.fromkeys(("log_10", "log_{10}"), "log10"),
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "maximum": "max",
    "minimum": "min",
    "sgn": "sign",
    "logistic": "sigmoid",
}

# Read as 1/cos(x) and so on.
RECIPROCALS: Final[dict[str, str]] = {
    "sec": "cos",
    "csc": "sin",
    "cot": "tan",
    "sech": "cosh",
    "csch": "sinh",
    "coth": "tanh",
}

INVERSES: Final[dict[str, str]] = {"sin": "arcsin", "cos": "arccos", "tan": "arctan"}

GREEK: Final[dict[str, str]] = {
    **{letter: name(letter).split()[-1].lower() for letter in "αβγδεζηθικμνξοπρστυφχψως"},
    **{letter: name(letter).split()[-1].capitalize() for letter in "ΓΔΘΞΠΣΦΨΩ"},
    "λ": "lambda",  # Unicode spells it lamda
    "Λ": "Lambda",
}
