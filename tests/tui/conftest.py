from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from engine.bank.load import SHIPPED, Library, load
from engine.settings import Settings
from engine.study.desk import Desk
from engine.study.session import Session
from engine.tui.app import PeepholeApp
from sims.text import Language

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shipped() -> Library:
    return load([SHIPPED])


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that goes on by five seconds whenever it is read."""
    ticks = count()
    return lambda: START + timedelta(seconds=5 * next(ticks))


@pytest.fixture
def desk(shipped: Library, tmp_path: Path, clock: Callable[[], datetime]) -> Desk:
    return Desk.open(shipped, tmp_path, clock, UTC)


@pytest.fixture
def make_app(desk: Desk, tmp_path: Path) -> Callable[..., PeepholeApp]:
    """An app at home, or in a session on the named questions (``id`` or ``id:seed``)."""

    def make(language: Language = "en", *questions: str, desk: Desk = desk, theme: str = "dark") -> PeepholeApp:
        session = None
        if questions:
            asked = []
            for question in questions:
                name, _, seed = question.partition(":")
                item = desk.asked(name, int(seed or 0))
                assert item is not None
                asked.append(item)
            session = Session(asked, desk.record, desk.clock())
        return PeepholeApp(desk, tmp_path, Settings(theme=theme), language, session)

    return make


def screen_text(app: PeepholeApp) -> str:
    """What stands on the screen, row by row."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
