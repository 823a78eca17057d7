"""Banks from files: the shipped ones, one's own, or a given path. Broken ones are reported, good ones still open."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from os import fsencode
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from engine.bank.cache import Cache
from engine.bank.cards import Card, cards_of, packed, with_questions
from engine.bank.files import NotRegularError, Stamp, TooLargeError, bank_files, read_regular, stamp
from engine.bank.model import Bank, Question
from engine.bank.problems import Problem
from engine.progress import Progress
from engine.words import reason
from sims.text import Text

if TYPE_CHECKING:
    from engine.bank.nodes import Node

SHIPPED = Path(__file__).parents[2] / "quizzes"


class Source(msgspec.Struct, frozen=True):
    """A bank with its file."""

    path: str
    bank: Bank


class BankFile(msgspec.Struct, frozen=True):
    """One file as it was read: ``root`` is None if it is no YAML of ours, ``bank`` if it has a fault.

    Under ``stamp`` the bank may be kept; None if the file may yet change without another.
    """

    path: str
    problems: list[Problem]
    data: bytes = b""
    root: "Node | None" = None
    bank: Bank | None = None
    stamp: Stamp | None = None


class Library(msgspec.Struct, frozen=True, dict=True):
    """Every bank that could be read, in the order of its topics, and every fault of the others."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]

    @property
    def banks(self) -> tuple[Bank, ...]:
        """The banks alone."""
        return tuple(source.bank for source in self.sources)

    def cards(self, topics: Sequence[str] = ()) -> list[tuple[Bank, Card]]:
        """What there is to know of each question without its body, with its bank; of ``topics`` or of all."""
        return [(bank, card) for bank in self.banks if not topics or bank.topic in topics for card in cards_of(bank)]

    def questions(self, topics: Sequence[str] = ()) -> list[tuple[Bank, Question]]:
        """Each question with its bank, of ``topics`` or of all."""
        return [
            (bank, question) for bank in self.banks if not topics or bank.topic in topics for question in bank.questions
        ]

    def find(self, question_id: str) -> tuple[Bank, Question] | None:
        """The question with this id, if there is one."""
        if question_id not in self._places:
            return None
        bank, index = self._places[question_id]
        return bank, bank.questions[index]

    @cached_property
    def _places(self) -> dict[str, tuple[Bank, int]]:
        return {card.id: (bank, index) for bank in self.banks for index, card in enumerate(cards_of(bank))}


def load(paths: Iterable[Path], cache: Path | None = None, progress: Progress | None = None) -> Library:
    """The banks in ``paths``: each a YAML file or a folder of them.

    With a folder for the ``cache``, what was read before and has not changed is not read again, and questions are
    decoded one by one. ``progress`` is told after each file how many are done, and of how many.
    """
    problems: list[Problem] = []
    found = [(root, files_in(root, problems)) for root in paths]
    total = sum(len(files) for _, files in found)
    sources: list[Source] = []
    done = 0
    with _no_collection():
        for root, files in found:
            for source, faults in _read(root, files, cache):
                problems += faults
                if source is not None:
                    sources.append(source)
                done += 1
                if progress is not None:
                    progress(done, total)
    return library_of(sources, problems)


def library_of(sources: Iterable[Source], problems: list[Problem]) -> Library:
    """The banks of ``sources`` but those that use an id again, and ``problems`` with these."""
    ordered = sorted(sources, key=lambda source: (source.bank.order, source.bank.topic))
    kept = tuple(_without_repeats(ordered, problems))
    return Library(kept, tuple(sorted(problems)))


def read_bank(file: Path) -> BankFile:
    """Read ``file``, whatever it is."""
    # Not before a file must be read: 20 ms that most starts need not pay.
    from engine.bank.convert import convert_bank
    from engine.bank.nodes import MAX_BYTES, UnreadableBankError, read_nodes, too_large

    path, data = str(file), b""
    try:
        data, read = read_regular(file, MAX_BYTES)
        root, problems = read_nodes(path, data)
    except OSError as error:
        return BankFile(path, [_unopened(path, error)])
    except TooLargeError as error:
        return BankFile(path, [too_large(path, error.size).problem])
    except UnreadableBankError as error:
        return BankFile(path, [error.problem], data)
    bank, found = convert_bank(path, root)
    problems += found
    return BankFile(path, problems, data, root, None if problems else bank, read)


def files_in(path: Path, problems: list[Problem]) -> list[Path]:
    """The bank files in a folder, or ``path`` itself; a folder without any is among the ``problems`` afterwards."""
    if not path.is_dir():
        return [path]
    try:
        files = bank_files(path)
    except OSError as error:
        problems.append(_unopened(str(path), error))
        return []
    if not files:
        mend = Text(".yaml のファイルを置いてください。", "Put a .yaml file there.")
        problems.append(
            Problem(str(path), 1, 1, "", Text("問題ファイルがありません。", "There is no bank here."), mend)
        )
    return files


def _read(root: Path, files: list[Path], folder: Path | None) -> Iterator[tuple[Source | None, list[Problem]]]:
    """Each file of ``root`` in turn: its bank, or its faults."""
    cache = _opened(folder, root)
    kept: dict[bytes, tuple[Stamp, Bank]] = {}
    for file in files:
        name, now, problems = fsencode(file.relative_to(root)), None, []
        bank = None
        if cache is not None:
            now = stamp(file)
            bank = cache.get(name, now)
        if bank is None:
            read = read_bank(file)
            bank, problems, now = read.bank, read.problems, read.stamp
            if bank is not None and folder is not None:  # a tenth of the memory
                bank = with_questions(bank.topic, bank.title, bank.order, packed(bank))
        if bank is not None and now is not None:
            kept[name] = now, bank
        yield None if bank is None else Source(str(file), bank), problems
    if cache is not None:
        cache.keep(kept)


def _opened(folder: Path | None, root: Path) -> Cache | None:
    try:
        return None if folder is None else Cache(folder, root)
    except OSError:
        return None


@contextmanager
def _no_collection() -> Iterator[None]:
    """Nothing that is read here refers back, so that to look for circles among all of it would be in vain."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _unopened(path: str, error: OSError) -> Problem:
    mend = Text("パスと権限を確かめてください。", "Check the path and its permissions.")
    why = reason(error)
    what = Text(f"開けません: {why.ja}。", f"Cannot be opened: {why.en}.")
    if isinstance(error, NotRegularError):
        what = Text("開けません: ふつうのファイルではありません。", "Cannot be opened: it is not a regular file.")
    return Problem(path, 1, 1, "", what, mend)


def _without_repeats(sources: Iterable[Source], problems: list[Problem]) -> Iterator[Source]:
    """Sources whose question ids are all new; a later bank that repeats an id is reported and left out."""
    seen: dict[str, str] = {}
    for source in sources:
        ids = [card.id for card in cards_of(source.bank)]
        own = dict.fromkeys(ids, source.path)
        if len(own) == len(ids) and seen.keys().isdisjoint(own):
            seen.update(own)
            yield source
            continue
        root = read_bank(Path(source.path)).root
        for index, name in _repeated(ids, seen):
            line, column = root.place("questions", index, "id") if root is not None else (1, 1)  # changed since
            where = seen.get(name, source.path)
            what = Text(f"id {name} はすでに {where} にあります。", f"The id {name} is already used in {where}.")
            mend = Text("別の id にしてください。", "Choose another id.")
            problems.append(Problem(source.path, line, column, name, what, mend))


def _repeated(ids: list[str], seen: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Each id that is among those ``seen``, or comes again."""
    own: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen or name in own:
            yield index, name
        own.add(name)
