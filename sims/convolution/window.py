"""A window that slides over a padded image: where it stops, what it reads, and what it never reads."""

from itertools import count, takewhile

import numpy as np
from numpy.typing import NDArray

Digits = NDArray[np.int64]


class SlidingWindow:
    """A square kernel moving over a square image, as a convolution layer does (no flip, "cross-correlation").

    ``image`` is (n, n) and ``kernel`` (k, k), both of integers. ``starts`` are the places along one side, counted
    in pixels of the padded image, at which all taps of the window lie inside: found by moving, not by a formula.
    ``output`` (stops, stops) and ``reads`` (width, width), how many windows have read each padded pixel, fill up
    as :meth:`move` is called; ``done`` counts the stops so far.
    """

    def __init__(self, image: Digits, kernel: Digits, stride: int, padding: int, dilation: int) -> None:
        self.image, self.kernel = image, kernel
        self.stride, self.padding, self.dilation = stride, padding, dilation
        self.padded = np.pad(image, padding)
        self.width = len(self.padded)
        self.starts = tuple(takewhile(lambda start: self.taps(start)[-1] < self.width, count(0, stride)))
        self.output = np.zeros((self.stops, self.stops), np.int64)
        self.reads = np.zeros_like(self.padded)
        self.done = 0

    @property
    def stops(self) -> int:
        """How often the window stops along one side."""
        return len(self.starts)

    @property
    def span(self) -> int:
        """How many pixels the window stretches over, gaps of a dilated kernel included."""
        return self.dilation * (len(self.kernel) - 1) + 1

    @property
    def remainder(self) -> int | None:
        """How many pixels are left over beyond the last stop along one side; None if the window never stops."""
        return self.width - 1 - self.taps(self.starts[-1])[-1] if self.starts else None

    @property
    def real_reads(self) -> Digits:
        """How many windows have read each pixel of the image itself, (n, n)."""
        inside = slice(self.padding, self.padding + len(self.image))
        return self.reads[inside, inside]

    def taps(self, start: int) -> range:
        """The rows (or columns) that a window starting at ``start`` reads; they may lie beyond the edge."""
        return range(start, start + self.span, self.dilation)

    def corner(self, stop: int) -> tuple[int, int]:
        """First row and column of the window at its ``stop``-th stop, counted from 1, row by row."""
        row, column = divmod(stop - 1, self.stops)
        return self.starts[row], self.starts[column]

    def move(self) -> Digits:
        """Stop once more; the (k, k) products whose sum went into the output."""
        top, left = self.corner(self.done + 1)
        under = np.ix_(self.taps(top), self.taps(left))
        products = self.padded[under] * self.kernel
        self.output.flat[self.done] = products.sum()
        self.reads[under] += 1
        self.done += 1
        return products


def claimed_sides(claim: tuple[int, ...] | None) -> tuple[int, int] | None:
    """The height and width that a claimed shape ends with; one number stands for both sides."""
    return (claim[-2:][0], claim[-1]) if claim else None


def draw_digits(size: int, kernel: int, seed: int) -> tuple[Digits, Digits]:
    """An image (size, size) of digits 0..3, and a kernel (kernel, kernel) of ones in a checkerboard, 2 in the middle.

    The sums under a 3×3 kernel stay below 19 and can be checked in the head. A smaller image is the upper left
    part of a larger one with the same seed, so that changing the size changes nothing else.
    """
    largest = max(64, size)
    image = np.random.default_rng(seed).integers(0, 4, (largest, largest))[:size, :size]
    lines = np.arange(kernel)
    weights = (lines[:, None] + lines + 1) % 2
    weights[kernel // 2, kernel // 2] = 2
    return image, weights


def output_size(size: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    """⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1, the textbook's size of one side; below 1 there is no valid position.

    Dumoulin & Visin 2016, *A guide to convolution arithmetic for deep learning*, relationships 6 and 15.
    """
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
