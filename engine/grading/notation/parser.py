"""The grammar, as a Pratt parser: :func:`parsed` turns tokens into a tree, or says where and why it cannot.

    expression   sign* operand ( operator expression | juxtaposed expression | ! )*
    operator     + −   looser than   * / juxtaposition   looser than   sign   looser than   ^ (from the right)
    operand      number | name | constant | bracket | |expression| | call
    bracket      ( expression )   [ expression ]   { expression }
    call         function ( expression , … )   function^exponent ( expression )   function atom
    atom         number | name | constant | |expression|

Juxtaposition is multiplication and binds exactly like ``*``: 1/2x is (1/2)·x. −x² is −(x²).
"""

from typing import Final

from engine.grading.notation.errors import NotationError, problem
from engine.grading.notation.functions import ARITY, INVERSES, RECIPROCALS
from engine.grading.notation.limits import LIMITS, too_large
from engine.grading.notation.tokens import Token, value_of
from engine.grading.notation.tree import ONE, Call, Constant, Negation, Number, Operation, Sign, Tree, Variable
from sims.text import Text, same

_SUM, _PRODUCT, _SIGNED, _POWER = 10, 20, 25, 30
_BINDING: Final[dict[str, int]] = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}
_SIGNS: Final[dict[str, Sign]] = {"+": "+", "-": "-", "*": "*", "/": "/", "^": "^"}
_CLOSING: Final = {"(": ")", "[": "]", "{": "}", "|": "|"}
_OPENING: Final = {closing: opening for opening, closing in _CLOSING.items()}


def parsed(tokens: list[Token]) -> Tree:
    """The one expression that ``tokens`` are; the last is of kind ``end``. Raises :class:`NotationError`."""
    return _Parser(tokens).whole()


