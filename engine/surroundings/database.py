"""The history's file, looked at without touching it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from engine.study.history.history import HISTORY_FILE
from engine.study.history.schema import MIGRATIONS
from engine.study.history.storage import CHECK, FAULTS
from engine.study.memory import snapshot
from engine.surroundings.finding import Finding
from sims.text import Text

NAME = Text("記録", "History")
WAL = 2  # the write version in a file's header, byte 18
REBUILT = Text(
    "次に開いたとき、壊れたファイルを別名で残し、読める答えを新しいファイルに移します。",
    "The next start keeps it under another name and moves every readable answer to a fresh file.",
)


def history(home: Path) -> Iterator[Finding]:
    """The database, what is kept beside it, and what was set aside earlier."""
    file = home / HISTORY_FILE
    try:
        size = file.stat().st_size
    except OSError:
        told = Text("まだありません（最初に使うときに作ります）。", "None yet (made on first use).")
        yield Finding("history", NAME, "ok", told, data={"path": str(file), "exists": False})
        return
    data: dict[str, object] = {"path": str(file), "exists": True, "bytes": size}
    try:
        data |= _read(file)
    except PermissionError:
        mend = Text("権限を直してください。", "Mend its permissions.")
        yield Finding("history", NAME, "problem", Text(f"{file}: 読めません。", f"{file}: unreadable."), mend, data)
    except (*FAULTS, OSError) as error:
        what = Text(f"{file}: 壊れています（{error}）。", f"{file}: damaged ({error}).")
        yield Finding("history", NAME, "problem", what, REBUILT, data)
    else:
        yield _judged(file, data)
    yield from _set_aside(file)
    yield _beside(home)


def _judged(file: Path, data: dict[str, object]) -> Finding:
    version, newest = data["version"], len(MIGRATIONS)
    if isinstance(version, int) and version > newest:
        what = Text(f"{file}: 新しい版のものです（{version}）。", f"{file}: from a later version ({version}).")
        mend = Text("peephole を更新してください。", "Update peephole.")
        return Finding("history", NAME, "problem", what, mend, data)
    if data["check"] != "ok":
        what = Text(f"{file}: 壊れています（{data['check']}）。", f"{file}: damaged ({data['check']}).")
        return Finding("history", NAME, "problem", what, REBUILT, data)
    megabytes = float(str(data["bytes"])) / 1e6
    mode = "WAL" if data["wal"] else "no WAL"
    what = Text(
        f"答え {data['answers']:,} 件、版 {version}/{newest}、{megabytes:.1f} MB、{mode}、検査 ok",
        f"{data['answers']:,} answers, version {version} of {newest}, {megabytes:.1f} MB, {mode}, check ok",
    )
    return Finding("history", NAME, "ok", what, data=data)


def _read(file: Path) -> dict[str, object]:
    """Version, rows, answers, the quick check and the mode. Raises one of FAULTS or OSError."""
    with file.open("rb") as opened:
        header = opened.read(100)
    with _untouched(file) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version == len(MIGRATIONS):
            connection.execute(CHECK).fetchone()  # its columns are there
        rows, answers = connection.execute(
            "SELECT count(*), count(iif(kind = 'answer', 1, NULL)) FROM event"
        ).fetchone()
        check = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    return {"version": version, "rows": rows, "answers": answers, "check": check, "wal": header[18:19] == bytes([WAL])}


@contextmanager
def _untouched(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection that writes nothing beside the file, as even a read-only one does in this mode.

    What others have written and not yet folded into the file lies in ``-wal``; then both are read from a copy.
    """
    log = Path(f"{file}-wal")
    if not _holds_anything(log):
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as connection:
            yield connection
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder, "copy.sqlite3")
        with suppress(FileNotFoundError):  # folded in meanwhile
            copyfile(log, f"{copy}-wal")
        copyfile(file, copy)  # last: what is folded in while they are copied is then in both
        with closing(sqlite3.connect(copy)) as connection:
            yield connection


def _holds_anything(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except OSError:
        return False


def _set_aside(file: Path) -> Iterator[Finding]:
    """Files that were found damaged once and replaced."""
    aside = sorted(each.name for each in file.parent.glob(f"{file.stem}-corrupt-*{file.suffix}"))
    if aside:
        names = ", ".join(aside)
        what = Text(f"前に壊れていたファイルがあります: {names}", f"Once found damaged and kept: {names}")
        mend = Text("記録がそろっていれば消せます。", "If your answers are all there, you may remove them.")
        yield Finding("set-aside", Text("別に残したもの", "Set aside"), "look", what, mend, {"files": aside})


def _beside(home: Path) -> Finding:
    """What only saves time: it is made again wherever it is missing."""
    kept = home / snapshot.FILE
    caches = [each for each in (home / "cache").glob("*.banks") if each.is_file()]
    size = sum(each.stat().st_size for each in caches) / 1e6
    ja, en = ("あり", "there") if kept.is_file() else ("なし", "none")
    what = Text(
        f"集計 {ja}、問題のキャッシュ {len(caches)} 個 {size:.1f} MB（消しても作り直されます）",
        f"snapshot {en}, {len(caches)} bank caches, {size:.1f} MB (made again if removed)",
    )
    data = {"snapshot": kept.is_file(), "caches": len(caches)}
    return Finding("cache", Text("控え", "Caches"), "ok", what, data=data)
