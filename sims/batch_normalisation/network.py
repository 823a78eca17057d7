"""Deep networks with and without batch normalisation, many at once: rates × runs along the first axis.

Every hidden layer is u = z W (+ b), or its normalised form γ (u − mean)/√(var + ε) + β over the batch, then tanh or
ReLU (Ioffe & Szegedy 2015, *Batch normalization*, algorithm 1). The task is to tell where x1·x2 is positive.
"""

from itertools import pairwise

import numpy as np

from sims.cells import Array, Parameters, sigmoid
from sims.text import Text

EPSILON = 1e-7
INPUTS, WIDTH, SAMPLES = 2, 16, 48
NAMES = {False: Text("なし", "without"), True: Text("あり", "with")}


def normalise(u: Array, gamma: Array | float = 1.0, beta: Array | float = 0.0) -> tuple[Array, Array, Array]:
    """``u`` (..., N, H) normalised over N, then γ and β: the result, what it was before them, and √(var + ε)."""
    off = u - u.mean(axis=-2, keepdims=True)
    deviation = np.sqrt(np.square(off).mean(axis=-2, keepdims=True) + EPSILON)
    even = off / deviation
    return gamma * even + beta, even, deviation


def through(d: Array, even: Array, deviation: Array) -> Array:
    """The gradient of u from that of the normalised u, both (..., N, H)."""
    mean = d.mean(axis=-2, keepdims=True)
    along = (d * even).mean(axis=-2, keepdims=True)
    found: Array = (d - mean - even * along) / deviation
    return found


class Deep:
    """``runs`` networks of ``depth`` hidden layers for each of ``rates``; arrays begin with rates × runs."""

    def __init__(
        self, normalised: bool, activation: str, depth: int, scale: float, rates: Array, runs: int, seed: int
    ) -> None:
        rng = np.random.default_rng(seed)
        self.normalised, self.relu, self.runs = normalised, activation == "relu", runs
        self.rates = np.repeat(rates, runs)
        x = rng.uniform(-1, 1, (runs, SAMPLES, INPUTS))
        many = len(rates)
        self.x = np.tile(x, (many, 1, 1))
        self.y = (self.x[..., 0] * self.x[..., 1] > 0).astype(float)
        sizes = [INPUTS] + [WIDTH] * depth
        self.layers: list[Parameters] = []
        for before, after in pairwise(sizes):
            W = scale / np.sqrt(before) * rng.normal(size=(runs, before, after))
            shape = (many * runs, 1, after)
            self.layers.append({"W": np.tile(W, (many, 1, 1)), "gamma": np.ones(shape), "beta": np.zeros(shape)})
        out = rng.normal(size=(runs, WIDTH, 1)) / np.sqrt(WIDTH)
        self.out: Parameters = {"W": np.tile(out, (many, 1, 1)), "beta": np.zeros((many * runs, 1, 1))}

    @np.errstate(all="ignore")
    def forward(self) -> tuple[list[Array], list[tuple[Array, Array]], Array]:
        """The input and every layer's output, what its normalisation kept, and p (A, N)."""
        z, kept = [self.x], []
        for layer in self.layers:
            u = z[-1] @ layer["W"]
            if self.normalised:
                u, even, deviation = normalise(u, layer["gamma"], layer["beta"])
                kept.append((even, deviation))
            else:
                u = u + layer["beta"]
            z.append(np.maximum(u, 0) if self.relu else np.tanh(u))
        logit = (z[-1] @ self.out["W"] + self.out["beta"])[..., 0]
        return z, kept, sigmoid(logit)

    @np.errstate(all="ignore")
    def gradients(self) -> tuple[list[Parameters], Parameters]:
        """The gradient of the mean cross-entropy for the layers and for the output."""
        z, kept, p = self.forward()
        d = ((p - self.y) / SAMPLES)[..., None]
        out = {"W": z[-1].swapaxes(1, 2) @ d, "beta": d.sum(1, keepdims=True)}
        d = d @ self.out["W"].swapaxes(1, 2)
        found: list[Parameters] = []
        for place in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[place]
            d = d * (z[place + 1] > 0 if self.relu else 1 - z[place + 1] ** 2)
            own: Parameters = {"beta": d.sum(1, keepdims=True)}
            if self.normalised:
                even, deviation = kept[place]
                own["gamma"] = (d * even).sum(1, keepdims=True)
                d = through(d * layer["gamma"], even, deviation)
            own["W"] = z[place].swapaxes(1, 2) @ d
            d = d @ layer["W"].swapaxes(1, 2)
            found.append(own)
        return found[::-1], out

    @np.errstate(all="ignore")
    def train(self, steps: int) -> None:
        """That many steps of gradient descent, each network at its own rate."""
        rate = self.rates[:, None, None]
        for _ in range(steps):
            layers, out = self.gradients()
            for parameters, gradients in zip([*self.layers, self.out], [*layers, out], strict=True):
                for name, gradient in gradients.items():
                    parameters[name] = parameters[name] - rate * gradient

    def losses(self) -> Array:
        """The mean cross-entropy, (rates, runs), with 1e-7 in the logarithm; a network that overflowed counts ∞."""
        p = self.forward()[2]
        with np.errstate(all="ignore"):
            loss = -np.log(np.where(self.y > 0, p, 1 - p) + 1e-7).mean(1)
        finite: Array = np.where(np.isfinite(loss), loss, np.inf)
        return finite.reshape(-1, self.runs)

    def spreads(self) -> Array:
        """The standard deviation of what each layer puts out, (layers, rates · runs)."""
        return np.array([layer.std(axis=(1, 2)) for layer in self.forward()[0][1:]])
