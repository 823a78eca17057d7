"""The files of a folder of banks, and reading one of them without waiting, without end or surprise."""

import errno
import os
import stat
import time
from pathlib import Path
from typing import NamedTuple

SUFFIXES = (".yaml", ".yml")
# The coarsest clock of a file system in use (FAT): within it, a file may change and keep its time.
TICK = 2_000_000_000
ATTEMPTS = 3


class Stamp(NamedTuple):
    """By what a file is recognised as unchanged: bytes, and the times of its contents and of its entry, in ns."""

    size: int
    modified: int
    changed: int


class NotRegularError(OSError):
    """A pipe, a device, a folder: nothing that a bank could be read from."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "not a regular file")


class TooLargeError(Exception):
    """A file of ``size`` bytes, more than were to be read."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size:,} bytes")
        self.size = size


def bank_files(folder: Path) -> list[Path]:
    """The regular YAML files below ``folder``, sorted. Links to folders are not followed: they may lead in circles.

    A folder below it that cannot be listed is passed over. Raises OSError if ``folder`` itself cannot.
    """
    files, waiting = _list(str(folder))
    while waiting:
        try:
            more, deeper = _list(waiting.pop())
        except OSError:
            continue
        files += more
        waiting += deeper
    return sorted(map(Path, files))


def _list(folder: str) -> tuple[list[str], list[str]]:
    """The bank files and the folders in ``folder``."""
    with os.scandir(folder) as entries:
        listed = list(entries)
    files = [each.path for each in listed if Path(each.name).suffix in SUFFIXES and _is_file(each)]
    return files, [each.path for each in listed if each.is_dir(follow_symlinks=False)]


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself
        return False


def stamp(file: Path) -> Stamp | None:
    """The stamp of a regular file; None if there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return _stamp(status) if stat.S_ISREG(status.st_mode) else None


def read_regular(file: Path, limit: int) -> tuple[bytes, Stamp | None]:
    """The contents and the stamp of a regular file; no stamp if it changed meanwhile, or may yet within its time.

    Raises OSError (:class:`NotRegularError` for what is no file) and :class:`TooLargeError` beyond ``limit`` bytes.
    """
    data = b""
    for _ in range(ATTEMPTS):
        data, before, after = _read(file, limit)
        if before == after and len(data) == before.size:
            return data, before if abs(time.time_ns() - before.modified) > TICK else None
    return data, None


def _read(file: Path, limit: int) -> tuple[bytes, Stamp, Stamp]:
    if not stat.S_ISREG(file.stat().st_mode):  # to open some devices is to act on them
        raise NotRegularError
    # What became a pipe since is opened without waiting for its writer.
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as opened:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise NotRegularError
        if before.st_size > limit:
            raise TooLargeError(before.st_size)
        data = opened.read(before.st_size + 1)  # one more, to see that it has grown
        after = os.fstat(descriptor)
    return data, _stamp(before), _stamp(after)


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)
