"""The same batch of adders in PyTorch, where it is installed: products of all runs by ``torch.bmm``, one thread."""

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from sims.adder import Adder, Settings
from tests.benchmarks.measure import Row, best_times

RUNS = (64, 220)
ROUNDS = 40
ITERATIONS = 32


def rows() -> list[Row]:
    """Our batch against PyTorch's; nothing where there is no PyTorch."""
    return list(_rows()) if find_spec("torch") else []


def _rows() -> Iterator[Row]:
    torch = import_module("torch")
    torch.set_num_threads(1)
    for runs in RUNS:
        ours, theirs = Adder(Settings(), runs, 0), TorchAdder(torch, Adder(Settings(), runs, 0))
        bits = np.random.default_rng(0).integers(0, 128, (ITERATIONS, runs, 2))
        difference = theirs.check(Adder(Settings(), runs, 0), bits[0])
        best = best_times({"ours": partial(ours.train, ITERATIONS), "torch": partial(theirs.train, bits)}, ROUNDS)
        micro = {name: 1e6 * seconds / ITERATIONS / runs for name, seconds in best.items()}
        ratio = micro["torch"] / micro["ours"]
        figure = f"{micro['ours']:.2f} µs against {micro['torch']:.2f} µs, {ratio:.2f}×"
        passed = ratio > 1 and difference < 1e-12
        yield Row(f"adder: {runs} runs against torch.bmm, each", "faster, same gradients", figure, ratio, passed)


class TorchAdder:
    """R sigmoid adders with the note's delta, their backward pass written out."""

    def __init__(self, torch: Any, adder: Adder) -> None:
        self.torch, self.rate = torch, adder.settings.rate
        weights = {name: torch.from_numpy(value.copy()) for name, value in adder.weights.items()}
        self.W_in, self.W, self.W_out = (weights[name] for name in ("W_in", "W", "W_out"))

    def gradients(self, pairs: np.ndarray[Any, Any]) -> tuple[Any, Any, Any]:
        """Of ``W_in``, ``W`` and ``W_out`` for one pair (2,) of each run."""
        torch = self.torch
        a, b = torch.from_numpy(pairs[:, 0]), torch.from_numpy(pairs[:, 1])
        places = torch.arange(8)
        x = torch.stack([a[:, None] >> places & 1, b[:, None] >> places & 1], dim=2).double()
        wanted = ((a + b)[:, None] >> places & 1).double()[:, :, None]
        u = torch.bmm(x, self.W_in)
        z = [torch.zeros_like(u[:, :1])]
        for t in range(8):
            z.append(torch.sigmoid(torch.baddbmm(u[:, t : t + 1], z[-1], self.W)))
        before, after = torch.cat(z[:-1], dim=1), torch.cat(z[1:], dim=1)
        y = torch.sigmoid(torch.bmm(after, self.W_out))
        s = torch.sigmoid(y)
        error = (y - wanted) * s * (1 - s)
        arrived = torch.bmm(error, self.W_out.transpose(1, 2))
        slopes, back = after * (1 - after), self.W.transpose(1, 2)
        delta = [arrived[:, 7:] * slopes[:, 7:]]
        for t in range(6, -1, -1):
            delta.append(torch.baddbmm(arrived[:, t : t + 1], delta[-1], back) * slopes[:, t : t + 1])
        deltas = torch.cat(delta[::-1], dim=1)
        return (
            torch.bmm(x.transpose(1, 2), deltas),
            torch.bmm(before.transpose(1, 2), deltas),
            torch.bmm(after.transpose(1, 2), error),
        )

    def train(self, pairs: np.ndarray[Any, Any]) -> None:
        """One update for each of ``pairs`` (n, R, 2)."""
        with self.torch.inference_mode():
            for each in pairs:
                for weight, gradient in zip((self.W_in, self.W, self.W_out), self.gradients(each), strict=True):
                    weight.sub_(gradient, alpha=self.rate)

    def check(self, adder: Adder, pairs: np.ndarray[Any, Any]) -> float:
        """How far its gradients are from ours."""
        ours = adder.gradients(pairs[:, 0], pairs[:, 1])
        theirs = dict(zip(("W_in", "W", "W_out"), self.gradients(pairs), strict=True))
        return max(float(np.abs(theirs[name].numpy() - ours[name]).max()) for name in ours)
