"""The adder with W held at 0: what it can still say, against what can be computed without any memory."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from sims.adder import PAIRS, Adder, Settings
from sims.frames import Bars, Frame, Heatmap, Metric, Plot, Table
from sims.recurrent_weight import CARRIED, NO_CARRY, effect, lowest_loss, run
from sims.registry import get


@cache
def story(seed: int = 0, iterations: int = 3000, rate: float = 0.5) -> tuple[Frame, ...]:
    return tuple(run(rate=rate, hidden_size=16, runs=4, iterations=iterations, seed=seed))


def last(seed: int = 0) -> Mapping[str, Metric]:
    return story(seed)[-1].metrics


def number(metrics: Mapping[str, Metric], name: str) -> float:
    value = metrics[name]
    assert isinstance(value, float)
    return value


def sums() -> tuple[np.ndarray[tuple[int, int], np.dtype[np.int64]], ...]:
    """The bits of a, of b and of a + b for every pair, and the carries that come in; (16,384, 8) each."""
    pairs = np.arange(PAIRS)
    a, b = pairs[:, None] // 128, pairs[:, None] % 128
    places = np.arange(8)
    return a >> places & 1, b >> places & 1, a + b >> places & 1, ((a + b) ^ a ^ b) >> places & 1


class TestComputed:
    def test_chance_of_a_carry(self) -> None:
        _, _, _, carry = sums()
        assert np.allclose(carry.mean(0), CARRIED)

    def test_share_without_any_carry(self) -> None:
        _, _, _, carry = sums()
        assert (carry == 0).all(1).mean() == pytest.approx(NO_CARRY)

    def test_lowest_loss_is_what_the_best_answer_to_each_pair_of_bits_leaves(self) -> None:
        a, b, d, _ = sums()
        loss = 0.0
        for pair in range(4):
            here = 2 * a + b == pair
            loss += np.square(d[here] - d[here].mean()).sum() / 2 / PAIRS
        assert lowest_loss() == pytest.approx(loss)

    def test_is_not_undercut_by_training(self) -> None:
        adder = Adder(Settings(frozen=True), 8, 3)
        adder.train(6000)
        losses = adder.train(4000).losses.mean(1)
        assert np.median(losses) > lowest_loss() - 0.02
        assert np.median(losses) < lowest_loss() + 0.03
        assert adder.exact().max() <= NO_CARRY + 1e-9


def test_only_with_w_is_addition_learned_over_eight_seeds() -> None:
    shown = [effect(last(seed)) for seed in range(8)]
    assert sum(shown) >= 7
    assert all(number(last(seed), "exact_share_frozen") <= NO_CARRY + 1e-9 for seed in range(8))


def test_effect_is_not_shown_by_other_numbers() -> None:
    metrics = dict(last())
    assert effect(metrics)
    assert not effect(metrics | {"exact_share_frozen": 0.5})
    assert not effect(metrics | {"exact_share_free": 0.5})


def test_without_w_equal_digits_have_equal_states_and_answers() -> None:
    frame = story()[len(story()) // 2]
    (table,) = (panel for panel in frame.panels if isinstance(panel, Table))
    (heat,) = (panel for panel in frame.panels if isinstance(panel, Heatmap))
    a, b, _, _, frozen = ([cell.en for cell in row[1:9]] for row in table.rows)
    columns = list(zip(*heat.values, strict=True))
    for i in range(8):
        for j in range(i):
            if (a[i], b[i]) == (a[j], b[j]):
                assert columns[i] == pytest.approx(columns[j])
                assert frozen[i] == frozen[j]
    assert table.rows[4][0].en == "W = 0"


def test_wrong_digits_of_both_networks_are_marked() -> None:
    for frame in story()[:-6:8]:
        (table,) = (panel for panel in frame.panels if isinstance(panel, Table))
        wanted = table.rows[2]
        wrong = {(row, place) for row in (3, 4) for place in range(1, 9) if table.rows[row][place] != wanted[place]}
        assert set(table.claim) == wrong


def test_last_frame_shows_every_place_and_the_floor() -> None:
    end = story()[-1]
    (bars,) = (panel for panel in end.panels if isinstance(panel, Bars))
    places = end.metrics["places_frozen"]
    assert isinstance(places, list)
    assert [bar.value for bar in bars.bars] == pytest.approx([*places, end.metrics["exact_share_frozen"]])
    assert bars.bars[0].value > bars.bars[1].value > bars.bars[2].value
    (plot,) = (panel for panel in end.panels if isinstance(panel, Plot))
    floor = next(series for series in plot.series if series.role == "floor")
    assert set(floor.y) == {lowest_loss()}
    assert f"{100 * NO_CARRY:.0f} %" in end.caption.en
    assert f"{100 * number(end.metrics, 'exact_share_frozen'):.0f} %" in end.caption.ja


def test_same_seed_same_frames() -> None:
    again = tuple(run(rate=0.5, hidden_size=16, runs=4, iterations=600, seed=5))
    assert again == story(5, 600)
    assert again != story(6, 600)


@pytest.mark.slow
def test_effect_with_the_defaults_over_twenty_seeds() -> None:
    simulation = get("recurrent_weight")
    shown = 0
    for seed in range(20):
        *_, end = simulation.run(simulation.values({}), seed)
        shown += effect(end.metrics)
        assert number(end.metrics, "exact_share_frozen") > 0.08
    assert shown >= 19
