"""A symbolic key made ready: its tree, the names an answer may use, and what the chain of definitions comes to."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import msgspec

from engine.bank.asked import SymbolicKey
from engine.bank.model import Domain
from engine.grading.compare import Reference, UnfitKeyError, reference
from engine.grading.notation.derivative import NotDifferentiableError, derivative
from engine.grading.notation.errors import NotationError
from engine.grading.notation.limits import too_large
from engine.grading.notation.reading import read
from engine.grading.notation.tree import Tree, Variable, substituted, variables

_LONGEST: Final = 1000  # with the spaces around a formula, which its own cap does not count
Pairs = tuple[tuple[str, str], ...]


class Chain(msgspec.Struct, frozen=True):
    """Where a key is a derivative: of ``diff`` by ``wrt``. ``given`` are the definitions as written."""

    diff: str
    wrt: str
    given: Mapping[str, Tree]

    def expanded(self, tree: Tree) -> Tree:
        """``tree`` in the variables alone. Raises :class:`UnfitKeyError` for definitions that go round in a circle."""
        for _ in range(len(self.given) + 1):
            if not variables(tree) & self.given.keys():
                return tree
            tree = substituted(tree, self.given)
        raise UnfitKeyError("the definitions go round in a circle")

    @property
    def whole(self) -> Tree:
        """What is differentiated, in the variables alone."""
        return self.expanded(Variable(self.diff))

    def links(self, name: str) -> list[str]:
        """The defined names in the definition of ``name`` through which it depends on ``wrt``, in order."""
        held = variables(self.given[name]) & self.given.keys()
        return sorted(link for link in held if self.wrt in variables(self.expanded(Variable(link))))


class Prepared(msgspec.Struct, frozen=True, eq=False):
    """A key as grading uses it, one object for each. ``names`` are those an answer may hold, intermediate ones too."""

    label: str
    names: tuple[str, ...]
    functions: Mapping[str, str]
    aliases: Mapping[str, str]
    domains: tuple[tuple[str, Domain], ...]
    tree: Tree
    chain: Chain | None
    mistakes: tuple[Tree, ...]

    def read(self, text: str) -> Tree:
        """``text`` as a tree. Raises :class:`NotationError`."""
        if len(text) > _LONGEST:
            raise too_large("characters")
        return read(text, self.names, self.functions, self.aliases, self.label)

    def expanded(self, tree: Tree) -> Tree:
        """``tree`` without intermediate names."""
        return self.chain.expanded(tree) if self.chain else tree

    @property
    def reference(self) -> Reference:
        """The key, to compare answers with. Raises :class:`UnfitKeyError` if there is nothing to compare."""
        return self.refer(self.tree)

    def refer(self, tree: Tree) -> Reference:
        """Another expression over the same variables, to compare answers with."""
        return reference(tree, self.domains)


def prepared(key: SymbolicKey) -> Prepared:
    """``key`` made ready; the same key is prepared once. Raises :class:`UnfitKeyError` if it cannot be."""
    derive = key.derive
    return _prepared(
        key.label,
        tuple(key.variables.items()),
        key.answer,
        (derive.diff, derive.wrt) if derive else None,
        tuple(derive.given.items()) if derive else (),
        tuple(key.functions.items()),
        tuple(key.aliases.items()),
        tuple(mistake.answer for mistake in key.mistakes),
    )


@lru_cache(maxsize=256)
def _prepared(
    label: str,
    domains: tuple[tuple[str, Domain], ...],
    answer: str,
    derive: tuple[str, str] | None,
    given: Pairs,
    functions: Pairs,
    aliases: Pairs,
    mistakes: tuple[str, ...],
) -> Prepared:
    known = dict(domains)
    defined = tuple(name for name, _ in given if name not in known)
    free = [derive[1]] if derive and derive[1] not in known else []
    names = (*known, *free, *defined)

    def tree(text: str) -> Tree:
        return read(text, names, dict(functions), dict(aliases), label)

    try:
        chain = None
        if derive:
            chain = Chain(derive[0], derive[1], {name: tree(text) for name, text in given if name in defined})
            key = derivative(chain.whole, derive[1])
        else:
            key = tree(answer)
        wrong = tuple(tree(mistake) for mistake in mistakes)
    except NotationError as error:
        raise UnfitKeyError(str(error)) from error
    except NotDifferentiableError as error:
        raise UnfitKeyError("there is no rule to differentiate this by") from error
    domains = (*domains, *((name, "real") for name in free))
    return Prepared(label, names, dict(functions), dict(aliases), domains, key, chain, wrong)
