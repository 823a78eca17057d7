"""The files of the mock exam in the home folder: the one under way, and the last one that was finished."""

from pathlib import Path
from typing import Final

import msgspec

from engine.study.exam.sheet import Sheet
from engine.whole import write_whole
from sims.text import Text

UNDER_WAY: Final = "exam.json"
LAST: Final = "exam-last.json"
_DAMAGED: Final = "exam-damaged.json"
_ELSEWHERE: Final = "exam-other-banks.json"


class ExamFiles:
    """``warnings`` are what the learner should be told; whoever tells them takes them out."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.warnings: list[Text] = []

    def under_way(self) -> Sheet | None:
        """The exam that was begun and is not done with; a damaged file is set aside."""
        return self._read(UNDER_WAY)

    def last(self) -> Sheet | None:
        """The last exam that was finished."""
        return self._read(LAST)

    def save(self, sheet: Sheet) -> None:
        """Keep ``sheet`` as the exam under way. The old file stays whole until the new one is."""
        self._write(UNDER_WAY, sheet)

    def close(self, sheet: Sheet) -> None:
        """Make ``sheet`` the last exam; none is under way any more."""
        if self._write(LAST, sheet):
            self.discard()

    def discard(self) -> None:
        """Forget the exam under way."""
        try:
            (self.home / UNDER_WAY).unlink(missing_ok=True)
        except OSError:
            self._warn_of(UNDER_WAY)

    def set_aside(self) -> None:
        """Make room for another exam; the one under way stays under another name."""
        aside = _moved(self.home / UNDER_WAY, _ELSEWHERE)
        self.warnings.append(
            Text(
                f"ほかの問題集の試験が途中です。{aside} に残してあります。{UNDER_WAY} に戻せば続けられます。",
                f"The exam under way is from other banks. It is kept as {aside}; named {UNDER_WAY} again, it goes on.",
            )
        )

    def _read(self, name: str) -> Sheet | None:
        file = self.home / name
        try:
            sheet = msgspec.json.decode(file.read_bytes(), type=Sheet)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            self._set_damaged_aside(file)
            return None
        if sheet.here >= len(sheet.places):
            self._set_damaged_aside(file)
            return None
        return sheet

    def _set_damaged_aside(self, file: Path) -> None:
        aside = _moved(file, _DAMAGED)
        self.warnings.append(
            Text(
                f"模擬試験の記録を読めません。{aside} に残してあります。",
                f"The record of the mock exam cannot be read. It is kept as {aside}.",
            )
        )

    def _write(self, name: str, sheet: Sheet) -> bool:
        file = self.home / name
        try:
            write_whole(file, msgspec.json.encode(sheet))
        except OSError:
            self._warn_of(name)
            return False
        return True

    def _warn_of(self, name: str) -> None:
        file = self.home / name
        text = Text(
            f"模擬試験を {file} に保存できません。中断すると、ここまでの答えは残りません。",
            f"The mock exam cannot be saved to {file}. If you leave, its answers so far are lost.",
        )
        if text not in self.warnings:
            self.warnings.append(text)


def _moved(file: Path, name: str) -> Path:
    """Where ``file`` is after it was to be called ``name``."""
    aside = file.with_name(name)
    try:
        return file.replace(aside)
    except OSError:
        return file
