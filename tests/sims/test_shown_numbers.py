"""The numbers in tables, pictures and captions: those of the run, worked out here once more."""

import re
from itertools import accumulate, islice
from typing import Any

import numpy as np
import pytest

from sims import registry
from sims.frames import Bars, Frame, Heatmap, Panel, Plot, Table
from sims.gates.gate_run import PATTERNS
from sims.peephole import CHUNK, HALVES, PERIODS, ROUNDS
from sims.softmax_overflow.measures import look_at_claim
from sims.tree_merge.parse_tree import JOIN


def story(name: str, **given: str) -> list[Frame]:
    simulation = registry.get(name)
    return list(simulation.run(simulation.values(given)))


def panel(frame: Frame, kind: type[Panel]) -> Any:
    (found,) = (each for each in frame.panels if isinstance(each, kind))
    return found


def cells(frame: Frame) -> list[list[str]]:
    return [[cell.en for cell in row] for row in panel(frame, Table).rows]


@pytest.mark.parametrize(("growth", "factor"), [("doubling", 2), ("tripling", 3), ("none", 1)])
@pytest.mark.parametrize("kernel", [2, 3])
def test_growth_table_has_each_layers_dilation_and_field(growth: str, factor: int, kernel: int) -> None:
    end = story("dilated_causal", layers="4", kernel=str(kernel), growth=growth)[-1]
    dilations = [factor**layer for layer in range(4)]
    walks = accumulate(
        dilations, lambda seen, d: {place + tap * d for place in seen for tap in range(kernel)}, initial={0}
    )
    fields = [max(seen) + 1 for seen in islice(walks, 1, None)]
    plain = [1 + (kernel - 1) * layer for layer in range(1, 5)]
    rows = zip(range(1, 5), dilations, fields, plain, strict=True)
    assert cells(end) == [list(map(str, row)) for row in rows]


@pytest.mark.parametrize(("keep", "content", "steps"), [(0.5, 1.25, 8), (-1.0, 0.5, 3), (0.1, 0.0, 6)])
def test_steps_table_has_what_is_kept_what_is_taken_and_their_sum(keep: float, content: float, steps: int) -> None:
    given = {"cell": "cec", "start": "3", "take": "2", "window": "0"}
    end = story("carried_state", keep=str(keep), content=str(content), steps=str(steps), **given)[-1]
    states = [3.0]
    for _ in range(steps):
        states.append(keep * states[-1] + 2 * content)
    rows = [[float(cell.replace("−", "-")) for cell in row] for row in cells(end)]
    assert [row[0] for row in rows] == list(range(max(1, steps - 5), steps + 1))
    for step, kept, taken, state in rows:
        assert kept == pytest.approx(keep * states[int(step) - 1], abs=5e-5)
        assert taken == pytest.approx(2 * content, abs=5e-5)
        assert state == pytest.approx(states[int(step)], abs=5e-5, rel=1e-3)
    assert rows[-1][-1] == pytest.approx(states[-1], rel=1e-3)  # also where it has all but faded


@pytest.mark.parametrize("branch", ["left", "right"])
def test_the_two_roots_are_as_far_apart_as_their_bar_says(branch: str) -> None:
    frame = story("tree_merge", branch=branch)[3]
    root, swapped = map(np.array, panel(frame, Heatmap).values)
    (bar,) = (bar for bar in panel(frame, Bars).bars if bar.name.en == JOIN)
    assert np.linalg.norm(swapped - root) / np.linalg.norm(root) == pytest.approx(bar.value)
    assert bar.value > 0.05


def test_no_timer_has_fired_more_often_by_a_step_than_it_was_due() -> None:
    simulation = registry.get("peephole")
    last = int(PERIODS[-1]) * ROUNDS
    steps = [min(done, last) for done in range(CHUNK, last + CHUNK, CHUNK)]
    frames = islice(simulation.run(simulation.values({"runs": "1"})), HALVES, HALVES + len(steps))
    for step, frame in zip(steps, frames, strict=True):
        due = [min(step // period, ROUNDS) for period in map(int, PERIODS)]
        assert frame.metrics["wired_spikes"] == sum(due)
        assert frame.metrics["wired_exact"] == len(due)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("claim", [None, "f*a + i*c", "i*a + c", "2*i*a + f*c"])
def test_curves_of_the_gates_lie_in_their_picture(pattern: str, claim: str | None) -> None:
    for frame in story("gates", pattern=pattern, leak="0.1", **({"claim": claim} if claim else {})):
        for plot in (each for each in frame.panels if isinstance(each, Plot)):
            low, high = plot.y_range
            assert all(low <= y <= high for series in plot.series for y in series.y)


@pytest.mark.parametrize(("source", "is_told_why"), [("z[7]", True), ("np.exp(a) / np.exp(a).sum()", False)])
def test_a_softmax_that_raises_has_stopped(source: str, is_told_why: bool) -> None:
    claim = look_at_claim(source, np.array([2.0, 1.0, 0.0]))
    assert claim.stopped
    assert (claim.problem is not None) == is_told_why


@pytest.mark.parametrize(("claim", "said"), [("x1 + 5", "5.5"), ("x1 - z0 - 1", "−1.3")])
def test_an_output_no_sigmoid_can_give_is_told_at_the_chosen_place(claim: str, said: str) -> None:
    caption = story("chain_rule", graph="rnn_step", x="0.5", y="0.8", claim=claim)[-1].caption
    for text in (caption.ja, caption.en):
        assert re.findall(r"[-−]?\d+\.\d+", text) == [said]
    assert "between 0 and 1" in caption.en


def numbers_worth_trying() -> list[tuple[str, str]]:
    return [
        (simulation.name, each.name)
        for simulation in registry.SIMULATIONS
        for each in simulation.parameters
        if each.choices and each.kind != "choice"
    ]


@pytest.mark.parametrize(("name", "parameter"), numbers_worth_trying())
def test_keys_go_through_all_numbers_worth_trying_and_back(name: str, parameter: str) -> None:
    setting = registry.get(name).parameter(parameter)
    wanted = sorted(map(float, setting.choices))
    up = [setting.low]
    for _ in range(len(wanted) + 1):
        up.append(setting.moved(up[-1], 1))  # type: ignore[arg-type]
    assert [each for each in up if each in wanted][: len(wanted)] == wanted
    down = [setting.high]
    for _ in range(len(wanted) + 1):
        down.append(setting.moved(down[-1], -1))  # type: ignore[arg-type]
    assert [each for each in down if each in wanted][: len(wanted)] == wanted[::-1]
    assert setting.moved(wanted[-1], 1) == wanted[-1]
    assert setting.moved(wanted[0], -1) == wanted[0]
