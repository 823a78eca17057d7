"""What goes wrong around the learner: it is said, in words, and the session goes on."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from engine.bank.load import SHIPPED, Library, load
from engine.study.desk import Desk
from engine.study.history.history import HISTORY_FILE
from tests.tui.conftest import screen_text
from tests.tui.test_path import MakeApp, typed, until


async def test_a_corrupt_history_is_set_aside_and_the_learner_goes_on(
    make_app: MakeApp, shipped: Library, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / HISTORY_FILE).write_bytes(b"this is no database" * 100)
    desk = Desk.open(shipped, home, clock, UTC)
    app = make_app("en", "conv-output-size", desk=desk)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: "history was damaged" in screen_text(app))
        await typed(pilot, "3x3")
        await pilot.press("enter")
        await until(pilot, lambda: "Correct" in screen_text(app))
    assert [file for file in home.iterdir() if "corrupt" in file.name]
    desk.history.close()
    assert len(Desk.open(shipped, home, clock, UTC).history.answers()) == 1


async def test_a_history_that_cannot_be_written_says_so_and_the_learner_goes_on(
    make_app: MakeApp, shipped: Library, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    app = make_app("ja", "conv-output-size", desk=Desk.open(shipped, in_the_way / "home", clock, UTC))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: "学習の記録" in screen_text(app))
        await typed(pilot, "2x2")
        await pilot.press("enter")
        await until(pilot, lambda: "不正解" in screen_text(app))


async def test_a_broken_bank_is_mentioned_and_the_good_ones_open(
    make_app: MakeApp, desk: Desk, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("topic: [", encoding="utf-8")
    app = make_app("en", desk=Desk(load([SHIPPED, broken]), desk.history, clock, UTC))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: "The banks have 1 problem" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "1 / 3" in screen_text(app))
