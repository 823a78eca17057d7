"""The whole history as one JSON document, and back: every row as it is, so that nothing is lost on the way.

``{"format": "peephole history", "version": 1, "rows": [...]}`` with one row a line.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from engine.drawing.width import visible
from engine.exchange.event import Event, as_json, events
from engine.exchange.trouble import ExchangeError
from engine.progress import Progress
from engine.study.history.history import History
from engine.study.history.schema import Row
from sims.text import Text

FORMAT, VERSION = "peephole history", 1
BEGINNING = f'{{"format": "{FORMAT}", "version": '.encode()
LARGEST = 1 << 30  # bytes: some three million answers
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SQLITE = b"SQLite format 3\0"
EVERY = 5_000  # rows between two words about the progress

_PLACE = re.compile(r" \(byte (\d+)\)$")


class _Document(msgspec.Struct):
    format: str
    version: int
    rows: msgspec.Raw


def write_json(file: BinaryIO, history: History) -> int:
    """Write every row of ``history``. Returns how many. Raises HistoryError and ExchangeError as ``events`` does."""
    file.write(BEGINNING + b'%d, "rows": [' % VERSION)
    count = 0
    for row in events(history):
        file.write((b",\n" if count else b"\n") + as_json(row))
        count += 1
    file.write(b"\n]}\n")
    return count


def import_json(history: History, data: bytes, name: str, progress: Progress | None = None) -> tuple[int, int, int]:
    """Add the rows in ``data``, the contents of the file ``name``: all, or none if anything is wrong with one.

    Returns how many answers and how many words about answers were new, and how many rows the file has. Raises
    ExchangeError, which says in which line of the file the fault is, and HistoryError.
    """
    data = data.removeprefix(BYTE_ORDER_MARK)
    rows = _rows(data, name)
    return *history.add(lambda: _checked(rows, data, name, progress)), len(rows)


def _rows(data: bytes, name: str) -> list[msgspec.Raw]:
    """The rows, not yet read. The format comes first: another version's rows are not for us to judge."""
    if data.startswith(SQLITE):
        raise ExchangeError(
            Text(
                f"{name} は学習の記録そのもの（データベース）です。peephole merge {name} を使ってください。",
                f"{name} is a history itself, a database. Use peephole merge {name}.",
            )
        )
    try:
        document = msgspec.json.decode(data, type=_Document)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise _fault(name, _line(data, str(error)), str(error)) from error
    if document.format != FORMAT:
        raise _fault(name, 1, f'format is "{document.format[:40]}", not "{FORMAT}"')
    if document.version != VERSION:
        raise ExchangeError(
            Text(
                f"{name} は版 {document.version} の書き出しで、ここで読めるのは版 {VERSION} だけです。"
                "Peephole を更新してください。",
                f"{name} is an export of version {document.version}; this Peephole reads version {VERSION}. "
                "Please update it.",
            )
        )
    try:
        return msgspec.json.decode(document.rows, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        raise _fault(name, 1, str(error)) from error


def _checked(rows: list[msgspec.Raw], data: bytes, name: str, progress: Progress | None) -> Iterator[Row]:
    decoder = msgspec.json.Decoder(Event)
    for number, raw in enumerate(rows, 1):
        try:
            event = decoder.decode(raw)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            line = data.count(b"\n", 0, data.find(bytes(raw))) + 1
            raise _fault(name, line, str(error), number) from error
        if progress is not None and number % EVERY == 0:
            progress(number, len(rows))
        yield event.as_row()


def _line(data: bytes, message: str) -> int:
    """The line of which msgspec speaks, which says a byte, or nothing where the data end too soon."""
    found = _PLACE.search(message)
    end = int(found[1]) if found else len(data.rstrip()) if "truncated" in message else 0
    return data.count(b"\n", 0, end) + 1


def _fault(name: str, line: int, message: str, row: int = 0) -> ExchangeError:
    message = visible(message)
    which = Text(f"（{row} 件目）", f" (row {row})") if row else Text("", "")
    return ExchangeError(
        Text(
            f"{name}:{line}{which.ja}: 読めません: {message}。何も取り込みませんでした。"
            "peephole export json で書いたファイルを渡してください。",
            f"{name}:{line}{which.en}: cannot be read: {message}. Nothing was imported. "
            "A file as peephole export json writes it is expected.",
        )
    )
