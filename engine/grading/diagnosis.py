"""Which mistake a wrong expression comes from: the bank's own first, then those that any key has."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

import msgspec
from mpmath import libmp

from engine.bank.asked import Named
from engine.grading.chain_slips import derivative_slips
from engine.grading.compare import Trial, UnfitKeyError, close
from engine.grading.edits import edits
from engine.grading.evidence import number
from engine.grading.notation.echo import decimal, echo, mathematics
from engine.grading.notation.tree import Number, Operation, Tree, changed, variables, walk
from engine.grading.real import LOW, Mpf, magnitude
from engine.grading.slips import Slip
from engine.grading.symbolic_key import Prepared
from sims.text import Text

_LOOKED_AT: Final = 6  # points at which ratios and differences are taken
_FEWEST: Final = 3
_LARGEST_PART: Final = 32
_SAME: Final = 100  # bits, 30 digits


Candidates = tuple[tuple[Slip, Trial], ...]


class Diagnosis(msgspec.Struct, frozen=True):
    """A recognised mistake: ``id`` is stored with the attempt, ``text`` names it, ``evidence`` is the bank's own."""

    id: str
    text: Text
    evidence: Text | None = None


def diagnose(key: Prepared, mistakes: Sequence[Named[str]], answer: Trial) -> Diagnosis | None:
    """The mistake that ``answer``, which is wrong, comes from; None if it is none that is known."""
    view = _View(key, answer)
    for mistake, trial in zip(mistakes, _of_bank(key), strict=True):
        if view.is_equal(trial):
            return Diagnosis(mistake.id, mistake.why, mistake.evidence)
    return (
        view.brackets()
        or view.first(_of_chain(key))
        or view.undefined()
        or view.rounding()
        or view.proportion()
        or view.difference()
        or view.first(_of_key(key))
    )


@lru_cache(maxsize=128)
def _of_bank(key: Prepared) -> tuple[Trial, ...]:
    return tuple(Trial(key.expanded(tree)) for tree in key.mistakes)


@lru_cache(maxsize=128)
def _of_chain(key: Prepared) -> Candidates:
    return tuple((slip, Trial(slip.tree)) for slip in derivative_slips(key.chain)) if key.chain else ()


@lru_cache(maxsize=128)
def _of_key(key: Prepared) -> Candidates:
    return tuple((slip, Trial(slip.tree)) for slip in edits(key.tree))


