"""A standard and a separable convolution that really run, and every multiplication counted while they do.

Howard et al. 2017, *MobileNets: efficient convolutional neural networks for mobile vision applications*, section 3.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass
class Multiplier:
    """Multiplies arrays and counts the multiplications."""

    count: int = 0

    def __call__(self, left: Array, right: Array) -> Array:
        """The product, broadcast; each of its entries is one multiplication."""
        product = left * right
        self.count += product.size
        return product


@dataclass(frozen=True, slots=True)
class Counted:
    """The multiplications of each part, the weights of each, and how far the two outputs differ at most."""

    multiplications: Mapping[str, int]
    weights: Mapping[str, int]
    difference: float


def count(height: int, width: int, channels: int, filters: int, kernel: int, seed: int) -> Counted:
    """Run both convolutions on random maps, with kernels that let them agree, and count.

    The maps are (C, H, W) for ``channels``, ``height`` and ``width``; the kernels (M, C, K, K) for ``filters`` and
    ``kernel``, and of the separable convolution (C, K, K) and (M, C). Padded, so that the output is (M, H, W).
    """
    rng = np.random.default_rng(seed)
    image = rng.normal(size=(channels, height, width))
    taps = rng.normal(size=(channels, kernel, kernel))
    mix = rng.normal(size=(filters, channels))
    full = mix[:, :, None, None] * taps  # (M, C, K, K): the standard kernels that the two small ones make up
    standard, depthwise, pointwise = Multiplier(), Multiplier(), Multiplier()
    patches = _patches(image, kernel)
    direct = np.stack([_standard(standard, patches, one) for one in full])
    filtered = [depthwise(patch, taps[:, row, column, None, None]) for (row, column), patch in patches.items()]
    maps: Array = np.sum(filtered, axis=0)
    mixed = np.stack([pointwise(maps, weights[:, None, None]).sum(axis=0) for weights in mix])
    counts = {"standard": standard.count, "depthwise": depthwise.count, "pointwise": pointwise.count}
    weights = {"standard": full.size, "depthwise": taps.size, "pointwise": mix.size}
    for numbers in (counts, weights):
        numbers["separable"] = numbers["depthwise"] + numbers["pointwise"]
    return Counted(counts, weights, float(np.abs(direct - mixed).max()))


def _patches(image: Array, kernel: int) -> dict[tuple[int, int], Array]:
    """For each tap of the kernel the pixels it meets, (C, H, W), as the window goes over the padded image."""
    _, height, width = image.shape
    padded = np.pad(image, ((0, 0), (kernel // 2, kernel // 2), (kernel // 2, kernel // 2)))
    reach = range(kernel)
    return {(row, column): padded[:, row : row + height, column : column + width] for row in reach for column in reach}


def _standard(multiply: Multiplier, patches: Mapping[tuple[int, int], Array], kernels: Array) -> Array:
    """One output map: every channel through its own kernel, then the sum."""
    products = [
        multiply(patch, kernels[:, row, column, None, None]).sum(axis=0) for (row, column), patch in patches.items()
    ]
    return np.sum(products, axis=0)  # type: ignore[no-any-return]
