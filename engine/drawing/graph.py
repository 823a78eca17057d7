"""Computational graphs: names on wires, the value above each name, the gradient that has reached it below."""

from engine.drawing.canvas import Canvas
from engine.drawing.cells import Role
from engine.drawing.sketch import Plate, Sketch, words
from engine.drawing.table import TableDrawing
from engine.drawing.width import cell_width, visible
from engine.drawing.wires import Cell, Wires
from sims.frames import Graph, Node
from sims.text import Language, Text

_HEADERS = (Text("節点", "node"), Text("値", "value"), Text("勾配", "gradient"))
_GAPS = (5, 3)  # cells between columns, best first
_MOST_GAP = 9
_PITCHES = (4, 3)  # rows from node to node, best first
_LINES = 3  # value, name, gradient


def graph_plate(graph: Graph, language: Language) -> Plate:
    """``graph`` as wires and names; where it does not fit, as a table of its nodes."""
    drawing = _GraphDrawing(graph)
    sketches = [
        Sketch(drawing.width(gap), drawing.height(pitch), drawing.draw, wider=True)
        for gap, pitch in zip(_GAPS, _PITCHES, strict=True)
    ]
    rows = [(visible(node.name), visible(node.value), visible(node.gradient)) for node in graph.nodes]
    lit = [(row, column) for row, node in enumerate(graph.nodes) if node.lit for column in range(len(_HEADERS))]
    table = TableDrawing([words(header, language) for header in _HEADERS], rows, lit)
    return Plate(words(graph.title, language), (*sketches, *table.sketches()))


class _GraphDrawing:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.columns = sorted({node.column for node in graph.nodes})
        self.rows = sorted({node.row for node in graph.nodes})
        self.widths = [
            max(_node_width(node) for node in graph.nodes if node.column == column) for column in self.columns
        ]

    def width(self, gap: int) -> int:
        """Cells of the graph with ``gap`` cells between columns."""
        return max(sum(self.widths) + gap * (len(self.columns) - 1), 1)

    def height(self, pitch: int) -> int:
        """Rows of the graph with ``pitch`` rows from node to node."""
        return max((len(self.rows) - 1) * pitch + _LINES, 1)

    def draw(self, canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
        """Wires first, then the nodes over them."""
        gaps = len(self.columns) - 1
        gap = min((width - sum(self.widths)) // gaps, _MOST_GAP) if gaps else 0
        pitch = _PITCHES[0] if self.height(_PITCHES[0]) <= height else _PITCHES[-1]
        lefts = [sum(self.widths[:i]) + gap * i for i in range(len(self.columns))]
        centres = [left + (wide - 1) // 2 for left, wide in zip(lefts, self.widths, strict=True)]
        places = [
            (centres[self.columns.index(node.column)], self.rows.index(node.row) * pitch + 1)
            for node in self.graph.nodes
        ]
        self._wires(places, lefts, gap, self.height(pitch)).draw(canvas, x, y)
        for node, (centre, row) in zip(self.graph.nodes, places, strict=True):
            for text, at, ink in _lines(node, row):
                canvas.put(x + _start(text, centre), y + at, text, ink, bold=node.lit and at == row)

    def _wires(self, places: list[Cell], lefts: list[int], gap: int, height: int) -> Wires:
        nodes = self.graph.nodes
        taken = {
            (_start(text, centre) + i, at)
            for node, (centre, row) in zip(nodes, places, strict=True)
            for text, at, _ in _lines(node, row)
            for i in range(cell_width(text))
        }
        wires = Wires(taken, height)
        # lit wires last, so that they keep their colour where wires meet
        for a, b in sorted(self.graph.edges, key=lambda edge: self._is_lit(*edge)):
            if not (0 <= a < len(nodes) and 0 <= b < len(nodes)):
                continue
            start = _start(nodes[a].name, places[a][0]) + cell_width(visible(nodes[a].name)) + 1, places[a][1]
            end = _start(nodes[b].name, places[b][0]) - 2, places[b][1]
            # each target of a column has a riser of its own where the gap is wide enough
            shift = self.rows.index(nodes[b].row) % max(gap - 3, 1)
            risers = [left - 2 - shift for left in lefts[1:]]
            wires.join(start, end, risers, "light" if self._is_lit(a, b) else "muted")
        return wires

    def _is_lit(self, a: int, b: int) -> bool:
        nodes = self.graph.nodes
        return max(a, b) < len(nodes) and nodes[a].lit and nodes[b].lit


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
