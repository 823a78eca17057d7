"""How a derived key comes about: the links of the chain rule, and a line of mathematics that leads over them to it.

Grading does not need this module: it is for showing keys and explanations.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec

from engine.bank.asked import SymbolicKey
from engine.grading.notation.echo import mathematics
from engine.grading.notation.tree import Negation, Operation, Tree, variables
from engine.grading.symbolic_key import Chain, Prepared, prepared

_MOST_PATHS: Final = 3
Link = tuple[str, Tree]  # ``dz/dt`` and what it comes to


class Derivation(msgspec.Struct, frozen=True):
    """A derived key as a ``tree`` in the form a person would write.

    ``links`` are the derivatives along the chain, such as ``dz/dt`` with the tree of ``2*t``; ``formula`` is one line
    of mathematics that leads from the derivative asked for over the links to the key.
    """

    tree: Tree
    links: tuple[Link, ...]
    formula: str


def derivation(key: SymbolicKey) -> Derivation | None:
    """The derivation of ``key``; None where nothing is derived, or sympy is missing. The same key is derived once.

    Raises :class:`engine.grading.compare.UnfitKeyError` for definitions that cannot be read or go round in a circle.
    """
    if key.derive is None:
        return None
    try:
        import engine.grading.algebra  # noqa: F401  (sympy)
    except ImportError:
        return None
    return _derivation(prepared(key))


@lru_cache(maxsize=256)
def _derivation(ready: Prepared) -> Derivation | None:
    from engine.grading.algebra import differentiated

    chain = ready.chain
    if chain is None:
        return None
    tree = differentiated(chain.whole, chain.wrt, ready.names, linked=len(chain.given) > 1)
    paths = list(_paths(chain, chain.diff, ready.names))
    links = tuple(dict.fromkeys(link for path in paths for link in path))
    return Derivation(tree, links, _formula(chain, paths, tree))


def _paths(chain: Chain, start: str, order: tuple[str, ...]) -> Iterator[tuple[Link, ...]]:
    """Every path from ``start`` down to the variable, as labelled derivatives."""
    from engine.grading.algebra import differentiated

    definition = chain.given[start]
    held = variables(definition)
    d = "∂" if len(held) > 1 else "d"
    for name in sorted({*chain.links(start), *(held & {chain.wrt})}):
        link = (f"{d}{start}/{d}{name}", differentiated(definition, name, order, linked=False))
        if name == chain.wrt:
            yield (link,)
        else:
            yield from ((link, *rest) for rest in _paths(chain, name, order))


def _formula(chain: Chain, paths: list[tuple[Link, ...]], key: Tree) -> str:
    d = "d" if variables(chain.whole) == {chain.wrt} else "∂"
    parts = [f"{d}{chain.diff}/{d}{chain.wrt}"]
    if len(paths) <= _MOST_PATHS and any(len(path) > 1 for path in paths):
        parts.append(" + ".join(" · ".join(label for label, _ in path) for path in paths))
        parts.append(" + ".join(" · ".join(_factor(slope, len(path)) for _, slope in path) for path in paths))
    parts.append(mathematics(key))
    return " = ".join(dict.fromkeys(parts))


def _factor(slope: Tree, factors: int) -> str:
    text = mathematics(slope)
    loose = isinstance(slope, Negation) or (isinstance(slope, Operation) and slope.sign in "+-")
    return f"({text})" if loose and factors > 1 else text
