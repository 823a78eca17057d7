"""Trees written out again: as they were read (``(x + y)·2``) and as mathematics (``2(x + y)``, ``t²``)."""

from fractions import Fraction
from typing import Final

from engine.grading.notation.tree import Call, Constant, Negation, Number, Operation, Tree, Variable

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_RAISED: Final = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LARGEST_RAISED: Final = 999
Written = tuple[str, int]  # how tightly the text holds together: _SUM … _ATOM


def echo(tree: Tree) -> str:
    """``tree`` as it was read, with every multiplication shown and the fewest brackets that leave no doubt."""
    return _write(tree, tight=False)[0]


def mathematics(tree: Tree) -> str:
    """``tree`` as it would be printed in a book: ``2(x + y)``, ``3x²y``, ``x exp(−x)``. It reads back as the same."""
    return _write(tree, tight=True)[0]


def decimal(value: Fraction) -> str:
    """A number with finitely many decimals, exactly."""
    places = max(_twos_and_fives(value.denominator))
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _twos_and_fives(denominator: int) -> tuple[int, int]:
    found = []
    for prime in (2, 5):
        power = 0
        while denominator % prime == 0:
            denominator //= prime
            power += 1
        found.append(power)
    if denominator != 1:
        raise ValueError("not a finite decimal")
    return found[0], found[1]


def _write(tree: Tree, tight: bool) -> Written:
    match tree:
        case Number(value):
            return decimal(value), _ATOM
        case Constant(name):
            return {"pi": "π"}.get(name, name), _ATOM
        case Variable(name):
            return name, _ATOM
        case Negation(operand):
            text, level = _write(operand, tight)
            return f"−{_enclosed(text, level == _SUM or text.startswith('−'))}", _PRODUCT
        case Operation("^", base, exponent):
            return _power(base, exponent, tight), _POWER
        case Operation("*", left, right):
            return _product(left, right, tight), _PRODUCT
        case Operation("/", left, right):
            return _quotient(left, right, tight), _PRODUCT
        case Operation(sign, left, right):
            return _sum(sign, left, right, tight), _SUM
        case Call(function, arguments):
            return _call(tree, function, arguments, tight)


def _enclosed(text: str, needed: bool) -> str:
    return f"({text})" if needed else text


def _sum(sign: str, left: Tree, right: Tree, tight: bool) -> str:
    text, level = _write(right, tight)
    text = _enclosed(text, text.startswith("−") or (sign == "-" and level == _SUM))
    return f"{_write(left, tight)[0]} {'−' if sign == '-' else '+'} {text}"


def _product(left: Tree, right: Tree, tight: bool) -> str:
    first, level = _write(left, tight)
    first = _enclosed(first, level == _SUM or _is_quotient(left))
    second, level = _write(right, tight)
    second = _enclosed(second, level == _SUM or second.startswith("−") or _is_quotient(right))
    return f"{first}{_joint(left, right, first, second) if tight else '·'}{second}"


def _quotient(left: Tree, right: Tree, tight: bool) -> str:
    above, level = _write(left, tight)
    above = _enclosed(above, level == _SUM or _is_quotient(left))
    below, level = _write(right, tight)
    return f"{above}/{_enclosed(below, level < _POWER)}"


def _power(base: Tree, exponent: Tree, tight: bool) -> str:
    text, level = _write(base, tight)
    text = _enclosed(text, level < _ATOM)
    above, level = _write(exponent, tight)
    if _is_raised(exponent):
        return text + above.translate(_RAISED)
    return f"{text}^{_enclosed(above, level < _ATOM)}"


def _call(tree: Call, function: str, arguments: tuple[Tree, ...], tight: bool) -> Written:
    inner = [_write(argument, tight) for argument in arguments]
    if function == "factorial":
        text, level = inner[0]
        return f"{_enclosed(text, level < _ATOM)}!", _POWER
    texts = ", ".join(text for text, _ in inner)
    if function == "abs" and "|" not in texts:
        return f"|{texts}|", _ATOM
    return f"{tree.written or function}({texts})", _ATOM


def _is_quotient(tree: Tree) -> bool:
    """A fraction beside a multiplication is put in brackets: 1/2·x is read in two ways."""
    return (
        _is_quotient(tree.operand) if isinstance(tree, Negation) else isinstance(tree, Operation) and tree.sign == "/"
    )


def _is_raised(exponent: Tree) -> bool:
    """Whether ``exponent`` is written in superscript: a small whole number."""
    number = exponent.operand if isinstance(exponent, Negation) else exponent
    return isinstance(number, Number) and number.value.denominator == 1 and number.value <= _LARGEST_RAISED


def _joint(left: Tree, right: Tree, first: str, second: str) -> str:
    """What stands between two factors in print: nothing in 2xy and 2(x + y), a space in x exp(x), else a dot."""
    power = isinstance(right, Operation) and right.sign == "^"
    base = right.left if isinstance(right, Operation) and power else right
    if second[0].isdigit() or not (first.endswith(")") or _is_letters(left)):
        return "·"
    if isinstance(base, Call) and second[0].isalpha():
        return " "
    if second.startswith("("):
        return ""
    letter = _is_letter(base) or (power and base == Constant("e")) or _is_letters(right)
    return "" if letter and _is_letters(left) else "·"


def _is_letter(tree: Tree) -> bool:
    """One letter in print. A bare e is none: ``ex`` would not be read as e·x."""
    return tree == Constant("pi") or (isinstance(tree, Variable) and len(tree.name) == 1)


def _is_letters(tree: Tree) -> bool:
    """Whether ``tree`` is printed as digits, then single letters with small exponents."""
    match tree:
        case Negation(operand):
            return _is_letters(operand)
        case Operation("^", base, exponent):
            return _is_letter(base) and _is_raised(exponent)
        case Operation("*", left, right):
            return _is_letters(left) and _is_letters(right) and not isinstance(right, Number)
        case Number():
            return True
    return _is_letter(tree)
