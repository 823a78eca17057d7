"""Random arrays for a code question: sizes that tell transposes apart, values that belong together."""

import re
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from engine.bank.model import Array
from sims.expression import evaluate, parse

# Different primes: no size is a multiple, or the double, of another, and none is 1, which would broadcast.
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
_SEEDS = 2**64  # NumPy takes no negative seed, a question does
_SIZE = re.compile(r"(\d*)([A-Za-z]\w*)?")


def letter_sizes(arrays: Mapping[str, Array], seed: int, square: int | None = None) -> dict[str, int]:
    """A size for every letter that occurs in the shapes; all of them ``square`` if it is given."""
    parts = [_SIZE.fullmatch(part) for array in arrays.values() for part in _parts(array.shape)]
    letters = sorted({part[2] for part in parts if part and part[2]})
    written = {int(part[1]) for part in parts if part and part[1] and not part[2]}
    free = [prime for prime in _PRIMES if prime not in written][: max(len(letters), 4)]
    if square is not None:
        return dict.fromkeys(letters, square)
    drawn = np.random.default_rng([seed % _SEEDS, 1]).permutation(free)[: len(letters)]
    return {letter: int(size) for letter, size in zip(letters, drawn, strict=True)}


def arrays_for(arrays: Mapping[str, Array], seed: int, square: int | None = None) -> dict[str, NDArray[np.float64]]:
    """Draw every array of a question: equal letters are equal sizes, different letters different ones.

    ``normal`` values have both signs, ``positive`` lie in 0.2..3, ``gate`` in 0.05..0.95, ``onehot`` has a single 1
    along the last axis; ``given`` arrays are computed from the others. The same seed gives the same arrays.
    Raises ValueError if a ``given`` cannot be computed or has another shape than it says.
    """
    sizes = letter_sizes(arrays, seed, square)
    rng = np.random.default_rng([seed % _SEEDS, 2])
    drawn: dict[str, NDArray[np.float64]] = {}
    for name, array in arrays.items():
        if not array.given:
            drawn[name] = _values(array.values, _shape(array.shape, sizes), rng)
    waiting = [name for name in arrays if name not in drawn]
    while waiting:
        ready = [name for name in waiting if not _needs(arrays[name].given, arrays) & set(waiting)]
        if not ready:
            raise ValueError(f"these arrays are given by each other: {', '.join(waiting)}")
        for name in ready:
            drawn[name] = evaluate(parse(arrays[name].given, list(drawn)), drawn)
            declared = _shape(arrays[name].shape, sizes)
            if drawn[name].shape != declared:
                raise ValueError(f"{name} should have shape {declared} but its definition gives {drawn[name].shape}")
        waiting = [name for name in waiting if name not in ready]
    return {name: drawn[name] for name in arrays}


def _needs(given: str, arrays: Iterable[str]) -> frozenset[str]:
    return parse(given, list(arrays)).names


def _parts(shape: str) -> list[str]:
    return [] if shape == "scalar" else shape.split(" x ")


def _shape(shape: str, sizes: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(_size(part, sizes) for part in _parts(shape))


def _size(part: str, sizes: Mapping[str, int]) -> int:
    """``H`` as drawn, ``3`` as written, ``2H`` as the double."""
    match = _SIZE.fullmatch(part)
    if match is None:
        raise ValueError(f"{part} is no size: write a letter, a number, or both (2H)")
    factor = int(match[1]) if match[1] else 1
    return factor * (sizes[match[2]] if match[2] else 1)


def _values(kind: str, shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float64]:
    match kind:
        case "positive":
            return np.asarray(rng.uniform(0.2, 3.0, shape))
        case "gate":
            return np.asarray(rng.uniform(0.05, 0.95, shape))
        case "onehot":
            length = shape[-1] if shape else 1
            return np.asarray(np.eye(length)[rng.integers(length, size=shape[:-1])])
        case _:
            return np.asarray(rng.normal(size=shape))
