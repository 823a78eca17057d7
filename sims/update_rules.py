"""Five ways to turn gradients into steps, over any number of runs at once; each keeps what it remembers.

Momentum: Polyak 1964. AdaGrad: Duchi, Hazan & Singer 2011. RMSProp: Tieleman & Hinton 2012. Adam: Kingma & Ba 2015.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sims.cells import Array

Method = Literal["sgd", "momentum", "adagrad", "rmsprop", "adam"]
METHODS: tuple[Method, ...] = ("sgd", "momentum", "adagrad", "rmsprop", "adam")
EPSILON = 1e-8  # keeps a division by 0 away; in no printed digit


@dataclass
class Rule:
    """One rule with its memory: ``memory`` is the velocity, or the (decaying) sum or mean of squared gradients.

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
        self.steps += 1
        match self.method:
            case "sgd":
                return weight - self.rate * gradient
            case "momentum":
                self.memory = self.decay * self.memory - self.rate * gradient
                return weight + self.memory
            case "adam":
                self.mean = self.decay * self.mean + (1 - self.decay) * gradient
                self.memory = BETA2 * self.memory + (1 - BETA2) * gradient**2
                return weight - self.scale() * self.mean / (1 - self.decay**self.steps)
            case "adagrad":
                self.memory = self.memory + gradient**2
            case "rmsprop":
                self.memory = self.decay * self.memory + (1 - self.decay) * gradient**2
        return weight - self.scale() * gradient

    def scale(self) -> Array | float:
        """What AdaGrad, RMSProp and Adam now multiply a gradient by, one number for each weight."""
        square = self.memory / (1 - BETA2**self.steps) if self.method == "adam" else self.memory
        return self.rate / (np.sqrt(square) + EPSILON)


BETA2 = 0.999
