"""A key beside expressions that are equal to it, or nearly: what our comparison and sympy's say of each, and how soon.

sympy is given objects made from our own trees, never text, the domains as assumptions, and the sigmoid written out.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import sympy

from engine.bank.asked import SymbolicKey
from engine.bank.model import Domain
from engine.grading.algebra import UnsupportedError, to_sympy
from engine.grading.compare import Trial, reference
from engine.grading.notation import read
from engine.grading.notation.tree import ONE, Call, Operation, Tree, changed
from engine.grading.symbolic_key import prepared
from tests.answers.formulas import equal_trees, perturbed_trees, shown_tree

# What people type for a key and sympy has been seen to stumble over: key, answer, variables, whether they are equal.
_WRITTEN: tuple[tuple[str, str, dict[str, Domain], bool], ...] = (
    ("1/(1 + exp(-2x))", "tanh(x)/2 + 1/2", {"x": "real"}, True),
    ("1/(1 + exp(-x))", "exp(x)/(1 + exp(x))", {"x": "real"}, True),
    ("exp(-x)/(1 + exp(-x))^2", "1/(2 + exp(x) + exp(-x))", {"x": "real"}, True),
    ("1 - tanh(x)^2", "4/(exp(x) + exp(-x))^2", {"x": "real"}, True),
    ("1 - tanh(x)^2", "1/cosh(x)^2", {"x": "real"}, True),
    ("sqrt(x^2)", "abs(x)", {"x": "real"}, True),
    ("log(x^2)", "2log(abs(x))", {"x": "real"}, True),
    ("log(x*y)", "log(x) + log(y)", {"x": "positive", "y": "positive"}, True),
    ("x^2/2", "0.5x^2", {"x": "real"}, True),
    ("-p*log(p) - (1 - p)*log(1 - p)", "p*log(1/p) + (1 - p)*log(1/(1 - p))", {"p": "unit"}, True),
    ("log(p/(1 - p))", "-log(1/p - 1)", {"p": "unit"}, True),
    ("sqrt(k/m)*sqrt(m/k)", "1", {"k": "positive", "m": "positive"}, True),
    ("exp(x)/(exp(x) + exp(y))", "1/(1 + exp(y - x))", {"x": "real", "y": "real"}, True),
    ("sin(2x)", "2sin(x)cos(x)", {"x": "real"}, True),
    ("(x^3 - 1)/(x - 1)", "x^2 + x + 1", {"x": "real"}, True),
    ("2^(x + 1)", "2*e^(x ln2)", {"x": "real"}, True),
    ("x/3", "0.333x", {"x": "real"}, False),
    ("sqrt(x^2)", "x", {"x": "real"}, False),
    ("log(x^2)", "2log(x)", {"x": "real"}, False),
    ("1 - tanh(x)^2", "1 - tanh(x^2)", {"x": "real"}, False),
    ("x^30/x^28", "x^2 + 10^-12", {"x": "real"}, False),
    ("sin(x)", "x - x^3/6 + x^5/120", {"x": "real"}, False),
)
_ASSUMED: Mapping[Domain, dict[str, bool]] = {
    "real": {"real": True},
    "positive": {"positive": True},
    "unit": {"positive": True},
    "nonzero": {"real": True, "nonzero": True},
    "integer": {"integer": True},
}
_WRONG_ONES = 6  # of each key


@dataclass(frozen=True, slots=True)
class Pair:
    """``key`` and ``answer`` over ``domains``, and whether they are ``equal``."""

    key: Tree
    answer: Tree
    domains: Mapping[str, Domain]
    equal: bool


@dataclass(slots=True)
class Judge:
    """How one way to compare did: seconds for each pair, and the pairs it marked wrongly."""

    seconds: list[float] = field(default_factory=list)
    refused_right: int = 0
    accepted_wrong: int = 0

    def judge(self, equal: Callable[[], bool], truth: bool) -> None:
        """Time one comparison."""
        start = time.perf_counter()
        said = equal()
        self.seconds.append(time.perf_counter() - start)
        self.refused_right += truth and not said
        self.accepted_wrong += said and not truth


def pairs(keys: list[SymbolicKey]) -> Iterator[Pair]:
    """Every pair once: for each key its other forms and some wrong ones, then those written by hand."""
    seen: set[tuple[Tree, Tree]] = set()
    for key in keys:
        tree, domains = shown_tree(key), dict(prepared(key).domains)
        forms = [(other, True) for other in equal_trees(tree, key)]
        forms += [(other, False) for other in islice(perturbed_trees(key), _WRONG_ONES)]
        for other, equal in forms:
            if other != tree and (tree, other) not in seen:
                seen.add((tree, other))
                yield Pair(tree, other, domains, equal)
    for right, answer, names, equal in _WRITTEN:
        yield Pair(read(right, names), read(answer, names), names, equal)


def judged(found: Iterator[Pair]) -> dict[str, Judge]:
    """Our comparison, sympy's ``equals`` and its ``simplify`` on every pair that sympy has functions for."""
    judges = {name: Judge() for name in ("ours", "equals", "simplify")}
    for pair in found:
        try:
            key, answer = _to_sympy(pair.key, pair.domains), _to_sympy(pair.answer, pair.domains)
        except UnsupportedError:
            continue
        judges["ours"].judge(lambda pair=pair: _ours(pair), pair.equal)  # type: ignore[misc]
        judges["equals"].judge(lambda key=key, answer=answer: key.equals(answer) is True, pair.equal)  # type: ignore[misc]
        judges["simplify"].judge(lambda key=key, answer=answer: sympy.simplify(key - answer) == 0, pair.equal)  # type: ignore[misc]
    return judges


def _ours(pair: Pair) -> bool:
    return reference(pair.key, tuple(pair.domains.items())).compare(Trial(pair.answer)).equal


def _to_sympy(tree: Tree, domains: Mapping[str, Domain]) -> sympy.Expr:
    symbols = {
        sympy.Symbol(name, real=True): sympy.Symbol(name, **_ASSUMED[domain]) for name, domain in domains.items()
    }
    return to_sympy(changed(tree, _written_out)).xreplace(symbols)


def _written_out(part: Tree) -> Tree:
    if isinstance(part, Call) and part.function == "sigmoid":
        return Operation("/", ONE, Operation("+", ONE, Operation("/", ONE, Call("exp", part.arguments))))
    return part
