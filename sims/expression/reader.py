"""From text to a checked tree: every node is on the list of what an answer may be made of, or it is refused."""

import ast
from collections.abc import Collection, Mapping
from difflib import get_close_matches

from sims.expression import constants
from sims.expression.constants import Source
from sims.expression.errors import ExpressionError
from sims.expression.functions import CONSTANTS, FUNCTIONS, METHODS, SPELLINGS, Function
from sims.expression.tokens import scan
from sims.expression.tree import Binary, Call, Expression, Item, Name, Negative, Node, Number, Sign
from sims.text import Text

MAX_DEPTH = 64
MAX_EXPONENT = 64
_SIGNS: dict[type[ast.operator] | type[ast.cmpop], Sign] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def parse(source: str, names: Collection[str], functions: Mapping[str, str] | None = None) -> Expression:
    """Read ``source``, an expression over arrays called ``names``; ``functions`` are other names of allowed ones.

    Raises :class:`ExpressionError`. Length, number of words, nesting and size of numbers are held to limits
    before Python's parser sees the text.
    """
    scan(source, names)
    lead = len(source) - len(source.lstrip(" "))
    try:
        body = ast.parse(source[lead:], mode="eval").body
    except SyntaxError as error:
        offset = lead + max((error.offset or 1) - 1, 0)
        raise ExpressionError(
            Text(
                "式として読めません。演算子とかっこを確かめてください。",
                "Not an expression. Check operators and brackets.",
            ),
            min(offset, len(source) - 1),
        ) from None
    reader = _Reader(Source(source, lead, names), functions or {})
    tree = reader.read(body)
    return Expression(ast.unparse(body), tree, frozenset(reader.used))


