"""A line of mathematics read into a small tree, for drawing only: nothing is computed and nothing is refused."""

import re
from collections.abc import Sequence

import msgspec

from engine.drawing.boxes import CLOSING

_TOKEN = re.compile(
    r"(?P<equals> = )|(?P<space>\s+)|(?P<power>\*\*|\^)|(?P<number>\d+(?:,\d{3})+|\d+(?:\.\d+)?(?:e-?\d+)?)"
    r"|(?P<word>[^\W\d_][^\s()\[\]{}⌊⌋⌈⌉/^_,;=+−\-·×*]*|[∂∇Σ∏∫.][^\s()\[\]{}⌊⌋⌈⌉/^_,;=+−\-·×*]*)|(?P<sign>.)"
)
_OPENING = {closing: opening for opening, closing in CLOSING.items()}
_FUNCTION_BRACKETS = {"floor": "⌊", "ceil": "⌈"}
_DEEPEST = 12
_SUBSCRIPTS = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


class Word(msgspec.Struct, frozen=True):
    """Characters that stay as they are."""

    text: str


class Bracket(msgspec.Struct, frozen=True):
    """``inner`` in brackets that open with ``opening``, one of ``( [ { ⌊ ⌈``."""

    opening: str
    inner: tuple["Node", ...]


class Root(msgspec.Struct, frozen=True):
    """The square root of ``inner``."""

    inner: tuple["Node", ...]


class Fraction(msgspec.Struct, frozen=True):
    """``above`` divided by ``below``; ``stroke`` is how that was written on one line."""

    above: tuple["Node", ...]
    below: tuple["Node", ...]
    stroke: str = "/"


class Power(msgspec.Struct, frozen=True):
    """``base`` to the power of ``exponent``."""

    base: "Node"
    exponent: tuple["Node", ...]


Node = Word | Bracket | Root | Fraction | Power


def read(line: str) -> tuple[Node, ...] | None:
    """The tree of ``line``; None if its brackets are nested too deeply to be drawn."""
    tokens = [(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(line)]
    pairs, depth = _pairs([text for _, text in tokens])
    return _Reader(tokens, pairs).nodes(0, len(tokens)) if depth <= _DEEPEST else None


def _pairs(texts: Sequence[str]) -> tuple[dict[int, int], int]:
    """The index of the closing bracket of every opening one that has one, and how deep they are nested."""
    pairs, opened, depth = {}, [], 0
    for i, text in enumerate(texts):
        if text in CLOSING:
            opened.append(i)
        elif text in _OPENING and opened and texts[opened[-1]] == _OPENING[text]:
            depth = max(depth, len(opened))
            pairs[opened.pop()] = i
    return pairs, depth


class _Reader:
    def __init__(self, tokens: Sequence[tuple[str, str]], pairs: dict[int, int]) -> None:
        self._tokens, self._pairs = tokens, pairs

    def nodes(self, at: int, end: int) -> tuple[Node, ...]:
        """Tokens ``at`` to ``end`` as nodes; what stands together (``2(x + y)``) is divided together."""
        done: list[Node] = []
        run: list[Node] = []  # what the next / divides
        while at < end:
            kind, text = self._tokens[at]
            slash = self._slash(at, end) if run else 0
            if slash:
                stroke = " / " if kind == "space" else "/"
                below, at = self._operand(slash, end)
                run = [Fraction(tuple(run), below, stroke)]
            elif kind in ("space", "equals") or (kind == "sign" and at not in self._pairs):
                done += [*run, Word(text)]
                run, at = [], at + 1
            else:
                node, at = self._atom(at, end)
                run.append(node)
        return (*done, *run)

    def _slash(self, at: int, end: int) -> int:
        """Where the denominator starts if a fraction stroke stands at ``at``, with spaces on both sides or none."""
        spaced = self._kind(at) == "space"
        stroke = at + spaced
        after = stroke + 1 + spaced
        if after >= end or self._tokens[stroke][1] != "/" or (spaced and self._kind(stroke + 1) != "space"):
            return 0
        starts = self._kind(after) in ("number", "word") or after in self._pairs
        return after if starts else 0

    def _kind(self, at: int) -> str:
        return self._tokens[at][0] if at < len(self._tokens) else ""

    def _operand(self, at: int, end: int) -> tuple[tuple[Node, ...], int]:
        """A denominator: one atom, with its argument if it is the name of a function; a sum with its summand."""
        name = self._tokens[at][1] if self._kind(at) == "word" else ""
        node, at = self._atom(at, end)
        if name.startswith(("Σ", "∏")) and self._kind(at) == "space" and self._kind(at + 1) in ("word", "number"):
            summand, at = self._operand(at + 1, end)
            return (node, Word(" "), *summand), at
        if name and at in self._pairs and isinstance(node, Word):
            argument, at = self._atom(at, end)
            return (node, argument), at
        return (node,), at

    def _atom(self, at: int, end: int) -> tuple[Node, int]:
        node, at = self._primary(at, end)
        while at < end and self._kind(at) == "power":
            exponent, after = self._exponent(at + 1, end)
            if not exponent:
                return node, at
            node, at = Power(node, exponent), after
        return node, at

    def _primary(self, at: int, end: int) -> tuple[Node, int]:
        text = self._tokens[at][1]
        if at in self._pairs:
            close = self._pairs[at]
            return Bracket(text, self.nodes(at + 1, close)), close + 1
        if self._kind(at) == "power":
            return Word(text), at + 1
        at += 1
        if at in self._pairs and self._tokens[at][1] == "(":
            close = self._pairs[at]
            if text in _FUNCTION_BRACKETS:
                return Bracket(_FUNCTION_BRACKETS[text], self.nodes(at + 1, close)), close + 1
            if text in ("sqrt", "√"):
                return Root(self.nodes(at + 1, close)), close + 1
        # a long name with a stroke below is code, and reads better as it is written there
        index, at = self._index(at, end) if len(text) < 3 else ("", at)
        return Word(text + index), at

    def _index(self, at: int, end: int) -> tuple[str, int]:
        """A subscript after a name (``_t``, ``_(t-1)``, ``_{t-1}``), lowered where there are characters for it."""
        if at + 1 >= end or self._tokens[at][1] != "_":
            return "", at
        if at + 1 in self._pairs:
            close = self._pairs[at + 1]
            text, after = "".join(text for _, text in self._tokens[at + 2 : close]), close + 1
            written = self._tokens[at + 1][1] + text + self._tokens[close][1]
        elif self._kind(at + 1) in ("word", "number"):
            text, after = self._tokens[at + 1][1], at + 2
            written = text
        else:
            return "", at
        text = text.replace(" ", "")
        small = text.translate(_SUBSCRIPTS)
        lowered = bool(small) and all(a != b for a, b in zip(text, small, strict=True))
        return (small if lowered else "_" + written), after

    def _exponent(self, at: int, end: int) -> tuple[tuple[Node, ...], int]:
        """The exponent at ``at`` (a bracket, a name or a number, with its sign); nothing if there is none."""
        sign: tuple[Node, ...] = ()
        if at < end and self._tokens[at][1] in ("-", "−", "+"):
            sign, at = (Word(self._tokens[at][1]),), at + 1
        if at < end and at in self._pairs:
            close = self._pairs[at]
            inner = self.nodes(at + 1, close)
            return (*sign, Bracket("(", inner)) if sign else (Bracket("(", inner),), close + 1
        if at < end and self._kind(at) in ("word", "number"):
            return (*sign, Word(self._tokens[at][1])), at + 1
        return (), at
