"""Everything that is wrong with given banks, all at once: also in the sound questions of a bank that does not open."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from engine.bank.convert import convert_questions
from engine.bank.lint import faults
from engine.bank.lint_written import blank_sentences
from engine.bank.load import BankFile, Library, Source, files_in, library_of, read_bank
from engine.bank.model import Bank, Question
from engine.bank.nodes import Node
from engine.bank.problems import Problem
from engine.bank.traps import traps
from engine.progress import Progress

_ID = re.compile(r"(?P<indent>\s*)-\s+id:\s*(?P<id>[a-z0-9-]+)\s*$")


class Survey(msgspec.Struct, frozen=True):
    """The banks that open, what is wrong with any, and the questions that are without fault, each with its bank.

    ``places``: file, line and column of each question in a bank that opens, by its id.
    """

    library: Library
    problems: tuple[Problem, ...]
    sound: tuple[tuple[Bank, Question], ...]
    places: Mapping[str, tuple[str, int, int]]


def survey(paths: Iterable[Path], progress: Progress | None = None) -> Survey:
    """Read and check the banks in ``paths``. ``progress`` is told after each file how many are done, and of how many.

    To check takes ten times as long as to read. Of a file that was checked only the bank is kept.
    """
    problems: list[Problem] = []
    files = [file for path in paths for file in files_in(path, problems)]
    sources: list[Source] = []
    places: dict[str, tuple[str, int, int]] = {}
    for done, file in enumerate(files, 1):
        read = read_bank(file)
        problems += _named([*read.problems, *_faults_of_meaning(read)], read)
        if read.bank is not None and read.root is not None:
            sources.append(Source(read.path, read.bank))
            for index, question in enumerate(read.bank.questions):
                places[question.id] = (read.path, *read.root.place("questions", index))
        if progress is not None:
            progress(done, len(files))
    library = library_of(sources, problems)
    faulty = {(problem.path, problem.question) for problem in problems}
    sound = tuple(
        (source.bank, question)
        for source in library.sources
        for question in source.bank.questions
        if (source.path, question.id) not in faulty
    )
    return Survey(library, tuple(sorted(set(problems))), sound, places)


def _faults_of_meaning(read: BankFile) -> Iterator[Problem]:
    """Those of a bank that opens, and of the questions that can be read by themselves in one that does not."""
    path, root, bank = read.path, read.root, read.bank
    if root is None:
        return
    yield from traps(path, read.data, root)
    if bank is not None:
        for steps, what, mend in blank_sentences(bank):
            if steps[0] != "questions":  # those follow with their id
                yield Problem(path, *root.place(*steps), "", what, mend)
    for index, question in convert_questions(path, root) if bank is None else enumerate(bank.questions):
        for steps, what, mend in faults(question):
            yield Problem(path, *root.place("questions", index, *steps), question.id, what, mend)


def _named(problems: Iterable[Problem], read: BankFile) -> Iterator[Problem]:
    """``problems`` with the id of the question in whose lines they lie."""
    for problem in problems:
        if problem.question:
            yield problem
        elif read.root is None:
            yield msgspec.structs.replace(problem, question=_id_above(read.data, problem.line))
        else:
            yield msgspec.structs.replace(problem, question=_question_at(read.root, problem.line))


def _id_above(data: bytes, line: int) -> str:
    """The last id that is written above ``line`` in a file that is no YAML."""
    above = data.decode("utf-8", errors="replace").splitlines()[:line]
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
