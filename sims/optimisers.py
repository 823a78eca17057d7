"""Rules that turn gradients into steps, over any number of runs at once, and the clipping of gradients.

Momentum: Polyak 1964. AdaGrad: Duchi, Hazan & Singer 2011. RMSProp: Tieleman & Hinton 2012. Adam: Kingma & Ba 2015,
*Adam: a method for stochastic optimization*, algorithm 1.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from sims.cells import Array, Parameters

Method = Literal["sgd", "momentum", "adagrad", "rmsprop", "adam"]
METHODS: tuple[Method, ...] = ("sgd", "momentum", "adagrad", "rmsprop", "adam")
BETA2 = 0.999
EPSILON = 1e-8  # keeps a division by 0 away; in no printed digit


@dataclass
class Rule:
    """One rule for one array, with its memory: the velocity, or the (decaying) sum or mean of squared gradients.

    ``decay`` is momentum's μ, RMSProp's ρ or Adam's β1; Adam's β2 is 0.999. ``mean`` is Adam's mean of gradients.
    """

    method: Method
    rate: float
    decay: float = 0.9
    memory: Array | float = 0.0
    mean: Array | float = 0.0
    steps: int = 0

    def step(self, weight: Array, gradient: Array) -> Array:
        """The weights after one step against ``gradient``; both of one shape, which the memory takes as well."""
        return weight - self.descent(gradient)

    def descent(self, gradient: Array) -> Array:
        """What the next step takes away from the weights."""
        self.steps += 1
        match self.method:
            case "sgd":
                return self.rate * gradient
            case "momentum":
                self.memory = self.decay * self.memory - self.rate * gradient
                return -self.memory
            case "adam":
                self.mean = self.mean + (1 - self.decay) * (gradient - self.mean)
                self.memory = self.memory + (1 - BETA2) * (gradient**2 - self.memory)
                return self.rate * (self.mean / (1 - self.decay**self.steps)) / self._root()
            case "adagrad":
                self.memory = self.memory + gradient**2
            case "rmsprop":
                self.memory = self.decay * self.memory + (1 - self.decay) * gradient**2
        return self.scale() * gradient

    def scale(self) -> Array | float:
        """What AdaGrad, RMSProp and Adam now multiply a gradient by, one number for each weight."""
        return self.rate / self._root()

    def _root(self) -> Array | float:
        square = self.memory / (1 - BETA2**self.steps) if self.method == "adam" else self.memory
        root: Array | float = np.sqrt(square) + EPSILON
        return root


@dataclass
class Optimiser:
    """The same rule for every parameter of a network; each keeps a memory of its own."""

    method: Method
    rate: float
    rules: dict[str, Rule] = field(default_factory=dict)

    def step(self, parameters: Parameters, gradients: Parameters) -> None:
        """Move ``parameters`` against ``gradients``, in place."""
        for name, gradient in gradients.items():
            rule = self.rules.setdefault(name, Rule(self.method, self.rate))
            parameters[name] -= rule.descent(gradient)


def clip_by_norm(gradients: Parameters, threshold: float) -> Array:
    """Shorten each run's whole gradient to length ``threshold`` where it is longer, in place; the direction stays.

    Returns the lengths before, (R,). Pascanu, Mikolov & Bengio 2013, *On the difficulty of training recurrent
    neural networks*, algorithm 1.
    """
    squares = [np.square(gradient).reshape(len(gradient), -1).sum(1) for gradient in gradients.values()]
    norms: Array = np.sqrt(np.sum(squares, axis=0))
    scale = threshold / np.maximum(norms, threshold)
    for gradient in gradients.values():
        gradient *= scale.reshape(-1, *[1] * (gradient.ndim - 1))
    return norms
