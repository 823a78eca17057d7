"""Curves made of arrays: through what is finite, or as far as they stay in the picture."""

import numpy as np
from numpy.typing import NDArray

from sims.cells import Array
from sims.frames import Series, SeriesRole
from sims.text import Text

Numbers = NDArray[np.int64] | Array


def through(name: Text, x: Numbers, y: Numbers, role: SeriesRole) -> Series:
    """A curve through the points of ``x`` and ``y``, (n,) each, with finite y."""
    seen = np.isfinite(y)
    return Series(name, tuple(map(float, x[seen])), tuple(map(float, y[seen])), role)


def staying(
    name: Text, values: Array, bounds: tuple[float, float], role: SeriesRole = "muted", first: float = 0, by: float = 1
) -> Series:
    """``values`` (n,) over first, first + by, … up to the first of them that lies outside ``bounds`` or is nan."""
    out = np.flatnonzero(~((values >= bounds[0]) & (values <= bounds[1])))
    end = int(out[0]) if out.size else len(values)
    return Series(name, tuple(float(first + by * place) for place in range(end)), tuple(values[:end].tolist()), role)
