"""Clipping a gradient by its norm: on a cliff in the error of one unit, and in the binary adder with ReLU."""

from collections.abc import Iterator, Mapping

from sims.frames import Frame, Metric
from sims.gradient_clipping.scenes import cliff_frames
from sims.metrics import measured


def run(task: str, threshold: float, rate: float, claim: str | None, seed: int) -> Iterator[Frame]:
    """Descend at the learning rate ``rate``, once as the gradient says and once with its norm cut to ``threshold``.

    ``task`` is ``cliff`` or ``adder``. ``claim`` is somebody's way of clipping, an expression in g, norm, threshold
    and rate (there threshold / norm): it is tried on random gradients and takes part in the walks over the cliff.
    """
    if task == "adder":
        from sims.gradient_clipping.adder import adder_frames  # kept from the first frame of the cliff

        return adder_frames(threshold, rate, seed)
    return cliff_frames(threshold, rate, claim, seed)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Clipped, most walks reach the valley (networks learn) and none is thrown; as they are, most do not."""
    runs = measured(metrics, "runs")
    learned = measured(metrics, "solved_plain") <= 0.6 * runs <= 0.75 * runs <= measured(metrics, "solved_clipped")
    if "thrown_plain" not in metrics:
        return learned
    return learned and measured(metrics, "thrown_plain") >= 0.5 * runs and metrics["thrown_clipped"] == 0
