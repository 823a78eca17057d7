"""A screen beside whose page a simulation opens, where the terminal is wide."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.tui.screens.peeping import PeepingScreen

if TYPE_CHECKING:  # what is needed after the answer is imported after the first paint
    from engine.study.look import Look
    from engine.tui.widgets.peephole import Peephole
    from engine.tui.widgets.side import Side

WIDE = 110  # columns


class BesideScreen(PeepingScreen):
    """Its page lies in ``#body``, where :meth:`sides` are composed too."""

    side: "Side | None" = None

    @property
    def is_wide(self) -> bool:
        """Whether there is room beside the page."""
        return self.app.size.width >= WIDE

    @property
    def view(self) -> "Peephole | None":
        """The simulation beside the page."""
        return self.side.view if self.side is not None else None

    def look_beside(self) -> "Look | None":
        """What to look into beside the page; None while there is nothing yet."""
        raise NotImplementedError

    def sides(self) -> "Iterable[Side]":
        """The place beside the page, once there is room for it."""
        if self.side is None and self.is_wide:
            from engine.tui.widgets.side import Side

            self.side = Side()
            yield self.side

    def on_resize(self) -> None:
        """There may be room beside the page now."""
        self.call_later(self._widen)

    async def _widen(self) -> None:
        if self.is_built:
            await self.query_one("#body").mount(*self.sides())
        if self.is_built and self.view is None:
            await self.open_beside()

    async def open_beside(self) -> None:
        """Open the simulation, if there is one to look into and room for it."""
        if self.side is not None and self.is_wide and (look := self.look_beside()) is not None:
            await self.side.open(look)

    async def close_beside(self) -> None:
        """Close it, if it is open."""
        if self.side is not None:
            await self.side.close()
