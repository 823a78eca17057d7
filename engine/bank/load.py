"""Banks from files: the shipped ones, one's own, or a given path. Broken ones are reported, good ones still open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.bank.convert import convert_bank
from engine.bank.model import Bank, Question
from engine.bank.nodes import Node, UnreadableBankError, read_nodes
from engine.bank.problems import Problem
from sims.text import Text

SHIPPED = Path(__file__).parents[2] / "quizzes"


@dataclass(frozen=True, slots=True)
class Source:
    """A bank with the file and the nodes it was read from, so that later faults still find their line."""

    path: str
    bank: Bank
    root: Node


@dataclass(frozen=True, slots=True)
class Library:
    """Every bank that could be read, in the order of its topics, and every fault of the others."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]

    @property
    def banks(self) -> tuple[Bank, ...]:
        """The banks alone."""
        return tuple(source.bank for source in self.sources)

    def questions(self, topics: Sequence[str] = ()) -> list[tuple[Bank, Question]]:
        """Each question with its bank, of ``topics`` or of all."""
        return [
            (bank, question) for bank in self.banks if not topics or bank.topic in topics for question in bank.questions
        ]

    def find(self, question_id: str) -> tuple[Bank, Question] | None:
        """The question with this id, if there is one."""
        return next(((bank, question) for bank, question in self.questions() if question.id == question_id), None)


def load(paths: Iterable[Path]) -> Library:
    """The banks in ``paths``: each a YAML file or a folder of them."""
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in paths:
        for file in _files(path, problems):
            source, found = load_file(file)
            problems.extend(found)
            if source is not None:
                sources.append(source)
    sources.sort(key=lambda source: (source.bank.order, source.bank.topic))
    return Library(_without_duplicates(sources, problems), tuple(sorted(problems)))


def load_file(file: Path) -> tuple[Source | None, list[Problem]]:
    """One bank, or None and its faults."""
    path = str(file)
    try:
        data = file.read_bytes()
    except OSError as error:
        mend = Text("パスと権限を確かめてください。", "Check the path and its permissions.")
        reason = error.strerror or type(error).__name__
        return None, [Problem(path, 1, 1, "", Text(f"開けません: {reason}。", f"Cannot be opened: {reason}."), mend)]
    try:
        root, problems = read_nodes(path, data)
    except UnreadableBankError as error:
        return None, [error.problem]
    bank, found = convert_bank(path, root)
    problems.extend(found)
    return (Source(path, bank, root) if bank is not None and not problems else None), problems


def _files(path: Path, problems: list[Problem]) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.suffix in (".yaml", ".yml") and file.is_file())
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
        repeated = [question.id for question in source.bank.questions if question.id in seen]
        ids = [question.id for question in source.bank.questions]
        repeated += [name for index, name in enumerate(ids) if name in ids[:index]]
        for name in repeated:
            line, column = place(source.root, "questions", ids.index(name) if name in seen else _last(ids, name), "id")
            where = seen.get(name, source.path)
            what = Text(f"id {name} はすでに {where} にあります。", f"The id {name} is already used in {where}.")
            mend = Text("別の id にしてください。", "Choose another id.")
            problems.append(Problem(source.path, line, column, name, what, mend))
        if not repeated:
            seen.update(dict.fromkeys(ids, source.path))
            kept.append(source)
    return tuple(kept)


def _last(ids: list[str], name: str) -> int:
    return len(ids) - 1 - ids[::-1].index(name)


def place(root: Node, *steps: str | int) -> tuple[int, int]:
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
