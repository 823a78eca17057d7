"""Banks from files: the shipped ones, one's own, or a given path. Broken ones are reported, good ones still open."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from os import fsencode
from pathlib import Path
from typing import TYPE_CHECKING

from engine.bank.cache import Cache
from engine.bank.cards import Card, cards_of, packed, with_questions
from engine.bank.files import NotRegularError, Stamp, TooLargeError, bank_files, read_regular, stamp
from engine.bank.model import Bank, Question
from engine.bank.problems import Problem
from engine.words import reason
from sims.text import Text

if TYPE_CHECKING:
    from engine.bank.nodes import Node

SHIPPED = Path(__file__).parents[2] / "quizzes"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A bank with its file, and the nodes it was read from, so that later faults still find their line."""

    path: str
    bank: Bank
    nodes: "Node | None" = None

    @property
    def root(self) -> "Node":
        """The nodes; those of a bank that came from the cache are read now."""
        from engine.bank.nodes import MAX_BYTES, Node, UnreadableBankError, read_nodes

        if self.nodes is not None:
            return self.nodes
        try:
            return read_nodes(self.path, read_regular(Path(self.path), MAX_BYTES)[0])[0]
        except (OSError, TooLargeError, UnreadableBankError):  # changed since
            return Node({}, 1, 1)


@dataclass(frozen=True)
class Library:
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
    found = [(root, _files(root, problems)) for root in paths]
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
    sources.sort(key=lambda source: (source.bank.order, source.bank.topic))
    return Library(_without_duplicates(sources, problems), tuple(sorted(problems)))


def load_file(file: Path) -> tuple[Source | None, list[Problem]]:
    """One bank, or None and its faults."""
    source, problems, _ = _load(file)
    return source, problems


def _load(file: Path) -> tuple[Source | None, list[Problem], Stamp | None]:
    """One bank or its faults, and the stamp under which it may be kept."""
    # Not before a file must be read: 20 ms that most starts need not pay.
    from engine.bank.convert import convert_bank
    from engine.bank.nodes import MAX_BYTES, UnreadableBankError, read_nodes, too_large

    path = str(file)
    try:
        data, read = read_regular(file, MAX_BYTES)
        root, problems = read_nodes(path, data)
    except OSError as error:
        return None, [_unopened(path, error)], None
    except TooLargeError as error:
        return None, [too_large(path, error.size).problem], None
    except UnreadableBankError as error:
        return None, [error.problem], None
    bank, found = convert_bank(path, root)
    problems.extend(found)
    return (Source(path, bank, root) if bank is not None and not problems else None), problems, read


def _read(root: Path, files: list[Path], folder: Path | None) -> Iterator[tuple[Source | None, list[Problem]]]:
    """Each file of ``root`` in turn: its bank, or its faults."""
    cache = _opened(folder, root)
    if cache is None:
        for file in files:
            source, problems = load_file(file)
            yield source if source is None or folder is None else _light(source), problems
        return
    kept: dict[bytes, tuple[Stamp, Bank]] = {}
    for file in files:
        name, now = fsencode(file.relative_to(root)), stamp(file)
        problems = []
        bank = cache.get(name, now)
        source = None if bank is None else Source(str(file), bank)
        if source is None:
            read, problems, now = _load(file)
            source = None if read is None else _light(read)
        if source is not None and now is not None:
            kept[name] = now, source.bank
        yield source, problems
    cache.keep(kept)


def _opened(folder: Path | None, root: Path) -> Cache | None:
    try:
        return None if folder is None else Cache(folder, root)
    except OSError:
        return None


def _light(source: Source) -> Source:
    """The same without its nodes, and with packed questions: a twentieth of the memory."""
    bank = source.bank
    return Source(source.path, with_questions(bank.topic, bank.title, bank.order, packed(bank)))


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


def _files(path: Path, problems: list[Problem]) -> list[Path]:
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


def _without_duplicates(sources: list[Source], problems: list[Problem]) -> tuple[Source, ...]:
    """Sources whose question ids are all new; a later bank that repeats an id is reported and left out."""
    seen: dict[str, str] = {}
    kept = []
    for source in sources:
        ids = [card.id for card in cards_of(source.bank)]
        own = dict.fromkeys(ids, source.path)
        if len(own) == len(ids) and seen.keys().isdisjoint(own):
            seen.update(own)
            kept.append(source)
            continue
        root = source.root
        for index, name in _repeated(ids, seen):
            line, column = place(root, "questions", index, "id")
            where = seen.get(name, source.path)
            what = Text(f"id {name} はすでに {where} にあります。", f"The id {name} is already used in {where}.")
            mend = Text("別の id にしてください。", "Choose another id.")
            problems.append(Problem(source.path, line, column, name, what, mend))
    return tuple(kept)


def _repeated(ids: list[str], seen: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Each id that is among those ``seen``, or comes again."""
    own: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen or name in own:
            yield index, name
        own.add(name)


def place(root: "Node", *steps: str | int) -> tuple[int, int]:
    """Line and column of the node reached by ``steps``, or of the last one that exists on the way."""
    node = root
    for step in steps:
        if isinstance(node.value, dict) and isinstance(step, str) and step in node.value:
            node = node.value[step]
        elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            break
    return node.line, node.column
