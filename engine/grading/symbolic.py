"""A typed formula: read, compared with the key by value, and where it is wrong, the mistake named and shown.

No sympy takes part: a derivative is taken by our own rules, so verdicts are the same with and without it.
"""

from msgspec.structs import replace

from engine.bank.asked import SymbolicKey
from engine.grading import plain
from engine.grading.compare import Trial, UnfitKeyError, is_slope
from engine.grading.derivation import derivation
from engine.grading.diagnosis import diagnose
from engine.grading.evidence import evidence
from engine.grading.notation import NotationError, echo, mathematics, to_python
from engine.grading.notation.tree import Call, Tree, variables, walk
from engine.grading.symbolic_key import Prepared, prepared
from engine.grading.verdict import Verdict, correct, refused, unreadable, wrong
from sims.text import Text

_UNFIT = Text(
    "この問題の正解を計算できません（問題集の誤りです）。",
    "The key of this question cannot be computed: the bank is at fault.",
)
_NEARLY = Text("もう一息です", "Nearly there")
_LONGEST_CLAIM = 240
_UNKNOWN_TO_SIMULATIONS = frozenset({"asin", "acos", "atan", "factorial"})
_UNDECIDED = Text(
    "値が大きすぎて比べられません。もっと簡単な形で書いてください。",
    "Its values are too large to compare. Please write it in a simpler form.",
)


def grade(key: SymbolicKey, text: str) -> Verdict:
    """The verdict on the expression ``text``. Any text has one; none raises."""
    try:
        ready, tree = _read(key, text)
        return _graded(key, ready, tree)
    except plain.UnreadError as error:
        return error.verdict
    except UnfitKeyError:
        return unreadable(_UNFIT)


def reading(key: SymbolicKey, text: str) -> str:
    """How ``text`` is read, such as ``2·(x + y)``. Raises :class:`engine.grading.plain.UnreadError`."""
    return echo(_read(key, text)[1])


def key_notation(key: SymbolicKey) -> str:
    """The key as it is shown, such as ``2(x + y)``. Raises :class:`UnfitKeyError` if it cannot be computed."""
    found = derivation(key)
    return mathematics(found.tree if found is not None else prepared(key).tree)


def key_claim(key: SymbolicKey) -> str:
    """The key in the notation of the simulations. Raises :class:`UnfitKeyError` if it cannot be computed."""
    return to_python(prepared(key).tree)


def derivative_agrees(key: SymbolicKey) -> bool:
    """Whether a derived key, as graded and as shown, is the limit of difference quotients, to 20 digits or more."""
    ready = prepared(key)
    if ready.chain is None:
        return False
    shown = ready.read(key_notation(key))
    return ready.reference.compare(Trial(shown)).equal and is_slope(ready.reference, ready.chain.whole, ready.chain.wrt)


def _read(key: SymbolicKey, text: str) -> tuple[Prepared, Tree]:
    try:
        plain.refuse_giving_up(text.strip())
        ready = prepared(key)
        return ready, ready.read(text)
    except NotationError as error:
        verdict = refused(error.text) if error.refused else unreadable(error.text, error.caret)
    except UnfitKeyError:
        verdict = unreadable(_UNFIT)
    raise plain.UnreadError(verdict)


def _graded(key: SymbolicKey, ready: Prepared, tree: Tree) -> Verdict:
    answer = ready.expanded(tree)
    read, claim = echo(tree), _claim(answer)
    trial = Trial(answer)
    comparison = ready.reference.compare(trial)
    if comparison.equal:
        left = variables(tree) - dict(ready.domains).keys()
        if left:
            return replace(
                unreadable(_rewrite(left, _in_order(ready, variables(ready.tree)))), reading=read, word=_NEARLY
            )
        return correct(read, claim)
    found = comparison.counterexample
    if found is None:
        return unreadable(_UNDECIDED)
    shown = evidence(found, _in_order(ready, variables(answer) | variables(ready.tree)))
    diagnosis = diagnose(ready, key.mistakes, trial)
    if diagnosis is None:
        return wrong(read, claim, None, plain.DIFFERS, shown)
    return wrong(read, claim, diagnosis.id, diagnosis.text, diagnosis.evidence or shown)


def _claim(answer: Tree) -> str:
    """``answer`` for the simulation, or nothing where a simulation could not read it."""
    if any(isinstance(part, Call) and part.function in _UNKNOWN_TO_SIMULATIONS for part in walk(answer)):
        return ""
    claim = to_python(answer)
    return claim if len(claim) <= _LONGEST_CLAIM else ""


def _in_order(ready: Prepared, names: frozenset[str]) -> list[str]:
    """``names`` in the question's own order."""
    return [name for name, _ in ready.domains if name in names]


def _rewrite(left: frozenset[str], names: list[str]) -> Text:
    """What to do with a right answer that still holds intermediate names."""
    gone = sorted(left)
    kept = names or ["数"]
    ja = " と ".join(kept) if len(kept) == 2 else "、".join(kept)
    return Text(
        f"合っています。{'、'.join(gone)} を使わず、{ja} で表してください。",
        f"That is right. Write it with {_and(names or ['numbers'])} instead of {_and(gone)}.",
    )


def _and(words: list[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if words[:-1] else []), words[-1]])
