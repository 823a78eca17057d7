"""GRU, LSTM and simple RNN side by side: their parameters, a token to remember for long, and both conventions of z.

With a claim, somebody's formula for the new state of the GRU instead: fifty steps of it, and what it can learn.
"""

from collections.abc import Iterator, Mapping

from sims.frames import Frame, Metric
from sims.gru.claim import claim_scenes
from sims.gru.comparison import comparison_scenes
from sims.gru.first_token import SOLVED, FirstToken
from sims.gru.formula import compare
from sims.scene import numbered


def run(
    lag: int, bias: float, convention: str, runs: int, iterations: int, claim: str | None, seed: int
) -> Iterator[Frame]:
    """Train ``runs`` networks of each cell to name a token seen ``lag`` steps before.

    The gates that keep the state start with ``bias``; ``convention`` is ``exam`` for h = (1 - z)·h + z·h_bar or
    ``frameworks`` for its mirror image. With ``claim``, a formula for the new h over z, r, h and h_bar, the GRU is
    trained beside one that uses the formula. Accuracies are medians over the runs.
    """
    mirrored = convention == "frameworks"
    each = max(1, min(10, 300 // ((lag + 1) * runs)))  # iterations a frame, so that one takes 20..50 ms
    ends = [*range(each, iterations, each), iterations]
    if claim is None:
        story = comparison_scenes(FirstToken(lag, bias, mirrored, runs, seed), ends)
    else:
        compared = compare(claim, bias, mirrored, seed)
        task = FirstToken(lag, bias, mirrored, runs, seed, compared.trainable)
        story = claim_scenes(task, ends, compared)
    yield from numbered((make() for make in story), len(story))


def effect(metrics: Mapping[str, Metric]) -> bool:
    """The gated cells remember what the RNN does not, with 3/4 of the LSTM's parameters, in either convention."""
    rnn, gru, lstm, difference = (
        metrics.get(name) for name in ("accuracy_rnn", "accuracy_gru", "accuracy_lstm", "convention_difference")
    )
    if not (isinstance(rnn, float) and isinstance(gru, float) and isinstance(lstm, float)):
        return False
    return (
        min(gru, lstm) > SOLVED > 0.6 > rnn
        and isinstance(difference, float)
        and difference < 1e-12
        and metrics["gru_share_of_lstm"] == 0.75
    )
