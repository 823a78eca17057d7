"""Numeric differentiation: how well differences of step h approximate a slope, for h from 1 down to 10⁻¹⁵."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

DECADES = tuple(range(0, -16, -1))
Inputs = Mapping[str, float]
Function = Callable[[Inputs], float]


@dataclass(frozen=True, slots=True)
class Errors:
    """The errors of one method where they are defined: powers of ten, largest first, and |difference − slope|."""

    exponents: tuple[int, ...]
    errors: tuple[float, ...]

    @property
    def best(self) -> int | None:
        """The exponent of the h with the smallest error; of equal ones the largest h."""
        return self.exponents[int(np.argmin(self.errors))] if self.errors else None

    @property
    def steps(self) -> tuple[float, ...]:
        """The h of every error."""
        return tuple(10.0**exponent for exponent in self.exponents)


def forward(function: Function, at: Inputs, name: str, h: float) -> float:
    """(f(x + h) − f(x)) / h along the input ``name``; nan where f is undefined."""
    return (function({**at, name: at[name] + h}) - function(at)) / h


def central(function: Function, at: Inputs, name: str, h: float) -> float:
    """(f(x + h) − f(x − h)) / 2h along the input ``name``; nan where f is undefined."""
    return (function({**at, name: at[name] + h}) - function({**at, name: at[name] - h})) / (2 * h)


def errors_of(
    method: Callable[[Function, Inputs, str, float], float], function: Function, at: Inputs, name: str, slope: float
) -> Errors:
    """The error of ``method`` against the known ``slope`` at every power of ten from 1 to 10⁻¹⁵."""
    found = [(exponent, abs(method(function, at, name, 10.0**exponent) - slope)) for exponent in DECADES]
    found = [(exponent, error) for exponent, error in found if np.isfinite(error)]
    return Errors(tuple(exponent for exponent, _ in found), tuple(float(error) for _, error in found))
