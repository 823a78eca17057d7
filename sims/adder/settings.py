"""What can be changed about the adder, and its first weights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sims.cells import Array, Parameters

Activation = Literal["sigmoid", "tanh", "relu"]
Init = Literal["normal", "xavier", "he"]
Delta = Literal["note", "true"]
TimeFactor = Callable[[Array, Array], Array]
OutputError = Callable[[Array, Array, Array], Array]

# What stands in the place of W (R, H, H) where an error is carried one step back, delta @ W.T in the right formula.
TIME_FACTORS: Mapping[str, Callable[[Array], Array]] = {
    "right": lambda W: W,
    "transposed": lambda W: W.swapaxes(-1, -2),
    "none": np.zeros_like,
    "diagonal": lambda W: W * np.eye(W.shape[-1]),
    "no_derivative": lambda W: W,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """One setting of the experiment; the defaults are those of the note.

    ``init``: the spread of the first weights, N(0, ``weight_std``²), Xavier's 1 / fan-in or He's 2 / fan-in as
    variance. ``delta``: ∂E/∂v of the output y = σ(v) as the ``note`` has it, with σ′ taken at the already squashed y,
    or the ``true`` one, or somebody's own function of v, d and y (R, 8). ``truncation``: through how many steps an
    error is carried, its own included (1 leaves it where it is; None carries it through all). ``clip``: the norm to
    which a run's gradient is shortened. ``frozen``: W is 0 and stays 0.

    ``time_factor`` makes the backward pass a wrong one: a name of :data:`TIME_FACTORS` (``no_derivative`` leaves out
    the slope of the activation), or a function of delta (R, H) = ∂E/∂u one step later and W (R, H, H) whose value
    (R, H) takes the place of ``delta @ W.T``.
    """

    init: Init = "normal"
    weight_std: float = 1.0
    activation: Activation = "sigmoid"
    rate: float = 0.1
    hidden_size: int = 16
    delta: Delta | OutputError = "note"
    truncation: int | None = None
    clip: float | None = None
    frozen: bool = False
    time_factor: str | TimeFactor = "right"

    def __post_init__(self) -> None:
        if isinstance(self.time_factor, str) and self.time_factor not in TIME_FACTORS:
            raise ValueError(f"time_factor {self.time_factor!r} is none of {', '.join(TIME_FACTORS)}")
        if self.truncation is not None and (self.truncation < 1 or callable(self.time_factor)):
            raise ValueError("truncation is at least 1 and goes with named time factors only")

    @property
    def structure(self) -> "Settings":
        """These settings without what may differ among runs that advance side by side: first weights and rate."""
        return replace(self, init="normal", weight_std=1.0, rate=0.1)

    def spread(self, fan_in: int) -> float:
        """Standard deviation of the first weights into a unit that has ``fan_in`` inputs.

        Glorot & Bengio 2010, *Understanding the difficulty of training deep feedforward neural networks*, in the
        simple form 1 / fan-in; He et al. 2015, *Delving deep into rectifiers*.
        """
        match self.init:
            case "normal":
                return self.weight_std
            case "xavier":
                return float(fan_in**-0.5)
            case "he":
                return float((2 / fan_in) ** 0.5)


def draw_weights(rng: np.random.RandomState, settings: Settings) -> Parameters:
    """``W_in`` (2, H), ``W_out`` (H, 1) and ``W`` (H, H), drawn in this order, which is that of the note."""
    H = settings.hidden_size
    shapes = {"W_in": (2, H), "W_out": (H, 1), "W": (H, H)}
    weights = {name: settings.spread(shape[0]) * rng.randn(*shape) for name, shape in shapes.items()}
    if settings.frozen:
        weights["W"] = np.zeros((H, H))
    return weights
