"""Computational graphs: names on wires, the value above each name, the gradient that has reached it below."""

from engine.drawing.canvas import Canvas
from engine.drawing.cells import Role
from engine.drawing.sketch import Plate, Sketch, words
from engine.drawing.table import TableDrawing
from engine.drawing.width import cell_width, visible
from engine.drawing.wires import Wires
from sims.frames import Graph, Node
from sims.text import Language, Text

_HEADERS = (Text("節点", "node"), Text("値", "value"), Text("勾配", "gradient"))
_SIZES = ((9, 4, 5), (9, 3, 5), (6, 3, 5), (4, 3, 1))  # gap of columns, pitch of rows, least width of a column
_LINES = 3  # value, name, gradient


def graph_plate(graph: Graph, language: Language) -> Plate:
    """``graph`` as wires and names; where it does not fit, as a table of its nodes."""
    sketches = [_GraphDrawing(graph, *size).sketch() for size in _SIZES]
    rows = [(visible(node.name), visible(node.value), visible(node.gradient)) for node in graph.nodes]
    lit = [(row, column) for row, node in enumerate(graph.nodes) if node.lit for column in range(len(_HEADERS))]
    table = TableDrawing([words(header, language) for header in _HEADERS], rows, lit)
    return Plate(words(graph.title, language), (*sketches, *table.sketches()))


class _GraphDrawing:
    """A graph at one size. Columns have a least ``width``, so that they stay in place as values come in."""

    def __init__(self, graph: Graph, gap: int, pitch: int, width: int) -> None:
        self.graph, self.gap = graph, gap
        columns, rows = (sorted({node.column for node in graph.nodes}), sorted({node.row for node in graph.nodes}))
        self.widths = [
            max(width if i else 1, *(_node_width(node) for node in graph.nodes if node.column == column))
            for i, column in enumerate(columns)
        ]
        self.lefts = [sum(self.widths[:i]) + gap * i for i in range(len(columns))]
        centres = [left + (wide - 1) // 2 for left, wide in zip(self.lefts, self.widths, strict=True)]
        self.height = max((len(rows) - 1) * pitch + _LINES, 1)
        self.places = [(centres[columns.index(node.column)], rows.index(node.row) * pitch + 1) for node in graph.nodes]

    def sketch(self) -> Sketch:
        """The size of the graph, and how it is drawn."""
        return Sketch(max(sum(self.widths) + self.gap * (len(self.widths) - 1), 1), self.height, self.draw)

    def draw(self, canvas: Canvas, x: int, y: int, _width: int, _height: int) -> None:
        """Wires first, then the nodes over them."""
        self._wires().draw(canvas, x, y)
        for node, (centre, row) in zip(self.graph.nodes, self.places, strict=True):
            for text, at, ink in _lines(node, row):
                canvas.put(x + _start(text, centre), y + at, text, ink, bold=node.lit and at == row)

    def _wires(self) -> Wires:
        nodes = self.graph.nodes
        taken = {
            (_start(text, centre) + i, at)
            for node, (centre, row) in zip(nodes, self.places, strict=True)
            for text, at, _ in _lines(node, row)
            for i in range(cell_width(text))
        }
        wires = Wires(taken, self.height)
        risers = [left + i for left in self.lefts[1:] for i in range(1 - self.gap, -1)]
        edges = [(a, b) for a, b in self.graph.edges if 0 <= a < len(nodes) and 0 <= b < len(nodes)]
        # lit wires last, so that they keep their colour where wires meet
        for a, b in sorted(edges, key=lambda edge: self._is_lit(*edge)):
            start = _start(nodes[a].name, self.places[a][0]) + cell_width(visible(nodes[a].name)) + 1
            end = _start(nodes[b].name, self.places[b][0]) - 2
            role: Role = "light" if self._is_lit(a, b) else "muted"
            wires.join((start, self.places[a][1]), (end, self.places[b][1]), risers, role)
        return wires

    def _is_lit(self, a: int, b: int) -> bool:
        return self.graph.nodes[a].lit and self.graph.nodes[b].lit


def _lines(node: Node, row: int) -> list[tuple[str, int, Role]]:
    """What is written for ``node``: text, row, ink."""
    name: Role = "light" if node.lit else "ink"
    gradient: Role = "light" if node.lit else "muted"
    return [
        (visible(node.value), row - 1, "muted"),
        (visible(node.name), row, name),
        (visible(node.gradient), row + 1, gradient),
    ]


def _node_width(node: Node) -> int:
    return max(cell_width(visible(text)) for text in (node.name, node.value, node.gradient))


def _start(text: str, centre: int) -> int:
    return centre - (cell_width(visible(text)) - 1) // 2
