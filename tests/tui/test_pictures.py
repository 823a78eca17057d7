"""The README's picture is the running app. ``PEEPHOLE_PICTURES=write`` draws it anew."""

import os
import re
from pathlib import Path

import pytest

from engine.tui.app import PeepholeApp
from engine.tui.widgets.peephole import Peephole
from sims.text import Language
from tests.tui.conftest import screen_text
from tests.tui.test_path import MakeApp, typed, until

FOLDER = Path(__file__).parent / "pictures"


def without_fonts(svg: str) -> str:
    """The picture without links to fonts on other machines."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


@pytest.mark.parametrize(("name", "language"), [("split", "en")])
async def test_the_picture_is_what_the_app_shows(make_app: MakeApp, name: str, language: Language) -> None:
    app: PeepholeApp = make_app(language, "conv-output-size", "cec-problem-choice", "lstm-cell-update")
    async with app.run_test(size=(120, 34)) as pilot:
        await typed(pilot, "2x2")
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.screen.query(Peephole)))
        view = app.screen.query_one(Peephole)
        await until(pilot, lambda: len(view.frames) == 10)
        await pilot.press("left")  # pauses
        view.step(-len(view.frames))
        for _ in range(6):
            await pilot.press("right")
        await until(pilot, lambda: "7 / 10" in screen_text(app))
        picture = without_fonts(app.export_screenshot(title="peephole", simplify=True))
    file = FOLDER / f"{name}.svg"
    if os.environ.get("PEEPHOLE_PICTURES") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(picture, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == picture
