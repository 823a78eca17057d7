"""Points to compare expressions at: spread over the domain of each variable, always the same ones.

The points are scattered by a hash, so a verdict can be replayed anywhere. Half of the points have short decimals, which
are what a learner is shown; the others lie off any grid, where no periodic term vanishes by chance.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from hashlib import blake2b
from typing import Final

import msgspec

from engine.bank.model import Domain

WANTED: Final = 24
DRAWS: Final = 240
_FINE: Final = 2**48

# Strata of the magnitude, first the one that evidence reads best at. No 0 and no whole number lies in the real ones.
_REAL: Final = ((0.4, 1.9), (2.1, 9.8), (0.02, 0.3))
_UNIT: Final = ((0.3, 0.7), (0.02, 0.2), (0.8, 0.98))
_WHOLE: Final = ((1, 9), (2, 12), (13, 40))


class Place(msgspec.Struct, frozen=True):
    """A value for each variable at the draw ``draw``; ``short`` if all of them have at most three decimals."""

    draw: int
    values: Mapping[str, Fraction]
    short: bool


def places(domains: Mapping[str, Domain]) -> Iterator[Place]:
    """Points in the box that ``domains`` span, at most :data:`DRAWS`.

    The first point is positive in every variable; after it the signs run through all combinations of four variables.
    """
    for draw in range(DRAWS):
        short = draw % 4 < 2
        values = {
            name: _value(domain, draw, position, short) for position, (name, domain) in enumerate(domains.items())
        }
        yield Place(draw, values, short)


def _value(domain: Domain, draw: int, position: int, short: bool) -> Fraction:
    chance = blake2b(f"{draw}/{position}".encode(), digest_size=16).digest()
    stratum = chance[0] % 3 if draw else 0
    share = Fraction(int.from_bytes(chance[2:8], "big"), _FINE)
    negative = draw >> (position % 4) & 1 if position < 4 else chance[1] & 1
    match domain:
        case "integer":
            low, high = _WHOLE[stratum]
            size = Fraction(low + int(share * (high - low + 1)))
        case "unit":
            return _between(_UNIT[stratum], share, short)
        case _:
            size = _between(_REAL[stratum], share, short)
    return -size if negative and domain != "positive" and draw else size


def _between(stratum: tuple[float, float], share: Fraction, short: bool) -> Fraction:
    """A number in ``stratum``: with two or three decimals and no whole one if ``short``, else off any grid."""
    low, high = map(Fraction, map(str, stratum))
    exact = low + share * (high - low)
    if not short:
        return exact
    unit = Fraction(1, 1000 if high < 1 else 100)
    rounded = round(exact / unit) * unit
    return rounded + unit if rounded.denominator == 1 else rounded
