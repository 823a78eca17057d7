"""What the third weight of an RNN is for: the binary adder learns with W, and with W held at 0."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.adder import PAIRS, Settings
from sims.binary_addition.arms import Arm
from sims.binary_addition.experiment import Experiment
from sims.binary_addition.pictures import loss_plot, sum_panels
from sims.cells import Array
from sims.frames import Bar, Bars, Frame, Metric, Panel, Plot, Series
from sims.metrics import measured
from sims.numerals import percent, significant
from sims.text import Text, same

_EACH = 200  # iterations from one frame to the next
FREE, FROZEN = 0, 1
NAMES = Text("W を学ぶ", "W learned"), same("W = 0")
# The chance that a carry comes in at each place: half the time it goes on, and two ones (1/4) start another
CARRIED = tuple((1 - 2.0**-place) / 2 for place in range(8))
NO_CARRY = 0.75**7  # share of sums in which no place of seven has two ones: all that can be right without memory


def run(rate: float, hidden_size: int, runs: int, iterations: int, seed: int) -> Iterator[Frame]:
    """Train ``runs`` networks twice from the same first weights, once with W held at 0, then try all sums."""
    settings = Settings(rate=rate, hidden_size=hidden_size)
    arms = [
        Arm("free", NAMES[FREE], settings, "lit"),
        Arm("frozen", NAMES[FROZEN], Settings(rate=rate, hidden_size=hidden_size, frozen=True)),
    ]
    experiment = Experiment(arms, runs, iterations, seed)
    count, tries = -(-iterations // _EACH), experiment.tries()
    total = count + len(tries)
    for step in range(1, count + 1):
        experiment.advance(_EACH)
        yield Frame(step, total, _sums(experiment), _training_words(experiment), metrics={"iteration": experiment.done})
    for step, (place, part) in enumerate(tries, count + 1):
        experiment.try_all(place, part)
        if step < total:
            yield Frame(step, total, _sums(experiment), _trying_words(), metrics={"iteration": iterations})
    yield Frame(total, total, _places(experiment), _final_words(experiment), metrics=_metrics(experiment))


def effect(metrics: Mapping[str, Metric]) -> bool:
    """With W most networks add; without it no more than the sums without any carry come out right."""
    return measured(metrics, "exact_share_free") > 0.9 and measured(metrics, "exact_share_frozen") < NO_CARRY + 0.05


def lowest_loss() -> float:
    """The least mean loss without memory: at every place the best that can be said of the two bits there alone."""
    carried = np.array(CARRIED)
    both_zero = np.append(np.full(7, 0.25), 1.0)  # at the highest place there are no bits of a and b
    others = np.full(7, 0.25)
    loss = _spread(both_zero, carried)
    return float(loss + 2 * _spread(others, 1 - carried[:7]) + _spread(others, carried[:7]))


def _spread(share: Array, ones: Array) -> float:
    """The loss where one answer is given for all places: half the variance of what is wanted."""
    mean = float(share @ ones / share.sum())
    return float(share.sum()) * mean * (1 - mean) / 2


def _sums(experiment: Experiment) -> tuple[Panel, ...]:
    """The losses, and what one network of each kind says of a sum; below it the states of the one without W."""
    answers = [(name, experiment.shown(place)) for place, name in enumerate(NAMES)]
    return _losses(experiment), *sum_panels(*experiment.pair, answers)


def _places(experiment: Experiment) -> tuple[Panel, ...]:
    """The losses, and how often each place comes out right without W."""
    shares = experiment.places[FROZEN].mean(0)
    bars = [Bar(Text(f"{1 << place} の位", f"the {1 << place}s"), float(share)) for place, share in enumerate(shares)]
    bars.append(Bar(Text("和の全体", "whole sum"), float(experiment.exact[FROZEN].mean()), "lit"))
    return _losses(experiment), Bars(Text("W = 0 の正答率", "right with W = 0"), tuple(bars), 1.0)


def _losses(experiment: Experiment) -> Plot:
    plot, floor = loss_plot(experiment), lowest_loss()
    name = Text(f"記憶なしの下限 {significant(floor)}", f"floor without memory {significant(floor)}")
    line = Series(name, (0.0, float(experiment.iterations)), (floor, floor), "floor")
    return Plot(plot.title, (line, *plot.series), plot.x_range, plot.y_range)


def _training_words(experiment: Experiment) -> Text:
    free, frozen = (percent(experiment.latest_right(place)) for place in (FREE, FROZEN))
    return Text(
        f"{experiment.done:,} 回目。直近の和は、W を学ぶと {free}、W = 0 では {frozen} が正解です。",
        f"Iteration {experiment.done:,}. Of the latest sums {free} are right with W, {frozen} with W = 0.",
    )


def _trying_words() -> Text:
    return Text(
        f"学習が終わりました。{PAIRS:,} 通りの和をすべて試しています。",
        f"Training is over. All {PAIRS:,} sums are being tried.",
    )


def _final_words(experiment: Experiment) -> Text:
    free, frozen = (percent(float(experiment.exact[place].mean())) for place in (FREE, FROZEN))
    return Text(
        f"W = 0 では桁上がりを渡せず、正しい和は {frozen} です（桁上がりのない和は {percent(NO_CARRY)}）。"
        f"W を学ぶと {free} です。",
        f"With W = 0 no carry is handed on: {frozen} of the sums are right ({percent(NO_CARRY)} have no carry). "
        f"With W, {free}.",
    )


def _metrics(experiment: Experiment) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {"floor_frozen": lowest_loss(), "no_carry_share": NO_CARRY}
    for place, arm in enumerate(experiment.arms):
        metrics |= experiment.figures(place, f"_{arm.key}")
        metrics[f"places_{arm.key}"] = [float(share) for share in experiment.places[place].mean(0)]
    return metrics