class _Reader:
    """Turns Python's tree into ours."""

    def __init__(self, source: Source, functions: Mapping[str, str]) -> None:
        self.source = source
        self.functions = functions
        self.used: set[str] = set()
        self.depth = 0

    def read(self, node: ast.expr) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            deep = Text("式の入れ子が深すぎます。", "The expression is nested too deeply.")
            raise self.source.error(node, deep, refused=True)
        result = self._read(node)
        self.depth -= 1
        return result

    def _read(self, node: ast.expr) -> Node:
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name():
                return self._name(node)
            case ast.BinOp(left=left, op=operator, right=right):
                return self._binary(node, left, operator, right)
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return self._binary(node, left, operator, right)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negative(self.read(operand))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand)
            case ast.Call():
                return self._call(node)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Subscript(value=value, slice=index):
                return Item(self.read(value), constants.index(self.source, index), self.source.of(node))
            case _:
                raise self.source.error(node)

    def _number(self, node: ast.Constant) -> Number:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self.source.error(node)
        return Number(float(node.value))

    def _name(self, node: ast.Name) -> Name:
        if node.id not in self.source.names:
            known = sorted(self.source.names)
            close = [name for name in known if name.lower() == node.id.lower()] or _products(node.id, known)
            close = close or get_close_matches(node.id, known, n=1)
            ja, en = ("もしかして", "Did you mean") if close else ("使えるもの", "There are")
            found = ", ".join(close[:1] or known)
            raise self.source.error(
                node,
                Text(f"{node.id} はこの問題にありません。{ja}: {found}", f"There is no {node.id} here. {en}: {found}"),
                note=Text("この問題にない名前です", "not a name of this question"),
            )
        self.used.add(node.id)
        return Name(node.id)

    def _binary(self, node: ast.expr, left: ast.expr, operator: ast.operator | ast.cmpop, right: ast.expr) -> Binary:
        sign = _SIGNS.get(type(operator))
        if sign is None:
            raise self.source.error(node)
        read = Binary(sign, self.read(left), self.read(right), self.source.of(node))
        if sign == "**" and isinstance(read.right, Number) and read.right.value > MAX_EXPONENT:
            large = Text(f"指数は {MAX_EXPONENT} までです。", f"An exponent may be at most {MAX_EXPONENT}.")
            raise self.source.error(right, large, refused=True)
        return read

    def _attribute(self, node: ast.Attribute) -> Node:
        path = self._path(node)
        if path is None and node.attr == "T":
            return Call("transpose", (self.read(node.value),), self.source.of(node))
        if path in CONSTANTS:
            return Number(CONSTANTS[path])
        raise self.source.error(node, Text(f".{node.attr} は使えません。", f".{node.attr} cannot be used here."))

    def _path(self, node: ast.expr) -> str | None:
        """``linalg.norm`` for ``np.linalg.norm``; None for whatever does not begin with NumPy's name."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if parts and isinstance(node, ast.Name) and node.id in ("np", "numpy") and node.id not in self.source.names:
            return ".".join(reversed(parts))
        return None

    def _call(self, node: ast.Call) -> Call:
        name, given = self._callee(node)
        function = FUNCTIONS.get(name)
        if function is None:
            raise self._unknown(node.func, name)
        if function.kind == "join":
            if not given or not isinstance(given[0], ast.List | ast.Tuple) or not given[0].elts:
                listed = Text(f"{name} には [a, b] のように渡します。", f"Give {name} a list such as [a, b].")
                raise self.source.error(node, listed)
            arrays, rest = given[0].elts, given[1:]
        else:
            arrays, rest = given[: function.most], given[function.most :]
        if not function.least <= len(arrays) or len(rest) > (function.has_axis or 8 * (function.kind == "reshape")):
            count = Text(f"{name} に渡すものの数が違います。", f"{name} takes another number of arguments.")
            raise self.source.error(node, count)
        arguments = tuple(self.read(array) for array in arrays)
        if function.kind == "reshape":
            sizes = constants.sizes(self.source, node, rest)
            rest = []
        else:
            sizes = ()
        axis, keepdims = self._options(node, function, rest)
        return Call(name, arguments, self.source.of(node), axis, keepdims, sizes)

    def _callee(self, node: ast.Call) -> tuple[str, list[ast.expr]]:
        """The function's name in our table, and what it is given; a method is given its object first."""
        given = list(node.args)
        path = self._path(node.func)
        match node.func:
            case ast.Name(id=name) if name in self.source.names:
                times = Text(
                    f"{name} は関数ではありません。掛け算なら * を入れてください。",
                    f"{name} is not a function. Write * to multiply.",
                )
                raise self.source.error(node.func, times)
            case ast.Name(id=name):
                path = self.functions.get(name, name)
                if path in ("max", "min") and len(given) > 1:
                    path += " of numbers"
            case ast.Attribute(attr=name, value=value) if path is None and name in METHODS:
                path = name
                given.insert(0, value)
            case ast.Attribute(attr=name) if path is None:
                raise self.source.error(node.func, Text(f".{name}() は使えません。", f".{name}() cannot be used here."))
            case _ if path is None:
                raise self.source.error(node.func)
        return SPELLINGS.get(path or "", path or ""), given

    def _unknown(self, node: ast.expr, name: str) -> ExpressionError:
        close = get_close_matches(name, [known for known in FUNCTIONS if " " not in known], n=1)
        ja, en = (f"もしかして: {close[0]}", f" Did you mean {close[0]}?") if close else ("", "")
        return self.source.error(
            node,
            Text(f"{name} という関数は使えません。{ja}", f"The function {name} cannot be used.{en}"),
            note=Text("この関数は使えません", "this function cannot be used"),
        )

    def _options(self, node: ast.Call, function: Function, rest: list[ast.expr]) -> tuple[int | None, bool]:
        axis, keepdims = function.axis, False
        for value in rest:
            axis = constants.axis(self.source, value)
        for keyword in node.keywords:
            if keyword.arg == "axis" and function.has_axis and not rest:
                axis = constants.axis(self.source, keyword.value)
            elif keyword.arg == "keepdims" and function.kind == "reduction":
                keepdims = constants.truth(self.source, keyword.value)
            else:
                text = Text(f"{keyword.arg}= は使えません。", f"{keyword.arg}= cannot be used here.")
                raise self.source.error(keyword.value, text)
        return axis, keepdims


def _products(name: str, known: Collection[str]) -> list[str]:
    """``i*a`` for ``ia``: what a run of letters means where multiplication was left unwritten."""
    return [f"{left}*{name[len(left) :]}" for left in known if name.startswith(left) and name[len(left) :] in known]
