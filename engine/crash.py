"""What becomes of an error that nothing foresaw: a file with the details, and a sentence for the learner."""

import traceback
from pathlib import Path

from sims.text import Text

CRASH_FILE = "crash.log"


def crash_note(home: Path, error: BaseException) -> Text:
    """Write the traceback of ``error`` to the home folder and say where it is; answers given are kept anyway."""
    file = home / CRASH_FILE
    name = type(error).__name__
    try:
        home.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="replace")
    except OSError:
        return Text(f"予期しない誤りで止まりました（{name}）。", f"Stopped by an unforeseen error ({name}).")
    return Text(
        f"予期しない誤りで止まりました（{name}）。詳細は {file} にあります。答えは保存されています。",
        f"Stopped by an unforeseen error ({name}). Details are in {file}. Your answers are kept.",
    )
