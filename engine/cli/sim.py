"""``peephole sim``: the list of simulations, one drawn in the terminal, or its frames as JSON lines."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from engine.cli.context import Context, UsageError
from engine.drawing.frame import draw_frame
from engine.drawing.wrap import wrap
from sims import registry
from sims.frames import Frame
from sims.simulation import ParameterError, Simulation, Value
from sims.text import Text


def run(context: Context) -> int:
    """List, draw or write frames."""
    options = context.options
    if not options.name:
        return _list(context)
    try:
        simulation = registry.get(options.name)
        values = simulation.values(dict(_setting(text) for text in options.set))
        frames = simulation.run(values, options.seed)
        if options.json:
            for frame in frames:
                context.say_json(_as_json(simulation, values, frame))
            return 0
        return _draw(context, simulation, frames)
    except ParameterError as error:  # one that cannot be read, or several that do not go together
        raise UsageError(error.text) from None


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(
            Text(
                f"--set {text}: 名前=値 の形で書いてください。例: --set stride=2",
                f"--set {text}: write KEY=VALUE, such as --set stride=2.",
            )
        )
    return name.strip(), value


def _list(context: Context) -> int:
    library = context.library()
    for simulation in registry.SIMULATIONS:
        linked = [card.id for _, card in library.cards() if card.sim == simulation.name]
        if context.options.json:
            context.say_json(_described(simulation, linked))
            continue
        context.say(f"{simulation.name:<14} {simulation.title.get(context.language)}")
        context.say(f"{'':<14} {simulation.summary.get(context.language)}")
        for parameter in simulation.parameters:
            default = "–" if parameter.default is None else parameter.default
            context.say(f"{'':<16} {parameter.name}={default}  ({parameter.allowed()})")
    return 0


def _described(simulation: Simulation, linked: list[str]) -> dict[str, Any]:
    return {
        "name": simulation.name,
        "title": asdict(simulation.title),
        "summary": asdict(simulation.summary),
        "parameters": [asdict(parameter) for parameter in simulation.parameters],
        "questions": linked,
    }


def _as_json(simulation: Simulation, values: Mapping[str, Value], frame: Frame) -> dict[str, Any]:
    panels = [{"type": type(panel).__name__.lower(), **asdict(panel)} for panel in frame.panels]
    return {
        "sim": simulation.name,
        "with": dict(values),
        **{name: value for name, value in asdict(frame).items() if name != "panels"},
        "panels": panels,
    }


def _draw(context: Context, simulation: Simulation, frames: Iterator[Frame]) -> int:
    """Draw the last frame; progress goes to stderr while a person is watching it."""
    last: Frame | None = None
    with context.progress(simulation.title) as progress:
        for frame in frames:
            last = frame
            progress.show(frame.step, frame.total)
    if last is None:
        return 0
    width = min(shutil.get_terminal_size((80, 24)).columns - 2, 100)
    rows = draw_frame(last, width, 18, context.language)
    context.say(simulation.title)
    context.draw(rows)
    for line in wrap(last.caption.get(context.language), width):
        context.say(line)
    context.say("")
    for name, value in last.metrics.items():
        if value is not None:  # what these settings do not have
            context.say(f"{name} = {value}")
    return 0
