"""Banks that were read once, kept ready: one file for each folder (or file) of banks that was ever opened.

A file holds what it was made for, an index (a card for every question), and the packed questions, which nobody
decodes before they are asked for. A file that is damaged, of another version or of another folder counts as none:
the banks are simply read again. Nothing here ever fails for want of a cache.
"""

import os
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from engine.bank.cards import Card, PackedQuestions, packed, with_questions
from engine.bank.files import Stamp, TooLargeError, read_regular
from engine.bank.model import Bank
from sims.text import Text

MAX_BYTES = 256_000_000
MOST_FILES = 32
SUFFIX = ".banks"
_PART, _HOUR = ".part", 3600
_MAGIC = b"peephole banks 1\n"
_NUMBER = 8  # bytes of a length or a checksum


class _Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A bank in the index; ``length`` is that of its packed questions, which lie in the order of the index."""

    file: bytes
    stamp: Stamp
    topic: str
    title: Text
    order: int
    cards: tuple[Card, ...]
    length: int


class _Index(msgspec.Struct, frozen=True, array_like=True, gc=False):
    version: str
    root: bytes
    entries: tuple[_Entry, ...]


class Cache:
    """The banks kept in ``folder`` for ``root``. Raises OSError where there cannot be a cache."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._root = os.fsencode(root.absolute())
        self._path = folder / f"{zlib.crc32(self._root):08x}{SUFFIX}"
        self._version = _version()
        self._banks, self._stamps = self._read()

    def get(self, name: bytes, stamp: Stamp | None) -> Bank | None:
        """The bank that was read from the file ``name`` (below the root) when it had this stamp."""
        return self._banks[name] if stamp is not None and self._stamps.get(name) == stamp else None

    def keep(self, banks: Mapping[bytes, tuple[Stamp, Bank]]) -> None:
        """From now on hold exactly these; nothing is written if nothing changed, or if nothing can be written."""
        if {name: stamp for name, (stamp, _) in banks.items()} == self._stamps:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            _replace(self._path, self._pieces(banks))
            _prune(self._path)
        except OSError:
            return  # the banks are read each time

    def _pieces(self, banks: Mapping[bytes, tuple[Stamp, Bank]]) -> list[bytes | memoryview]:
        """The file, in the order in which it is written."""
        entries, bodies = [], []
        for name, (stamp, bank) in banks.items():
            questions = packed(bank)
            bodies.append(questions.packed)
            size = len(questions.packed)
            entries.append(_Entry(name, stamp, bank.topic, bank.title, bank.order, questions.cards, size))
        index = msgspec.msgpack.encode(_Index(self._version, self._root, tuple(entries)))
        pieces = [_number(len(index)), index, *bodies]
        checksum = 0
        for piece in pieces:
            checksum = zlib.crc32(piece, checksum)
        return [_MAGIC, _number(checksum), *pieces]

    def _read(self) -> tuple[dict[bytes, Bank], dict[bytes, Stamp]]:
        """What the file holds: nothing, if it is not wholly as this program has written it for this root."""
        try:
            data = memoryview(read_regular(self._path, MAX_BYTES)[0])
            start = len(_MAGIC) + 2 * _NUMBER
            size = int.from_bytes(data[start - _NUMBER : start], "big")
            whole = data[: len(_MAGIC)] == _MAGIC and _number(zlib.crc32(data[len(_MAGIC) + _NUMBER :])) == bytes(
                data[len(_MAGIC) : len(_MAGIC) + _NUMBER]
            )
            index = msgspec.msgpack.decode(data[start : start + size], type=_Index) if whole else None
        except (OSError, TooLargeError, msgspec.MsgspecError):
            return {}, {}
        if index is None or (index.version, index.root) != (self._version, self._root):
            return {}, {}
        banks, at = {}, start + size
        for entry in index.entries:
            questions = PackedQuestions(entry.cards, data[at : at + entry.length])
            banks[entry.file] = with_questions(entry.topic, entry.title, entry.order, questions)
            at += entry.length
        return banks, {entry.file: entry.stamp for entry in index.entries}


def _number(value: int) -> bytes:
    return value.to_bytes(_NUMBER, "big")


@cache
def _version() -> str:
    """By what a program knows its own caches: the modules that decide what becomes of a bank's file."""
    here = Path(__file__)
    names = ("cache.py", "cards.py", "convert.py", "model.py", "nodes.py")
    source = b"".join(file.read_bytes() for file in [*map(here.with_name, names), here.parents[2] / "sims" / "text.py"])
    return f"{msgspec.__version__} {len(source)} {zlib.crc32(source):08x}"


def _replace(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a file that is at any time either the old one or the new one, whoever else does the same."""
    import tempfile  # most starts write nothing

    descriptor, name = tempfile.mkstemp(_PART, path.stem, path.parent)
    try:
        with os.fdopen(descriptor, "wb") as part:
            part.writelines(pieces)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(written: Path) -> None:
    """Remove the caches that were not written for longest, and what an interrupted write has left behind."""
    files = [(file.stat().st_mtime, file) for file in written.parent.iterdir() if file.suffix in (SUFFIX, _PART)]
    files.sort(reverse=True)
    latest = max((at for at, _ in files), default=0.0)  # another program may have removed all of them just now
    caches = [file for _, file in files if file.suffix == SUFFIX]
    parts = [file for at, file in files if file.suffix == _PART and latest - at > _HOUR]
    for file in [*caches[MOST_FILES:], *parts]:
        file.unlink(missing_ok=True)
