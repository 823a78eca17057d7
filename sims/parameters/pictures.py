"""Tables of arrays, and bars of whole layers, with somebody's number beside them."""

from collections.abc import Mapping
from typing import NamedTuple

from sims.frames import NO_TEXT, Bar, Bars, SeriesRole, Table
from sims.parameters.layers import KINDS, Layer
from sims.parameters.slips import Finding
from sims.parameters.words import ARRAYS, NAMES, SAVED, YOURS
from sims.text import Text, same


class Claim(NamedTuple):
    """Somebody's number: its value, or ``problem``; ``finding`` says how it comes out, if that is known."""

    value: int | None
    finding: Finding | None = None
    problem: Text | None = None


def block_table(layer: Layer, until: int) -> Table:
    """The blocks counted so far."""
    kinds = [kind for kind in KINDS if kind in layer.shapes]
    rows: list[tuple[Text, ...]] = []
    for name, block in list(layer.blocks.items())[:until]:
        numbers = [f"{block[kind]:,}" if block[kind] else "–" for kind in kinds]
        rows.append(tuple(same(text) for text in (name, *numbers, f"{sum(block.values()):,}")))
    columns = (Text("ブロック", "block"), *(same(kind) for kind in kinds), Text("計", "sum"))
    lit = tuple((until - 1, column) for column in range(len(columns)))
    return Table(NO_TEXT, columns, tuple(rows), lit=lit)


def array_table(layer: Layer, claimed: Claim | None) -> Table:
    """Arrays of each kind, how many of which shape; beside them what somebody counted."""
    theirs = claimed.finding.counting.parts if claimed and claimed.finding else None
    rows: list[tuple[Text, ...]] = []
    claims: list[tuple[int, int]] = []
    for kind in KINDS:
        number, said = layer.parts[kind], theirs[kind] if theirs is not None else None
        if not number and not said:
            continue
        times = sum(1 for block in layer.blocks.values() if block[kind])
        shape = f"{times} × ({'×'.join(map(str, layer.shapes[kind]))})" if number else "–"
        claims += [(len(rows), 3)] if said not in (None, number) else []
        rows.append((ARRAYS[kind], same(shape), same(f"{number:,}"), NO_TEXT if said is None else same(f"{said:,}")))
    total = claimed.value if claimed and claimed.value is not None else None
    claims += [(len(rows), 3)] if total not in (None, layer.total) else []
    rows.append((ARRAYS["sum"], NO_TEXT, same(f"{layer.total:,}"), NO_TEXT if total is None else same(f"{total:,}")))
    width = 3 if total is None else 4
    columns = (Text("配列", "array"), Text("形", "shape"), Text("個数", "entries"), YOURS)
    shown = tuple(row[:width] for row in rows)
    return Table(NO_TEXT, columns[:width], shown, lit=((len(rows) - 1, 2),), claim=tuple(claims))


def saved_table(layers: Mapping[str, Layer], claimed: Claim | None) -> Table:
    """LSTM, GRU and the difference, kind by kind."""
    lstm, gru = layers["lstm"].parts, layers["gru"].parts
    theirs = claimed.finding.counting.parts if claimed and claimed.finding else None
    rows: list[tuple[Text, ...]] = []
    claims: list[tuple[int, int]] = []
    for kind in ("W", "U", "b", "sum"):
        numbers = [sum(parts.values()) if kind == "sum" else parts[kind] for parts in (lstm, gru)]
        cells = [ARRAYS[kind], *(same(f"{number:,}") for number in (*numbers, numbers[0] - numbers[1]))]
        if claimed is not None and claimed.value is not None:
            said = claimed.value if kind == "sum" else theirs[kind] if theirs is not None else None
            cells.append(same("" if said is None else f"{said:,}"))
            claims += [(len(rows), 4)] if said not in (None, numbers[0] - numbers[1]) else []
        rows.append(tuple(cells))
    columns = (Text("配列", "array"), same("LSTM"), same("GRU"), Text("差", "saved"), YOURS)[: len(rows[0])]
    return Table(NO_TEXT, columns, tuple(rows), lit=((3, 3),), claim=tuple(claims))


def bars(layers: Mapping[str, Layer], net: str, claimed: Claim | None) -> Bars:
    """The four layers, the one in question lit, and a wrong number beside them."""
    bars = []
    for name, layer in layers.items():
        role: SeriesRole = "lit" if name == net else "muted"
        bars.append(Bar(NAMES[name], float(layer.total), role))
    if net == "saved":
        bars.append(Bar(SAVED, float(layers["lstm"].total - layers["gru"].total), "lit"))
    if claimed is not None and claimed.value is not None:
        bars.append(Bar(YOURS, float(claimed.value), "claim"))
    return Bars(Text("パラメータ", "parameters"), tuple(bars), max(bar.value for bar in bars))
