"""What every simulation keeps to, whatever it shows."""

import inspect
import json
from functools import cache
from importlib import import_module
from pathlib import Path
from unicodedata import east_asian_width

import numpy as np
import pytest

import sims
from sims.frames import Frame, Grid, Heatmap, Plot, Table
from sims.registry import SIMULATIONS, get
from sims.simulation import Parameter, ParameterError, Simulation

every = pytest.mark.parametrize("simulation", SIMULATIONS, ids=lambda simulation: simulation.name)
every_parameter = pytest.mark.parametrize(
    ("simulation", "parameter"),
    [(simulation, parameter) for simulation in SIMULATIONS for parameter in simulation.parameters],
    ids=lambda part: part.name,
)


@cache
def story(name: str) -> tuple[Frame, ...]:
    simulation = get(name)
    return tuple(simulation.run(simulation.values({})))


@every
def test_module_takes_the_registered_parameters(simulation: Simulation) -> None:
    signature = inspect.signature(import_module(f"sims.{simulation.name}").run)
    assert list(signature.parameters) == [parameter.name for parameter in simulation.parameters] + ["seed"]


def test_what_one_simulation_alone_has_stands_in_its_package() -> None:
    names = tuple(f"{simulation.name}_" for simulation in SIMULATIONS)
    known = {simulation.name for simulation in SIMULATIONS}
    root = Path(sims.__file__).parent
    beside = {entry.stem for entry in root.iterdir() if entry.stem.startswith(names)}
    assert beside <= known
    assert not [folder for folder in root.iterdir() if [*folder.glob("*.py")] and not (folder / "__init__.py").exists()]


@every
def test_steps_count_up_to_the_total(simulation: Simulation) -> None:
    frames = story(simulation.name)
    assert [frame.step for frame in frames] == list(range(1, len(frames) + 1))
    assert {frame.total for frame in frames} == {len(frames)}


@every
def test_effect_is_shown_by_the_defaults(simulation: Simulation) -> None:
    assert simulation.effect(story(simulation.name)[-1].metrics)


@every
def test_last_metrics_can_be_written_as_json(simulation: Simulation) -> None:
    metrics = story(simulation.name)[-1].metrics
    assert metrics
    assert json.loads(json.dumps(dict(metrics), allow_nan=False)) == dict(metrics)


@every
def test_captions_are_in_two_languages(simulation: Simulation) -> None:
    for frame in story(simulation.name):
        assert frame.caption.ja.strip(), frame.step
        assert frame.caption.en.strip(), frame.step
        assert frame.caption.ja != frame.caption.en, frame.step
        assert not any("ぁ" <= char <= "鿿" for char in frame.caption.en), frame.step


@every
def test_captions_are_short(simulation: Simulation) -> None:
    for frame in story(simulation.name):
        for caption in (frame.caption.ja, frame.caption.en):
            cells = sum(2 if east_asian_width(char) in "WF" else 1 for char in caption)
            assert cells <= 130, caption  # two rows of 70 cells, and room to wrap


@every
def test_same_values_and_seed_give_the_same_frames(simulation: Simulation) -> None:
    assert tuple(simulation.run(simulation.values({}))) == story(simulation.name)


@every
def test_panels_are_whole(simulation: Simulation) -> None:
    for panel in (panel for frame in story(simulation.name) for panel in frame.panels):
        match panel:
            case Grid():
                assert [len(row) for row in panel.cells] == [len(row) for row in panel.roles]
            case Plot():
                for series in panel.series:
                    assert len(series.x) == len(series.y)
                    assert np.isfinite(series.x).all()
                    assert np.isfinite(series.y).all()
                    assert not panel.log_y or min(series.y) > 0
            case Heatmap():
                assert len({len(row) for row in panel.values}) == 1
                assert not panel.row_names or len(panel.row_names) == len(panel.values)
                assert not panel.column_names or len(panel.column_names) == len(panel.values[0])
            case Table():
                assert {len(row) for row in panel.rows} == {len(panel.columns)}


@every_parameter
def test_default_is_allowed(simulation: Simulation, parameter: Parameter) -> None:
    if parameter.default is None:
        assert parameter.read("") is None
    else:
        assert parameter.read(str(parameter.default)) == parameter.default
    for choice in parameter.choices:
        parameter.read(choice)


@every_parameter
def test_what_is_out_of_range_is_refused_with_the_range(simulation: Simulation, parameter: Parameter) -> None:
    outside = {
        "integer": [str(int(parameter.low) - 1), str(int(parameter.high) + 1), "1.5", "two"],
        "real": [str(parameter.low - 1), str(parameter.high + 1), "nan", "two"],
        "choice": ["neither"],
        "shape": ["3 by", "3x3x3x3x3", "-1x2", "x"],
        "expression": ["x" * 1000],
    }[parameter.kind]
    for text in outside:
        with pytest.raises(ParameterError) as refused:
            simulation.values({parameter.name: text})
        message = refused.value.text
        assert parameter.name in message.ja
        assert parameter.name in message.en
        if parameter.kind in ("integer", "real", "choice"):
            assert parameter.allowed() in message.ja
            assert parameter.allowed() in message.en


@every
def test_misspelt_parameter_is_answered_with_the_nearest(simulation: Simulation) -> None:
    name = max((parameter.name for parameter in simulation.parameters), key=len)
    with pytest.raises(ParameterError) as refused:
        simulation.values({name + "s": "1"})
    assert name in refused.value.text.en
    assert "Did you mean" in refused.value.text.en
    with pytest.raises(ParameterError) as unknown:
        simulation.values({"zzz": "1"})
    assert all(parameter.name in unknown.value.text.ja for parameter in simulation.parameters)


def test_misspelt_simulation_is_answered_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match="Did you mean convolution"):
        get("convolutoin")
    with pytest.raises(ParameterError, match="cec"):
        get("zzz")


def test_names_are_unique() -> None:
    names = [simulation.name for simulation in SIMULATIONS]
    assert len(set(names)) == len(names)
