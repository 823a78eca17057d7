"""The panels of a frame made ready for the layout, whatever their kind."""

from collections.abc import Sequence

from engine.drawing.bars import bars_plate
from engine.drawing.graph import graph_plate
from engine.drawing.grid import grid_plate
from engine.drawing.hanging import hanging_plate
from engine.drawing.heatmap import heatmap_plate
from engine.drawing.legend import legend_plate, named
from engine.drawing.note import note_plate
from engine.drawing.plot import plot_plate
from engine.drawing.sketch import Plate
from engine.drawing.table import table_plate
from sims.frames import Bars, Graph, Grid, Heatmap, Note, Panel, Plot, Table
from sims.text import Language


def to_plates(panels: Sequence[Panel], language: Language, legend_inside: bool) -> list[Plate]:
    """A plate for each panel, or for two that belong together.

    ``legend_inside`` writes the names of a plot's curves below it.
    """
    plates, i = [], 0
    while i < len(panels):
        both = hanging_plate(panels[i], panels[i + 1], language) if i + 1 < len(panels) else None
        plates.append(both or _to_plate(panels[i], language, legend_inside))
        i += 2 if both else 1
    return plates


def _to_plate(panel: Panel, language: Language, legend_inside: bool) -> Plate:
    match panel:
        case Plot():
            return plot_plate(panel, language, legend_inside)
        case Grid():
            return grid_plate(panel, language)
        case Heatmap():
            return heatmap_plate(panel, language)
        case Bars():
            return bars_plate(panel, language)
        case Table():
            return table_plate(panel, language)
        case Graph():
            return graph_plate(panel, language)
        case Note():
            return note_plate(panel, language)


def legends(panels: Sequence[Panel], language: Language) -> list[Plate]:
    """The names of the curves of each plot that has such names, as plates of their own."""
    shown = [named(panel, language) for panel in panels if isinstance(panel, Plot)]
    return [legend_plate(entries) for entries in shown if entries]
