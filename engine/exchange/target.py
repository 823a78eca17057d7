"""Where an export goes: a file that is there whole or not at all, and never over something else."""

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from engine.exchange.trouble import PlaceError, unusable
from sims.text import Text


@contextmanager
def whole_file(path: Path, is_ours: Callable[[Path], bool]) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path`` when the block ends well, and leaves nothing when it does not.

    An earlier export of the same kind, which ``is_ours`` tells, gives way. Raises PlaceError for anything else that
    is there, and where nothing can be written.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    fresh = target.with_name(f".peephole-{secrets.token_hex(4)}.new")
    try:
        _refuse_what_is_not_ours(path, target, is_ours)
        with fresh.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except OSError as error:
        raise unusable(str(path), error, "に書けません", "cannot be written") from error
    finally:
        with suppress(OSError):
            fresh.unlink()


def starts_with(beginning: bytes) -> Callable[[Path], bool]:
    """Whether a file begins so."""

    def check(path: Path) -> bool:
        with path.open("rb") as file:
            return file.read(len(beginning)) == beginning

    return check


def _refuse_what_is_not_ours(path: Path, target: Path, is_ours: Callable[[Path], bool]) -> None:
    try:
        status = target.stat()
    except FileNotFoundError:
        return
    if stat.S_ISDIR(status.st_mode):
        raise PlaceError(
            Text(f"{path} はフォルダです。ファイルの名前を書いてください。", f"{path} is a folder; name a file in it.")
        )
    if not stat.S_ISREG(status.st_mode):
        raise PlaceError(
            Text(
                f"{path} はふつうのファイルではありません。標準出力には - と書いてください。",
                f"{path} is not a regular file. For standard output write -.",
            )
        )
    if status.st_size and not is_ours(target):
        raise PlaceError(
            Text(
                f"{path} はすでにあり、同じ種類の書き出しではありません。上書きはしません。別の名前にしてください。",
                f"{path} exists and is no earlier export of this kind; it is not overwritten. Choose another name.",
            )
        )
