"""The carried state against closed forms and finite differences."""

from collections.abc import Mapping

import pytest

from sims import registry
from sims.carried_state import Cell, backward, forward
from sims.frames import Frame, Metric


def story(**given: str) -> list[Frame]:
    simulation = registry.get("carried_state")
    return list(simulation.run(simulation.values(given)))


def last(**given: str) -> Mapping[str, Metric]:
    return story(**given)[-1].metrics


@pytest.mark.parametrize("keep", ["0", "0.25", "0.5", "1", "-1", "2"])
@pytest.mark.parametrize("steps", ["1", "5", "20"])
def test_the_start_fades_or_grows_as_a_power(keep: str, steps: str) -> None:
    metrics = last(cell="cec", keep=keep, steps=steps, start="3", content="1")
    power = float(keep) ** int(steps)
    assert metrics["carried"] == pytest.approx(power)
    inputs = sum(float(keep) ** step for step in range(int(steps)))
    assert metrics["state"] == pytest.approx(3 * power + inputs)


def test_a_gru_takes_what_it_does_not_keep() -> None:
    metrics = last(cell="gru", keep="0.75", content="2", start="4", steps="1", take="9")
    assert metrics["state"] == 0.75 * 4 + 0.25 * 2


@pytest.mark.parametrize("relu", [False, True])
def test_gradients_are_those_of_finite_differences(relu: bool) -> None:
    keep, take, content, start, steps, h = 0.8, 1.5, 0.5, 0.3, 6, 1e-6

    def end(keep: float, take: float) -> float:
        return forward(Cell(keep, take, content, relu), start, steps)[-1]

    unit = Cell(keep, take, content, relu)
    back = backward(unit, forward(unit, start, steps), steps)
    assert back.by_keep == pytest.approx((end(keep + h, take) - end(keep - h, take)) / (2 * h), rel=1e-7)
    assert back.by_take == pytest.approx((end(keep, take + h) - end(keep, take - h)) / (2 * h), rel=1e-7)
    assert back.terms == steps


def test_a_unit_cut_off_by_relu_passes_nothing_back() -> None:
    metrics = last(cell="relu", keep="-1", start="4", content="1", steps="1")
    assert metrics["state"] == 0
    assert metrics["carried"] == 0


def test_truncation_leaves_terms_out() -> None:
    whole = last(cell="rnn", keep="2", start="0", steps="4")
    cut = last(cell="rnn", keep="2", start="0", steps="4", window="2")
    assert (whole["terms"], cut["terms"]) == (4, 2)
    assert cut["by_take"] == 1 + 2
    assert whole["by_take"] == 1 + 2 + 4 + 8
    assert cut["carried"] == whole["carried"]


def test_a_wrong_number_is_set_beside_the_measured_one() -> None:
    final = story(cell="lstm", keep="0.5", start="4", content="0", steps="3", claim="2")[-1]
    assert final.about_claim
    assert ".5" in final.caption.ja
    assert "2" in final.caption.ja
    assert "as you say" in story(cell="lstm", keep="0.5", start="4", content="0", steps="3", claim="1/2")[-1].caption.en
