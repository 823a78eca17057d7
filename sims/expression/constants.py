"""Reading what stands in an expression as a constant: integers, axes, sizes and indices."""

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sims.expression.errors import HERE, ExpressionError
from sims.expression.tree import Index
from sims.text import Text

MAX_INDEX = 10_000
UNUSABLE = Text("この書き方は使えません。式だけを書いてください。", "This cannot be used. Write an expression only.")


@dataclass(frozen=True, slots=True)
class Source:
    """What was written (``lead`` characters of it are blank) and the names it may use."""

    text: str
    lead: int
    names: Collection[str]

    def of(self, node: ast.expr) -> str:
        """The text that ``node`` was read from."""
        return self.text[self.lead + node.col_offset : self.lead + (node.end_col_offset or node.col_offset)]

    def error(self, node: ast.expr, text: Text = UNUSABLE, refused: bool = False, note: Text = HERE) -> ExpressionError:
        """An error that points at ``node``."""
        return ExpressionError(text, self.lead + node.col_offset, refused, note)


def integer(source: Source, node: ast.expr) -> int:
    """A whole number, perhaps with a minus sign."""
    negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    inner = node.operand if isinstance(node, ast.UnaryOp) and negative else node
    if isinstance(inner, ast.Constant) and type(inner.value) is int and inner.value <= MAX_INDEX:
        return -inner.value if negative else inner.value
    raise source.error(node, Text("ここには整数を書いてください。", "Write an integer here."))


def axis(source: Source, node: ast.expr) -> int | None:
    """The number of an axis, or ``None``."""
    return None if isinstance(node, ast.Constant) and node.value is None else integer(source, node)


def truth(source: Source, node: ast.expr) -> bool:
    """``True`` or ``False``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return node.value
    raise source.error(node)


def sizes(source: Source, call: ast.Call, nodes: Sequence[ast.expr]) -> tuple[int, ...]:
    """The sizes given to ``reshape``, one by one or as a tuple."""
    if len(nodes) == 1 and isinstance(nodes[0], ast.Tuple | ast.List):
        nodes = nodes[0].elts
    if not nodes:
        raise source.error(call, Text("reshape には大きさを渡します。", "Give reshape the sizes."))
    return tuple(integer(source, node) for node in nodes)


def index(source: Source, node: ast.expr) -> tuple[Index, ...]:
    """What stands between square brackets: integers, slices, ``None`` and ``...``."""
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return tuple(_index_part(source, part) for part in parts)


def _index_part(source: Source, node: ast.expr) -> Index:
    match node:
        case ast.Slice(lower=lower, upper=upper, step=step):
            ends = [None if end is None else integer(source, end) for end in (lower, upper, step)]
            return slice(*ends)
        case ast.Constant(value=None):
            return None
        case ast.Constant(value=value) if value is Ellipsis:
            return Ellipsis
        case _:
            return integer(source, node)
