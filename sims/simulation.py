"""What a simulation is and what it may be given: typed parameters with ranges, and errors that name the right thing."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Literal

from sims.frames import Frame, Metric
from sims.text import Text

Value = int | float | str | tuple[int, ...] | None
ParameterKind = Literal["integer", "real", "choice", "expression", "shape"]


class ParameterError(ValueError):
    """A simulation or a parameter that cannot be used; ``text`` says which, the range, and the nearest name."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting of a simulation.

    ``integer`` and ``real`` lie in ``low..high`` and change by ``step`` (``real`` by the listed ``choices`` where
    they are given); ``choice`` is one of ``choices``; ``expression`` is array notation read by
    :mod:`sims.expression`; ``shape`` is a tuple of sizes. A default of ``None`` means "not given".
    ``hidden`` keeps it out of the row of keys: the learner's claim is set by the answer, not by hand.
    """

    name: str
    label: Text
    kind: ParameterKind
    default: Value
    low: float = 0
    high: float = 0
    step: float = 1
    choices: tuple[str, ...] = ()
    hidden: bool = False

    def read(self, text: str) -> Value:
        """``text`` as a value of this parameter, or :class:`ParameterError`."""
        text = text.strip()
        if not text and self.default is None:
            return None
        match self.kind:
            case "integer" | "real":
                return self._number(text)
            case "choice":
                if text in self.choices:
                    return text
                raise self._refused(text, " | ".join(self.choices))
            case "shape":
                return self._shape(text)
            case "expression":
                if len(text) <= 240:
                    return text
                raise self._refused(text[:20] + "…", "≤ 240")

    def _number(self, text: str) -> int | float:
        try:
            value = int(text) if self.kind == "integer" else float(text)
        except ValueError:
            raise self._refused(text, self.allowed()) from None
        if not self.low <= value <= self.high:  # also refuses nan
            raise self._refused(text, self.allowed())
        return value

    def _shape(self, text: str) -> tuple[int, ...]:
        parts = text.replace("×", "x").replace(",", "x").split("x")
        try:
            sizes = tuple(int(part) for part in parts)
        except ValueError:
            raise self._refused(text, "3x3") from None
        if not 1 <= len(sizes) <= 4 or not all(0 <= size <= 10_000 for size in sizes):
            raise self._refused(text, "3x3, 0..10000")
        return sizes

    def allowed(self) -> str:
        """What may be written, for messages and lists: ``1..16``, ``a | b``, ``3x3``."""
        if self.kind in ("integer", "real"):
            return f"{self.low:g}..{self.high:g}"
        return " | ".join(self.choices) if self.choices else self.kind

    def moved(self, value: Value, by: int) -> Value:
        """The value ``by`` steps (1 or −1) from ``value``, held within the range; named choices go round."""
        if self.kind == "choice":
            return self.choices[(self.choices.index(str(value)) + by) % len(self.choices)]
        if not isinstance(value, (int, float)):
            return value
        if self.choices:  # numbers worth trying, in ascending order
            beyond = [each for each in map(float, self.choices) if (each > value if by > 0 else each < value)]
            moved = (min(beyond) if by > 0 else max(beyond)) if beyond else value
        else:
            moved = min(max(value + by * self.step, self.low), self.high)
        return int(moved) if self.kind == "integer" else round(moved, 15)

    def _refused(self, text: str, allowed: str) -> ParameterError:
        return ParameterError(
            Text(
                f"{self.name} に {text!r} は使えません。使える範囲: {allowed}",
                f"{self.name} cannot be {text!r}. Allowed: {allowed}",
            )
        )


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulation as it is listed. Its code is the module ``sims.<name>`` with ``run`` and ``effect``."""

    name: str
    title: Text
    summary: Text
    parameters: tuple[Parameter, ...]

    def parameter(self, name: str) -> Parameter:
        """The parameter called ``name``, or :class:`ParameterError` with the nearest name."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        hint = nearest(name, [parameter.name for parameter in self.parameters])
        raise ParameterError(
            Text(
                f"{self.name} に {name} という設定はありません。{hint.ja}",
                f"{self.name} has no parameter {name}. {hint.en}",
            )
        )

    def values(self, given: Mapping[str, str]) -> dict[str, Value]:
        """Every parameter's value: the default, or what ``given`` says as text."""
        values = {parameter.name: parameter.default for parameter in self.parameters}
        for name, text in given.items():
            values[name] = self.parameter(name).read(text)
        return values

    def run(self, values: Mapping[str, Value], seed: int = 0) -> Generator[Frame, None, None]:
        """The frames, lazily. The same values and seed give the same frames."""
        frames: Generator[Frame, None, None] = import_module(f"sims.{self.name}").run(**values, seed=seed)
        return frames

    def effect(self, metrics: Mapping[str, Metric]) -> bool:
        """Whether the last frame's ``metrics`` show what this simulation is there to show."""
        shown: bool = import_module(f"sims.{self.name}").effect(metrics)
        return shown


def nearest(name: str, names: list[str]) -> Text:
    """A hint: the one of ``names`` that is nearest to ``name``, else all of them."""
    close = get_close_matches(name, names, n=1)
    if close:
        return Text(f"もしかして: {close[0]}", f"Did you mean {close[0]}?")
    return Text(f"あるもの: {', '.join(names)}", f"There are: {', '.join(names)}")
