"""The forward and the backward pass, one node a scene."""

from collections.abc import Callable
from functools import partial

import numpy as np

from sims.chain_rule import words
from sims.chain_rule.graph_picture import calculation, label, layout, picture
from sims.chain_rule.problem import Problem
from sims.frames import Note, Panel
from sims.numerals import number
from sims.scene import Make, Scene
from sims.text import Text, same

NARROW = 5  # a graph with more columns leaves no room for notes beside it
MOST_LINES = 9


class Passes:
    """Both passes, computed once; ``undefined`` says what has no value or no slope here, if anything."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.graph = problem.graph
        self.values = self.graph.forward(problem.at)
        self.operations = [place for place, node in enumerate(self.graph.nodes) if node.rule]
        self.passes = list(self.graph.backward(self.values))
        self.is_narrow = max(column for column, _ in layout(self.graph).values()) < NARROW
        self.digits = 4 if self.is_narrow else 3
        self.undefined: str | None = None

    def scenes(self) -> list[Make]:
        """Inputs, each operation, then the way back; up to where something is undefined."""
        scenes: list[Make] = [self._inputs]
        for place in self.operations:
            if not np.isfinite(self.values[place]):
                return [*scenes, self._end(place, words.undefined_words)]
            scenes.append(partial(self._forward, place))
        scenes.append(self._start_back)
        for turn, (place, gradients) in enumerate(self.passes):
            if not np.isfinite(gradients).all():
                return [*scenes, self._end(place, words.no_slope_words)]
            scenes.append(partial(self._backward, turn))
        return scenes

    def _end(self, place: int, say: Callable[[str], Text]) -> Make:
        what = calculation(self.graph, place, self.values, self.digits)
        self.undefined = what
        panels = self._panels(self.operations.index(place), 0, {place})
        return lambda: Scene(panels, say(what), metrics={"undefined": what})

    def _inputs(self) -> Scene:
        return Scene(self._panels(0, 0), words.inputs_words(), metrics={"undefined": None})

    def _forward(self, place: int) -> Scene:
        done = self.operations.index(place) + 1
        metrics = {"value": float(self.values[-1])} if done == len(self.operations) else {}
        return Scene(self._panels(done, 0, {place}), words.value_words(self._calculated(place)), metrics={**metrics})

    def _start_back(self) -> Scene:
        last = len(self.graph.nodes) - 1
        return Scene(self._panels(len(self.operations), 1, {last}), words.seed_words(self.problem))

    def _backward(self, turn: int) -> Scene:
        place, gradients = self.passes[turn]
        lit = {place, *(operand for operand, _ in self.graph.slopes(place, self.values))}
        panels = self._panels(len(self.operations), turn + 2, lit)
        if turn + 1 < len(self.passes):
            return Scene(panels, words.slope_words("、".join(self._passed(turn)), self._adds_up(turn)))
        slopes = {node.name: float(gradients[i]) for i, node in enumerate(self.graph.nodes) if node.name}
        metrics = {
            "derivative_x": slopes.get(self.problem.first, 0.0),
            "derivative_y": slopes.get(self.problem.second, 0.0),
        }
        return Scene(panels, words.reached_words(self.problem, slopes), metrics={**metrics})

    def _calculated(self, place: int) -> str:
        """``t = 3 + 4 = 7``."""
        called = self._called(place)
        value = number(self.values[place], self.digits)
        return f"{f'{called} = ' if called else ''}{calculation(self.graph, place, self.values, self.digits)} = {value}"

    def _called(self, place: int) -> str:
        if place == len(self.graph.nodes) - 1:
            return self.problem.output
        return next((name for name, named in self.graph.named.items() if named == place), "")

    def _passed(self, turn: int) -> list[str]:
        """``x: 14 × 1 = 14`` for each operand of a node: what reached the node, its slope, what is passed on."""
        place, gradients = self.passes[turn]
        upstream = gradients[place]
        return [
            f"{self._called(operand) or label(self.graph, operand)}: {number(upstream, self.digits)} × "
            f"{number(slope, self.digits)} = {number(upstream * slope, self.digits)}"
            for operand, slope in self.graph.slopes(place, self.values)
        ]

    def _adds_up(self, turn: int) -> bool:
        place, gradients = self.passes[turn]
        upstream = gradients[place]
        return any(
            not np.isclose(gradients[operand], upstream * slope)
            for operand, slope in self.graph.slopes(place, self.values)
        )

    def _panels(self, forward: int, backward: int, lit: set[int] | None = None) -> tuple[Panel, ...]:
        """The graph after some operations forward and some steps back, with the calculations so far beside it."""
        last = len(self.graph.nodes) - 1
        known = [place for place, node in enumerate(self.graph.nodes) if node.name] + self.operations[:forward]
        tight = not self.is_narrow
        values = {place: number(self.values[place], self.digits, tight) for place in known}
        arrived = self._gradients(backward)
        shown = {place: number(arrived[place], 2 if tight else self.digits, tight) for place in arrived}
        if self.is_narrow and last in values:
            values[last] = f"{self.problem.output} = {values[last]}"
        graph = picture(self.graph, self.problem.title, values, shown, lit or ())
        if tight:
            return (graph,)
        lines = [self._calculated(place) for place in self.operations[:forward]] if not backward else []
        for turn in range(backward - 1):
            lines += self._passed(turn)
        title = Text("勾配", "gradients") if backward else Text("値", "values")
        return (graph, Note(title, tuple(same(line) for line in lines[-MOST_LINES:])))

    def _gradients(self, backward: int) -> dict[int, float]:
        """The gradients that have arrived after ``backward`` steps back."""
        if not backward:
            return {}
        arrived = {len(self.graph.nodes) - 1: 1.0}
        for place, gradients in self.passes[: backward - 1]:
            arrived |= {operand: float(gradients[operand]) for operand, _ in self.graph.slopes(place, self.values)}
        return arrived
