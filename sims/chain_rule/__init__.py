"""The chain rule on a computational graph: values forward, gradients back, and a check by numeric differences."""

from collections.abc import Iterator, Mapping

from sims.chain_rule.claim import claim_scenes
from sims.chain_rule.numeric import numeric_scenes
from sims.chain_rule.passes import Passes
from sims.chain_rule.problem import RNN_STEP, custom, rnn_step
from sims.frames import Frame, Metric
from sims.scene import gathered, numbered


def run(
    graph: str, outer: str, inner: str, wrt: str, x: float, y: float, h: float, claim: str | None, seed: int
) -> Iterator[Frame]:
    """Differentiate z = ``outer``(t), t = ``inner``(x, y), or one step of an RNN (``graph`` = ``rnn_step``).

    ``h`` is the step of the numeric derivative shown beside the gradients. ``claim`` is somebody's ∂z/∂``wrt``
    (for the RNN: somebody's y1); it is evaluated at many points and, as a derivative, used to walk downhill.
    Raises :class:`sims.simulation.ParameterError` for expressions that cannot be read.
    """
    problem = rnn_step(x, y, seed, claim) if graph == RNN_STEP else custom(outer, inner, wrt, x, y, claim)
    passes = Passes(problem)
    scenes = passes.scenes()
    if passes.undefined is None:
        scenes += numeric_scenes(problem, h, seed)
        scenes += claim_scenes(problem, seed) if problem.claim else []
    return numbered(gathered(make() for make in scenes), len(scenes))


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Gradients that flow back equal numeric ones, and numeric ones are worse for large *and* for tiny h."""
    error, errors = metrics.get("gradient_error"), metrics.get("reference_errors")
    if metrics.get("undefined") is not None or not isinstance(error, float) or not isinstance(errors, list):
        return False
    numbers = [float(value) for value in errors]
    best = min(numbers)
    return error < 1e-6 and numbers[0] > 1e3 * best and numbers[-1] > 1e3 * best
