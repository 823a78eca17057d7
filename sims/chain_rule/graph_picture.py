"""A computational graph laid out in columns and rows, with the values and gradients that are known so far."""

from collections.abc import Collection, Mapping

from sims.autodiff import RULES, ComputationGraph
from sims.expression.functions import Array
from sims.frames import Graph, Node
from sims.numerals import number
from sims.text import Text

MOST_ROWS = 4  # more rows of nodes do not fit on a small screen


def label(graph: ComputationGraph, place: int) -> str:
    """What a node does, with a constant operand written beside the sign: ``x``, ``+``, ``^2``, ``1−``."""
    node = graph.nodes[place]
    if not node.rule:
        return node.name
    sign = RULES[node.rule].sign
    constants = [graph.nodes[operand].constant for operand in node.operands]
    if len(constants) == 1 or constants[0] is constants[1] is None:
        return sign
    if constants[0] is None:
        return f"{sign}{_constant(constants[1])}"
    return f"{_constant(constants[0])}{sign}"


def calculation(graph: ComputationGraph, place: int, values: list[Array], digits: int = 4) -> str:
    """What an operation computes from what: ``3 + 4``, ``7^2``, ``log(−2)``."""
    node = graph.nodes[place]
    sign = RULES[node.rule].sign
    given = [number(values[operand], digits) for operand in node.operands]
    given = [f"({part})" if part.startswith("−") and i else part for i, part in enumerate(given)]
    if node.rule == "**":
        return f"({given[0]})^{given[1]}" if given[0].startswith("−") else "^".join(given)
    if len(given) == 2:
        return f" {sign} ".join(given)
    return f"({given[0]})^2" if node.rule == "square" else f"{sign}({given[0]})"


def layout(graph: ComputationGraph) -> dict[int, tuple[int, int]]:
    """The column and row of every node but the constants: operations after their operands, inputs just before use.

    Rows lie far apart where that leaves at most four of them, so that an operation can stand between its operands.
    """
    columns = _columns(graph)
    wide = _rows(graph, columns, 2)
    rows = wide if len(set(wide.values())) <= MOST_ROWS else _rows(graph, columns, 1)
    return {place: (columns[place], rows[place]) for place in columns}


def picture(
    graph: ComputationGraph,
    title: Text,
    values: Mapping[int, str],
    gradients: Mapping[int, str],
    lit: Collection[int] = (),
) -> Graph:
    """The graph with the ``values`` and ``gradients`` (as written) of the nodes that have them, some nodes ``lit``."""
    places = layout(graph)
    order = list(places)
    nodes = tuple(
        Node(label(graph, place), *places[place], values.get(place, ""), gradients.get(place, ""), place in lit)
        for place in order
    )
    edges = tuple(
        (order.index(operand), order.index(place))
        for place in order
        for operand in dict.fromkeys(graph.nodes[place].operands)
        if operand in places
    )
    return Graph(title, nodes, edges)


def _constant(value: float | None) -> str:
    return "" if value is None else number(value)


def _columns(graph: ComputationGraph) -> dict[int, int]:
    columns: dict[int, int] = {}
    for place, node in enumerate(graph.nodes):
        if node.rule:
            columns[place] = 1 + max(columns.get(operand, 0) for operand in node.operands)
    for place, node in enumerate(graph.nodes):
        if node.name:
            users = [columns[user] for user in columns if place in graph.nodes[user].operands]
            columns[place] = min(users, default=1) - 1
    return dict(sorted(columns.items()))


def _rows(graph: ComputationGraph, columns: Mapping[int, int], step: int) -> dict[int, int]:
    rows: dict[int, int] = {}
    by_column = sorted(columns, key=lambda place: (columns[place], not graph.nodes[place].rule, place))
    for place in by_column:
        taken = [rows[other] for other in rows if columns[other] == columns[place]]
        wanted = _wanted(graph, columns, rows, place, step)
        free = (row for row in _outwards(wanted) if row >= 0 and all(abs(row - other) >= step for other in taken))
        rows[place] = next(free)
    return rows


def _wanted(graph: ComputationGraph, columns: Mapping[int, int], rows: Mapping[int, int], place: int, step: int) -> int:
    """An operation stands amid its operands, an input that comes later just below what it is joined with."""
    if graph.nodes[place].rule:
        above = [rows[operand] for operand in graph.nodes[place].operands if operand in rows]
        return sum(above) // len(above)
    user = next((user for user in columns if place in graph.nodes[user].operands), place)
    beside = [rows[operand] for operand in graph.nodes[user].operands if operand in rows]
    return beside[0] + step if beside else 0


def _outwards(row: int) -> list[int]:
    return [row + sign * distance for distance in range(200) for sign in (1, -1)]
