"""From what was typed to a tree: one spelling, no LaTeX, words and signs, the grammar, the caps."""

from collections.abc import Collection, Mapping

from engine.grading.notation.echo import mathematics
from engine.grading.notation.errors import problem
from engine.grading.notation.label import after_label
from engine.grading.notation.latex import rewritten
from engine.grading.notation.limits import measure
from engine.grading.notation.normalise import normalise
from engine.grading.notation.parser import parsed
from engine.grading.notation.tokens import refuse_code, tokenise
from engine.grading.notation.tree import Tree
from engine.grading.notation.vocabulary import vocabulary


def read(
    text: str,
    names: Collection[str],
    functions: Mapping[str, str] = {},
    aliases: Mapping[str, str] = {},
    label: str = "",
) -> Tree:
    """``text`` as a tree over the variables ``names``.

    ``functions`` are names for built-in functions (``g`` for ``sigmoid``), ``aliases`` other spellings of variables.
    A left-hand side that repeats ``label`` is skipped. Raises :class:`NotationError` for anything else.
    """
    source = normalise(text)
    refuse_code(source)
    source = rewritten(source)
    words = vocabulary(tuple(names), tuple(functions.items()), tuple(aliases.items()))
    tokens = tokenise(source, after_label(source.text, label), words)
    if len(tokens) == 1:
        raise problem("empty", tokens[0].place)
    tree = parsed(tokens)
    measure(tree)  # raises where a cap is passed
    return tree


def pretty(source: str, names: Collection[str]) -> str:
    """A bank's formula over ``names`` as it is shown: ``t²``, ``sin(t)``. Raises :class:`NotationError`."""
    return mathematics(read(source, names))
