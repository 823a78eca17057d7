"""``peephole preview FILE[:ID]``: questions in the app as they are being written. Nothing is recorded."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from engine.bank.load import Library
from engine.bank.preview import Preview, split_place
from engine.cli.app import open_app
from engine.cli.context import Context, UsageError
from engine.study.clock import utc_now
from engine.study.desk import Desk
from sims.text import Text

if TYPE_CHECKING:
    from textual.screen import Screen

    from engine.tui.app import PeepholeApp


def run(context: Context) -> int:
    """Open the app on the file; 2 if there is none."""
    file, only = split_place(context.options.place)
    if not file.is_file():
        reason = Text("フォルダです", "it is a folder") if file.is_dir() else Text("ありません", "there is none")
        raise UsageError(Text(f"{file} を開けません: {reason.ja}。", f"{file} cannot be opened: {reason.en}."))
    preview = Preview(file, only)
    preview.take(preview.read())

    def first(app: "PeepholeApp") -> "Screen[None]":
        from engine.tui.screens.preview import screen_of

        return screen_of(app, preview)

    with tempfile.TemporaryDirectory(prefix="peephole-") as folder:  # a desk of its own: no answer is kept
        desk = Desk.open(Library((), ()), Path(folder), utc_now, timezone=None)
        return open_app(context, desk, first=first)
