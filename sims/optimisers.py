"""Gradient descent for many independent runs at once: every array has the runs as its first axis."""

from dataclasses import dataclass, field

import numpy as np

from sims.cells import Array, Parameters


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


@dataclass
class SGD:
    """Plain gradient descent."""

    rate: float

    def step(self, parameters: Parameters, gradients: Parameters) -> None:
        """Move ``parameters`` against ``gradients``, in place."""
        for name, gradient in gradients.items():
            parameters[name] -= self.rate * gradient


@dataclass
class Adam:
    """Kingma & Ba 2015, *Adam: a method for stochastic optimization*, algorithm 1."""

    rate: float
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    steps: int = 0
    mean: Parameters = field(default_factory=dict)
    square: Parameters = field(default_factory=dict)

    def step(self, parameters: Parameters, gradients: Parameters) -> None:
        """Move ``parameters`` against ``gradients``, in place, by about ``rate`` in every coordinate."""
        self.steps += 1
        unbias1, unbias2 = 1 - self.beta1**self.steps, 1 - self.beta2**self.steps
        for name, gradient in gradients.items():
            mean = self.mean.setdefault(name, np.zeros_like(gradient))
            square = self.square.setdefault(name, np.zeros_like(gradient))
            mean += (1 - self.beta1) * (gradient - mean)
            square += (1 - self.beta2) * (gradient**2 - square)
            parameters[name] -= self.rate * (mean / unbias1) / (np.sqrt(square / unbias2) + self.epsilon)
