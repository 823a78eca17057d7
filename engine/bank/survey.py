"""Everything that is wrong with given banks, all at once: also in the sound questions of a bank that does not open."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.bank.convert import convert_questions
from engine.bank.files import TooLargeError, read_regular
from engine.bank.lint import faults, lint
from engine.bank.load import Library, Progress, load, place
from engine.bank.model import Bank, Question
from engine.bank.nodes import MAX_BYTES, Node, UnreadableBankError, read_nodes
from engine.bank.problems import Problem
from engine.bank.traps import traps

_ID = re.compile(r"(?P<indent>\s*)-\s+id:\s*(?P<id>[a-z0-9-]+)\s*$")


@dataclass(frozen=True, slots=True)
class Survey:
    """The banks that open, what is wrong with any, and the questions that are without fault, each with its bank."""

    library: Library
    problems: tuple[Problem, ...]
    sound: tuple[tuple[Bank, Question], ...]

    def where(self, bank: Bank, question: Question) -> tuple[str, int, int]:
        """File, line and column of a question that could be read."""
        source = next(source for source in self.library.sources if source.bank is bank)
        return source.path, *place(source.root, "questions", bank.questions.index(question))


def survey(paths: Iterable[Path], progress: Progress | None = None) -> Survey:
    """Read and check the banks in ``paths``. ``progress`` is told how many of those that open are checked, of how many.

    To check takes ten times as long as to read.
    """
    library = load(paths)
    problems = set(library.problems)
    opened = {source.path for source in library.sources}
    for done, source in enumerate(library.sources, 1):
        problems.update(lint(source), traps(source.path, source.root))
        if progress is not None:
            progress(done, len(library.sources))
    roots: dict[str, Node | None] = {source.path: source.root for source in library.sources}
    for path in {problem.path for problem in library.problems} - opened:
        roots[path] = root = nodes_of(path)
        if root is not None:
            problems.update(_lint_closed(path, root))
    faulty = {(problem.path, problem.question) for problem in problems}
    sound = tuple(
        (source.bank, question)
        for source in library.sources
        for question in source.bank.questions
        if (source.path, question.id) not in faulty
    )
    return Survey(library, tuple(sorted(_named(problems, roots))), sound)


def _lint_closed(path: str, root: Node) -> Iterator[Problem]:
    """Faults of meaning in those questions of a faulty bank that can be read by themselves."""
    yield from traps(path, root)
    for index, question in convert_questions(path, root):
        for steps, what, mend in faults(question):
            yield Problem(path, *place(root, "questions", index, *steps), question.id, what, mend)


def nodes_of(path: str) -> Node | None:
    """What YAML reads in ``path``; None if that is nothing."""
    try:
        return read_nodes(path, read_regular(Path(path), MAX_BYTES)[0])[0]
    except (OSError, TooLargeError, UnreadableBankError):
        return None


def _named(problems: Iterable[Problem], roots: Mapping[str, Node | None]) -> Iterator[Problem]:
    """``problems`` with the id of the question in whose lines they lie; ``roots`` are what YAML reads in each file."""
    for problem in problems:
        if problem.question:
            yield problem
            continue
        root = roots[problem.path]
        name = _id_above(problem.path, problem.line) if root is None else _question_at(root, problem.line)
        yield replace(problem, question=name)


def _id_above(path: str, line: int) -> str:
    """The last id that is written above ``line`` in a file that is no YAML."""
    try:
        above = read_regular(Path(path), MAX_BYTES)[0].decode("utf-8").splitlines()[:line]
    except (OSError, TooLargeError, UnicodeDecodeError):
        return ""
    found = [match for text in above if (match := _ID.match(text))]
    outermost = min((len(match["indent"]) for match in found), default=0)  # mistakes and options have ids too
    return next((match["id"] for match in reversed(found) if len(match["indent"]) == outermost), "")


def _question_at(root: Node, line: int) -> str:
    """The id of the question that ``line`` is part of, or nothing."""
    listed = root.value.get("questions") if isinstance(root.value, dict) else None
    if listed is None or not isinstance(listed.value, list):
        return ""
    if any(listed.line < key_line <= line for key_line, _ in root.keys.values()):
        return ""  # what comes after the questions
    above = [node.value for node in listed.value if node.line <= line]
    name = above[-1].get("id") if above and isinstance(above[-1], dict) else None
    return name.value if name is not None and isinstance(name.value, str) else ""
