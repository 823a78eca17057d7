"""A one-line formula set in two dimensions: stacked fractions, tall brackets, roots, powers and indices.

The reader is permissive. Whatever it does not know is kept as it stands, so that words and half-finished
formulas pass through unharmed.
"""

import re
from collections.abc import Sequence

from engine.drawing.boxes import Box, beside, bracketed, fraction, radical, raised
from engine.drawing.reading import Bracket, Fraction, Node, Power, Root, Word, read
from engine.drawing.width import visible
from engine.drawing.wrap import wrap

_LONGEST = 400
_INLINE = re.compile(r"\d{1,3}")
_ATOM = re.compile(r"\d+|\w[₀-₉ₐ-ₜ]?")
_SUPERSCRIPTS = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
)


def typeset(line: str, width: int) -> list[str]:
    """``line`` as rows of at most ``width`` cells.

    A formula that is too wide is broken before ``=``; if a part is still too wide, or the formula has nothing to
    stack, it is written on one line and wrapped.
    """
    rows: list[str] = []
    for part in line.split("\n"):
        rows += _typeset(visible(part).strip(), width)
    return rows


def _typeset(line: str, width: int) -> list[str]:
    nodes = read(line) if len(line) <= _LONGEST else None
    if nodes is None:
        return wrap(line, width)
    sides = [_box(side) for side in _sides(nodes)]
    if all(side.height == 1 for side in sides):
        return wrap(flat(nodes), width)
    blocks = _packed(sides, width)
    if blocks is None:
        return wrap(flat(nodes), width)
    return [row.rstrip() for block in blocks for row in block.lines]


def flat(nodes: Sequence[Node]) -> str:
    """The formula on one line, powers and indices raised and lowered where there are characters for it."""
    return "".join(map(_flat, nodes))


def _sides(nodes: Sequence[Node]) -> list[list[Node]]:
    """The formula cut before each ``=`` that stands between spaces."""
    sides: list[list[Node]] = [[]]
    for node in nodes:
        if node == Word(" = "):
            sides.append([])
        sides[-1].append(node)
    return sides


def _packed(sides: Sequence[Box], width: int) -> list[Box] | None:
    """``sides`` in as few blocks as fit into ``width``, the signs of equality under one another."""
    indent = sides[0].width
    if any(indent + side.width > width for side in sides[1:]):
        indent = 1
    blocks: list[list[Box]] = [[sides[0]]]
    for side in sides[1:]:
        if sum(box.width for box in blocks[-1]) + side.width <= width:
            blocks[-1].append(side)
        else:
            blocks.append([Box((" " * indent,)), side])
    boxes = [beside(block) for block in blocks]
    return boxes if all(box.width <= width for box in boxes) else None


def _box(nodes: Sequence[Node]) -> Box:
    return beside([_node_box(node) for node in nodes])


def _node_box(node: Node) -> Box:
    match node:
        case Fraction(above, below, _):
            if _INLINE.fullmatch(flat(above)) and _INLINE.fullmatch(flat(below)):
                return Box((_flat(node),))
            return fraction(_box(_bare(above)), _box(_bare(below)))
        case Bracket(opening, inner):
            return bracketed(opening, _box(inner))
        case Root(inner):
            box = _box(inner)
            return Box((_flat(node),)) if box.height == 1 else radical(box)
        case Power(base, exponent):
            small = _superscript(exponent)
            box = _node_box(base)
            return beside([box, Box((small,))]) if small else raised(box, Box((flat(_bare(exponent)),)))
        case Word(text):
            return Box((text,))


def _flat(node: Node) -> str:
    match node:
        case Fraction(above, below, stroke):
            return flat(above) + stroke + flat(below)
        case Bracket(opening, inner):
            return bracketed(opening, Box((flat(inner),))).lines[0]
        case Root(inner):
            text = flat(inner)
            return f"√{text}" if _ATOM.fullmatch(text) else f"√({text})"
        case Power(base, exponent):
            return _flat(base) + (_superscript(exponent) or f"^{flat(exponent)}")
        case Word(text):
            return text


def _bare(nodes: Sequence[Node]) -> Sequence[Node]:
    """``nodes`` without the round brackets that only held a numerator, denominator or exponent together."""
    match nodes:
        case [Bracket("(", inner)]:
            return inner
    return nodes


def _superscript(nodes: Sequence[Node]) -> str:
    """``nodes`` in small raised characters, or nothing if one of them has no such character."""
    text = flat(_bare(nodes)).replace(" ", "")
    small = text.translate(_SUPERSCRIPTS)
    return small if all(a != b for a, b in zip(text, small, strict=True)) else ""
