"""Where the program keeps what it writes, and the learner's few settings. The environment is a parameter."""

import locale
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from engine.whole import write_whole
from sims.text import Language, Text

LEAST_MINUTES, MOST_MINUTES = 1, 600
Minutes = Annotated[int, msgspec.Meta(ge=LEAST_MINUTES, le=MOST_MINUTES)]


class Settings(msgspec.Struct, frozen=True):
    """What the learner chose. ``None`` means: not chosen, go by the surroundings.

    ``theme`` is ``dark``, ``light`` or the name of one of Textual's. ``motion`` lets simulations play by themselves,
    ``plain_marks`` keeps to ASCII where a terminal's font has no other marks. ``keys`` are keys of one's own: the name
    of what they do (``peephole doctor`` lists them) → Textual's names of keys, with commas between.
    ``exam`` is the day of the exam, also after it has passed; ``minutes`` what each day until then may take.
    """

    language: Language | None = None
    theme: str = "dark"
    motion: bool = True
    plain_marks: bool = False
    keys: dict[str, str] = {}
    exam: date | None = None
    minutes: Minutes = 30


def home_folder(environment: Mapping[str, str]) -> Path:
    """The folder for everything the program writes: ``PEEPHOLE_HOME``, else the system's place for user data."""
    if given := environment.get("PEEPHOLE_HOME"):
        with suppress(RuntimeError):  # ~ of nobody known here: taken as the name that it is
            return Path(given).expanduser()
        return Path(given)
    from platformdirs import user_data_path  # 10 ms that most commands need not pay

    return user_data_path("peephole")


def language_of(environment: Mapping[str, str]) -> Language:
    """The language of the surroundings: Japanese under a Japanese locale, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "ja" if value.lower().startswith("ja") else "en"
    system = locale.getlocale()[0] or ""
    return "ja" if system.lower().startswith("ja") else "en"


def settings_file(home: Path) -> Path:
    """The settings' file in ``home``."""
    return home / "settings.json"


def load_settings(home: Path, keep: bool = True) -> tuple[Settings, Text | None]:
    """The stored settings, or the defaults with a warning if the file cannot be read.

    What has a fault is copied aside, because the next change writes over it; without ``keep`` nothing is written.
    """
    file = settings_file(home)
    try:
        return msgspec.json.decode(file.read_bytes(), type=Settings), None
    except FileNotFoundError:
        return Settings(), None
    except OSError:
        return Settings(), Text(
            f"設定 {file} を読めないので、初期値で始めます。",
            f"The settings in {file} cannot be read; starting with defaults.",
        )
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        fault = Text(
            f"設定 {file} に誤りがあるので、初期値で始めます（{_in_japanese(str(error))}）。",
            f"The settings in {file} have a fault; starting with defaults ({error}).",
        )
        kept = _kept_aside(file) if keep else None
        if kept is None:
            return Settings(), fault
        return Settings(), Text(
            f"{fault.ja}元の内容は {kept} に残してあります。", f"{fault.en} They are kept in {kept}."
        )


def _in_japanese(fault: str) -> str:
    """What msgspec says of the settings, as far as it matters to whoever mends them."""
    if place := re.search(r"`\$\.(\w+)", fault):
        return f"{place[1]} の値が使えません"
    if byte := re.search(r"\(byte (\d+)\)", fault):
        return f"{int(byte[1]) + 1} バイト目が JSON として読めません"
    return "JSON が途中で終わっています" if "truncated" in fault else "JSON の形が違います"


def save_settings(home: Path, settings: Settings) -> Text | None:
    """Store ``settings``; a warning if that is not possible."""
    file = settings_file(home)
    try:
        write_whole(file, msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")
    except OSError:
        return Text(f"設定を {file} に保存できません。", f"The settings cannot be saved to {file}.")
    return None


def _kept_aside(file: Path) -> Path | None:
    """A copy of what could not be read: the next change would write over it. None where that is not possible."""
    aside = file.with_suffix(".broken.json")
    try:
        aside.write_bytes(file.read_bytes())
    except OSError:
        return None
    return aside