class _Parser:
    """Reads ``tokens`` from left to right; ``_opened`` are the brackets that wait to be closed."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._index = 0
        self._opened: list[Token] = []
        self._exponents = 0

    def whole(self) -> Tree:
        """The one expression that all tokens are."""
        tree = self._expression(0)
        token = self._next
        if token.kind == "close":
            raise problem("stray-close", token.place, closing=token.text, opening=_OPENING[token.text])
        if token.kind == "comma":
            raise self._comma()
        return tree

    @property
    def _next(self) -> Token:
        return self._tokens[self._index]

    @property
    def _previous(self) -> Token | None:
        return self._tokens[self._index - 1] if self._index else None

    def _take(self) -> Token:
        token = self._next
        self._index += 1
        return token

    def _is(self, sign: str) -> bool:
        return self._next.kind == "operator" and self._next.text == sign

    def _expression(self, binding: int) -> Tree:
        """An expression whose operators bind more tightly than ``binding``."""
        left = self._signed()
        while True:
            token = self._next
            if self._is("!"):
                self._take()
                left = Call("factorial", (left,))
            elif token.kind == "operator":
                if _BINDING[token.text] <= binding:
                    return left
                self._take()
                right = self._exponent() if token.text == "^" else self._expression(_BINDING[token.text])
                left = Operation(_SIGNS[token.text], left, right)
            elif binding < _PRODUCT and self._starts_operand():
                left = Operation("*", left, self._expression(_PRODUCT), implicit=True)
            else:
                return left

    def _exponent(self) -> Tree:
        self._exponents += 1
        self._check_depth()
        exponent = self._expression(_POWER - 1)
        self._exponents -= 1
        return exponent

    def _signed(self) -> Tree:
        """An operand with any signs before it; a sign reaches as far as the powers behind it."""
        signs = 0
        negative = False
        while self._is("+") or self._is("-"):
            negative ^= self._take().text == "-"
            signs += 1
            if signs > LIMITS.signs:
                raise too_large("signs")
        if not signs:
            return self._operand()
        operand = self._expression(_SIGNED)
        return Negation(operand) if negative else operand

    def _starts_operand(self) -> bool:
        """Whether what follows is multiplied without a sign. A number may only follow a bracket, and closely."""
        token, previous = self._next, self._previous
        if token.kind == "number" and previous is not None:
            if previous.kind in ("close", "bar") and token.place == previous.place + 1:
                return True
            raise problem("side-by-side", token.place, left=previous.written or previous.text, right=token.written)
        if token.kind == "bar":
            return not (self._opened and self._opened[-1].kind == "bar")
        return token.kind in ("name", "constant", "function", "open")

    def _operand(self) -> Tree:
        token = self._next
        match token.kind:
            case "number":
                return Number(value_of(self._take().text))
            case "name":
                return Variable(self._take().text)
            case "constant":
                return Constant("e" if self._take().text == "e" else "pi")
            case "function":
                return self._call(self._take())
            case "open":
                return self._bracket()
            case "bar":
                return Call("abs", (self._bracket(),))
        raise self._missing()

    def _bracket(self) -> Tree:
        opener = self._open()
        tree = self._expression(0)
        self._close(opener)
        return tree

    def _open(self) -> Token:
        opener = self._take()
        self._opened.append(opener)
        self._check_depth()
        return opener

    def _check_depth(self) -> None:
        if len(self._opened) + self._exponents > LIMITS.depth:
            raise too_large("depth")

    def _close(self, opener: Token) -> None:
        token, closing = self._next, _CLOSING[opener.text]
        if token.text == closing and token.kind in ("close", "bar"):
            self._opened.pop()
            self._take()
        elif token.kind == "comma":
            raise self._comma()
        elif token.kind == "end":
            raise problem("unclosed", token.place, closing=closing)
        else:
            raise problem("mismatch", token.place, opening=opener.text, closing=closing)

    def _call(self, function: Token) -> Tree:
        power = self._function_power(function) if self._is("^") else None
        arguments: tuple[Tree, ...]
        if self._next.kind == "open":
            arguments = self._arguments(function)
        elif self._next.kind in ("number", "name", "constant", "bar") and (
            self._next.kind != "bar" or self._starts_operand()
        ):
            arguments = (self._atom(function),)
        else:
            raise problem("function-without-argument", self._next.place, function=function.written)
        call = _applied(function, arguments)
        return Operation("^", call, power) if power else call

    def _atom(self, function: Token) -> Tree:
        """The argument of ``log x``: one atom, with nothing behind it that could belong to it as well."""
        argument = self._operand()
        token = self._next
        if self._is("^") or self._is("!") or token.kind in ("number", "name", "constant", "open"):
            raise problem("function-argument", token.place, function=function.written)
        return argument

    def _function_power(self, function: Token) -> Tree:
        """The exponent of ``sin^2(x)``. A negative one could mean the inverse function."""
        self._take()
        place = self._next.place
        if self._is("-"):
            raise _inverse(function, place)
        if self._next.kind not in ("number", "name", "open"):
            raise problem("function-without-argument", place, function=function.written)
        power = self._operand()
        if isinstance(power, Negation):
            raise _inverse(function, place)
        return power

    def _arguments(self, function: Token) -> tuple[Tree, ...]:
        opener = self._open()
        if self._next.kind == "close":
            raise problem("function-without-argument", self._next.place, function=function.written)
        arguments = [self._expression(0)]
        while self._next.kind == "comma":
            self._take()
            arguments.append(self._expression(0))
            if len(arguments) > LIMITS.arguments:
                raise too_large("arguments")
        self._close(opener)
        return tuple(arguments)

    def _comma(self) -> NotationError:
        before, comma, after = self._previous, self._next, self._tokens[self._index + 1]
        if before is not None and before.kind == "number" and after.kind == "number":
            point, joined = f"{before.text}.{after.text}", before.text + after.text
            thousands = len(after.text) == 3 and before.text != "0"
            meant = Text(f"{point} か {joined}", f"{point} or {joined}") if thousands else same(point)
            return problem("decimal-comma", comma.place, meant=meant)
        return problem("comma", comma.place)

    def _missing(self) -> NotationError:
        """What to say where an operand should stand."""
        token, previous = self._next, self._previous
        if token.kind == "comma":
            return self._comma()
        if token.kind == "operator":
            return _misplaced(token, previous)
        if previous is not None and previous.kind in ("operator", "comma"):
            return problem("operator-end", token.place, sign=previous.written)
        if previous is not None:
            return problem("empty-brackets", token.place)
        return problem("stray-close", token.place, closing=token.text, opening=_OPENING[token.text])


def _misplaced(token: Token, previous: Token | None) -> NotationError:
    """An operator where an operand should stand."""
    if previous is not None and previous.kind == "operator":
        return problem("two-operators", token.place, first=previous.written, second=token.written)
    return problem("power-without-base" if token.text == "^" else "operator-start", token.place, sign=token.written)


def _inverse(function: Token, place: int) -> NotationError:
    inverse = INVERSES.get(function.text)
    if inverse is None:
        return problem("negative-function-power", place, function=function.written)
    return problem("inverse-function", place, function=function.written, inverse=inverse)


def _applied(function: Token, arguments: tuple[Tree, ...]) -> Tree:
    """``function`` of ``arguments``; raises :class:`NotationError` if it takes another number of them."""
    name = RECIPROCALS.get(function.text, function.text)
    least, most = ARITY[name]
    if not least <= len(arguments) <= most:
        count = f"{least}" if least == most else f"{least}–{most}"
        plural = "argument" if most == 1 else "arguments"
        raise problem("arity", function.place, function=function.written, count=Text(count, f"{count} {plural}"))
    if function.text in RECIPROCALS:
        return Operation("/", ONE, Call(name, arguments, name))
    return Call(name, arguments, function.written)
