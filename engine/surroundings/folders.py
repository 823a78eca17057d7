"""The home folder and the settings in it. Nothing is made, nothing is changed."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.settings import Settings, load_settings, settings_file
from engine.surroundings.finding import Finding
from sims.text import Text, same

LITTLE, TOO_LITTLE = 200_000_000, 10_000_000  # bytes free
NO_HOME = Text("PEEPHOLE_HOME に別の場所を指定してください。", "Set PEEPHOLE_HOME to another place.")


def home(folder: Path, environment: Mapping[str, str]) -> Finding:
    """Whether the folder for everything the program writes is there, or can be, and can be written to."""
    name = Text("記録の場所", "Home folder")
    given = "PEEPHOLE_HOME" in environment
    data: dict[str, object] = {"path": str(folder), "set": given, "exists": folder.is_dir()}
    told = f"{folder} (PEEPHOLE_HOME)" if given else str(folder)
    if not folder.is_absolute():
        what = Text(f"{told}: 今いる場所しだいで変わります。", f"{told}: depends on where you are.")
        mend = Text("絶対パスを指定してください。", "Set PEEPHOLE_HOME to an absolute path.")
        return Finding("home", name, "look", what, mend, data)
    there = _nearest(folder)
    if not there.is_dir():
        what = Text(f"{told}: {there} はフォルダではありません。", f"{told}: {there} is not a folder.")
        return Finding("home", name, "problem", what, NO_HOME, data)
    data["writable"] = os.access(there, os.W_OK | os.X_OK)
    if not data["writable"]:
        what = Text(f"{told}: {there} に書けないので、記録が残りません。", f"{told}: {there} cannot be written to.")
        mend = Text(f"権限を直すか、{NO_HOME.ja}", "Mend its permissions, or set PEEPHOLE_HOME to another place.")
        return Finding("home", name, "problem", what, mend, data)
    if not folder.exists() and not shutil.disk_usage(there).total:  # /proc and the like, which root may "write" to
        what = Text(f"{told}: {there} はファイルを置ける所ではありません。", f"{told}: {there} keeps no files.")
        return Finding("home", name, "problem", what, NO_HOME, data | {"writable": False})
    if not folder.exists():
        what = Text(f"{told}（最初に使うときに作ります）", f"{told} (made on first use)")
        return Finding("home", name, "ok", what, data=data)
    return Finding("home", name, "ok", same(told), data=data)


def disk(folder: Path) -> Finding:
    """How much room is left where the home folder is."""
    name = Text("空き容量", "Free disk")
    total, _, free = shutil.disk_usage(_nearest(folder.absolute()))
    if not total:
        unknown = Text("ここでは測れません。", "It cannot be measured here.")
        return Finding("disk", name, "look", unknown, data={"bytes": free})
    what = Text(f"{free / 1e9:,.1f} GB", f"{free / 1e9:,.1f} GB")
    data = {"bytes": free}
    if free >= LITTLE:
        return Finding("disk", name, "ok", what, data=data)
    mend = Text("不要なファイルを消してください。", "Remove what you do not need.")
    return Finding("disk", name, "problem" if free < TOO_LITTLE else "look", what, mend, data)


def settings(folder: Path, own: Settings) -> Iterator[Finding]:
    """Whether the settings can be read, and each entry that cannot be used."""
    name = Text("設定", "Settings")
    file = settings_file(folder)
    _, fault = load_settings(folder, keep=False)
    if fault is not None:
        mend = Text("直すか、消してください。", "Mend the file, or remove it.")
        yield Finding("settings", name, "problem", fault, mend, {"path": str(file)})
        return
    there = file.is_file()
    what = same(str(file)) if there else Text("まだありません（初期値）", "none yet (defaults)")
    yield Finding("settings", name, "ok", what, data={"path": str(file), "exists": there})
    for fault in _unusable(own):
        mend = Text("使える名前は peephole doctor --keys で。", "peephole doctor --keys lists what there is.")
        yield Finding("settings", name, "look", fault, mend, {"path": str(file)})


def _unusable(own: Settings) -> Iterator[Text]:
    """A sentence about every key and the theme, where there is no such thing."""
    if own.keys:
        from engine.tui.keymap import checked

        yield from checked(own.keys)[1]
    if own.theme not in ("dark", "light"):
        from engine.tui.theme import names

        if own.theme not in names():
            yield Text(f"配色 {own.theme} はありません。", f"There are no colours {own.theme}.")


def _nearest(folder: Path) -> Path:
    """``folder``, or the nearest above it that exists."""
    return next((each for each in (folder, *folder.parents) if os.path.lexists(each)), Path("/"))
