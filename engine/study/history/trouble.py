"""What can be wrong with the history, in words."""

import sqlite3
from pathlib import Path

from engine.study.history.salvage import Opened
from engine.study.history.storage import Newer, code, is_damaged
from sims.text import Text


class HistoryError(Exception):
    """The history could not be read or written; ``text`` says why, where, and what happens now."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def failure(error: Exception, path: Path) -> HistoryError:
    """The error of a call that read or wrote the file at ``path``."""
    return HistoryError(reason(error).map(lambda why: f"{why} ({path})"))


def warning(opened: Opened, path: Path) -> Text | None:
    """What the learner should be told of the file at ``path`` as it was ``opened``; None if all is well."""
    if opened.problem is not None:
        why = reason(opened.problem)
        return Text(
            f"{why.ja}（{path}）。直して開き直すまで、ここでの答えは保存されません。",
            f"{why.en} ({path}). Until this is put right and Peephole is opened again, answers are not kept.",
        )
    if opened.rebuilt is not None:
        return Text(
            f"学習の記録が壊れていました。読み取れた {opened.rows} 件の答えで作り直しました。"
            f"元のファイルは {opened.rebuilt} に残してあります。",
            f"The history was damaged and has been rebuilt with the {opened.rows} answers that could be read. "
            f"The damaged file is kept as {opened.rebuilt}.",
        )
    return None


def reason(error: Exception) -> Text:
    """Why the history could not be read or written, without a full stop."""
    if isinstance(error, Newer):
        return Text(
            "学習の記録は、より新しい Peephole のものです。Peephole を更新してください",
            "The history was written by a newer Peephole; please update this one",
        )
    if is_damaged(error):
        return Text("学習の記録が壊れています", "The history is damaged")
    match code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Text("学習の記録をほかのプログラムが使っています", "Another program is using the history")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return Text("学習の記録に書き込めません", "The history cannot be written")
        case sqlite3.SQLITE_FULL:
            return Text(
                "ディスクがいっぱいで、学習の記録に書き込めません", "The disk is full: the history cannot be written"
            )
    if isinstance(error, OSError):
        return Text("学習の記録を置く場所に書き込めません", "The folder of the history cannot be written")
    return Text("学習の記録を読み書きできません", "The history cannot be read or written").map(
        lambda words: f"{words} [{error}]"
    )