class _View:
    """A wrong answer, looked at from several sides."""

    def __init__(self, key: Prepared, answer: Trial) -> None:
        self._key = key
        self._trial = answer
        self._answer = answer.tree
        self._samples = key.reference.samples
        self._values = [answer.try_value(sample.place) for sample in self._samples]
        self._pairs = [
            (value[0], sample.value[0])
            for sample, value in zip(self._samples, self._values, strict=True)
            if value is not None
        ][:_LOOKED_AT]

    def is_equal(self, other: Trial) -> bool:
        """Whether the answer is ``other``. One value tells most expressions apart, before they are compared in full."""
        for sample, mine in zip(self._samples, self._values, strict=True):
            value = other.try_value(sample.place) if mine is not None else None
            if mine is not None and value is not None:
                if not close(mine, value):
                    return False
                break
        else:  # nowhere do both have a value; to look for places where ``other`` has one would take long
            return other.tree == self._answer
        try:
            return self._key.refer(other.tree).compare(self._trial).equal
        except UnfitKeyError:
            return False

    def first(self, candidates: Candidates) -> Diagnosis | None:
        """The first of ``candidates`` that the answer is."""
        return next((Diagnosis(slip.id, slip.text) for slip, trial in candidates if self.is_equal(trial)), None)

    def brackets(self) -> Diagnosis | None:
        """An answer that is right if 1/2x is read as 1/(2x), e^2x as e^(2x) or x^1/2 as x^(1/2)."""
        for tighten in _TIGHTER:
            tight = changed(self._answer, tighten)
            if tight != self._answer and self._key.reference.compare(Trial(tight)).equal:
                read, meant = echo(self._answer), mathematics(tight)
                text = Text(
                    f"{read} と読みました。{meant} のつもりなら、かっこで囲んでください。",
                    f"This was read as {read}. If you mean {meant}, put brackets.",
                )
                return Diagnosis("brackets-missing", text)
        return None

    def undefined(self) -> Diagnosis | None:
        """An answer that is right wherever it has a value, but does not always have one."""
        missing = [sample for sample, value in zip(self._samples, self._values, strict=True) if value is None]
        if not missing:
            return None
        if not self._pairs:
            return Diagnosis("undefined", _NOWHERE)
        if not all(_is_tiny(libmp.mpf_sub(mine, right, LOW), right) for mine, right in self._pairs):
            return None
        for name in sorted(variables(self._answer)):
            if all((sample.place.values[name] < 0) == (sample in missing) for sample in self._samples):
                return Diagnosis(
                    "undefined",
                    Text(f"{name} < 0 で定義されない式です。", f"This is not defined for {name} < 0."),
                )
        return Diagnosis("undefined", _SOMEWHERE)

    def proportion(self) -> Diagnosis | None:
        """An answer that is always the same multiple of the key."""
        if len(self._pairs) < _FEWEST or not all(mine[1] and right[1] for mine, right in self._pairs):
            return None
        ratio = _constant([libmp.mpf_div(mine, right, LOW) for mine, right in self._pairs])
        if ratio is None or not (self._varies or ratio == libmp.fnone):
            return None
        exact = _fraction(ratio)
        if exact is None:
            about = number(ratio, 4)
            text = Text(
                f"正解の一定倍（約 {about} 倍）です。", f"It is a constant multiple of the key, about {about} times."
            )
            return Diagnosis("factor", text)
        if exact == -1:
            return Diagnosis("sign", Text("符号が逆です。", "The sign is reversed."))
        shown = str(exact).replace("-", "−")
        slug = f"factor-{exact}".replace("factor--", "factor-minus-").replace("/", "-")
        return Diagnosis(slug, Text(f"正解のちょうど {shown} 倍です。", f"It is exactly {shown} times the key."))

    def difference(self) -> Diagnosis | None:
        """An answer that is always the same amount away from the key."""
        if not self._varies or len(self._pairs) < _FEWEST:
            return None
        offset = _constant([libmp.mpf_sub(mine, right, LOW) for mine, right in self._pairs])
        if offset is None:
            return None
        exact = _fraction(libmp.mpf_abs(offset))
        shown = str(exact) if exact is not None else number(libmp.mpf_abs(offset), 3)
        if offset[0]:
            return Diagnosis(
                "offset", Text(f"いつも {shown} だけ小さくなっています。", f"It is always {shown} too small.")
            )
        return Diagnosis("offset", Text(f"いつも {shown} だけ大きくなっています。", f"It is always {shown} too large."))

    def rounding(self) -> Diagnosis | None:
        """A decimal where only a fraction is exact."""
        decimals = [
            part.value for part in walk(self._answer) if isinstance(part, Number) and part.value.denominator != 1
        ]
        if not decimals or not self._pairs:
            return None
        share = max(_half_a_digit(value) / value for value in decimals)
        allowed = libmp.from_rational(share.numerator, share.denominator, LOW)
        for mine, right in self._pairs:
            error = libmp.mpf_abs(libmp.mpf_sub(mine, right, LOW))
            if libmp.mpf_cmp(error, libmp.mpf_mul(allowed, libmp.mpf_abs(right), LOW)) > 0:
                return None
        return Diagnosis("rounded", _ROUNDED)

    @property
    def _varies(self) -> bool:
        """Whether both the answer and the key depend on a variable; a constant is always a multiple of another."""
        return bool(variables(self._answer) and variables(self._key.tree))


def _half_a_digit(value: Fraction) -> Fraction:
    """Half a unit in the last decimal place of ``value``: 0.005 for 0.33."""
    places = len(decimal(value).partition(".")[2])
    return Fraction(1, 2 * 10**places)


def _denominator(part: Tree) -> Tree:
    """A factor behind a fraction taken into its denominator."""
    match part:
        case Operation("*", Operation("/", above, below), factor):
            return Operation("/", above, Operation("*", below, factor))
    return part


def _exponent(part: Tree) -> Tree:
    """What is multiplied or divided behind a power taken into its exponent."""
    match part:
        case Operation("*" | "/" as sign, Operation("^", base, exponent), factor):
            return Operation("^", base, Operation(sign, exponent, factor))
    return part


def _both(part: Tree) -> Tree:
    return _denominator(_exponent(part))


_TIGHTER: Final = (_denominator, _exponent, _both)


def _constant(numbers: Sequence[Mpf]) -> Mpf | None:
    """The one value that ``numbers`` all are."""
    first = numbers[0]
    return first if all(_is_tiny(libmp.mpf_sub(first, other, LOW), first) for other in numbers[1:]) else None


def _is_tiny(difference: Mpf, beside: Mpf) -> bool:
    return magnitude(difference) <= magnitude(beside) - _SAME


def _fraction(value: Mpf) -> Fraction | None:
    """``value`` as a fraction of small whole numbers, if it is one."""
    if not -30 < magnitude(value) < 30:
        return None
    nearest = Fraction(libmp.to_float(value)).limit_denominator(_LARGEST_PART)
    exact = libmp.from_rational(nearest.numerator, nearest.denominator, LOW)
    return nearest if _is_tiny(libmp.mpf_sub(value, exact, LOW), value) else None


_NOWHERE: Final = Text(
    "どこでも値がない式です（0 での割り算など）。", "This has no value anywhere (a division by 0, for example)."
)
_SOMEWHERE: Final = Text(
    "正解には値があるのに、この式には値がないところがあります。", "This has no value in places where the key has one."
)
_ROUNDED: Final = Text(
    "小数では正確な値になりません。分数で書けますか。", "A decimal is not exact here. Can you write it as a fraction?"
)
