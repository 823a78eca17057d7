"""What every command is given, and how it speaks."""

import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from engine.bank.load import SHIPPED, Library, load
from engine.cli.loading import READING, LoadingLine, columns
from engine.settings import Settings
from sims.text import Language, Text

if TYPE_CHECKING:  # most commands draw nothing
    from engine.drawing.cells import Row

PROBLEMS, USAGE = 1, 2
CACHE = "cache"
SCHEMA = "schema.json"  # what ``peephole new`` puts beside a bank for the editor


class UsageError(Exception):
    """A command that cannot be carried out as given (exit code 2); ``text`` says what to write instead."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Context(msgspec.Struct, frozen=True):
    """The home folder, the settings, the language and the parsed options of one command."""

    home: Path
    settings: Settings
    language: Language
    options: Namespace

    def say(self, text: Text | str) -> None:
        """A line for the reader, on stdout."""
        sys.stdout.write((text.get(self.language) if isinstance(text, Text) else text) + "\n")

    def draw(self, rows: "Sequence[Row]") -> None:
        """A drawing on stdout, in the colours of the settings where there is a terminal that may show them."""
        from engine.drawing.palette import DARK, LIGHT
        from engine.drawing.plain import rows_to_ansi, rows_to_text

        coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        palette = LIGHT if self.settings.theme == "light" else DARK
        self.say(rows_to_ansi(rows, palette) if coloured else rows_to_text(rows))

    def say_json(self, record: Mapping[str, Any]) -> None:
        """One JSON object on one line of stdout."""
        import json  # not before the first question

        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")

    def warn(self, text: Text) -> None:
        """A diagnostic, on stderr: wrapped on a terminal, but for indented lines, which are there to be copied."""
        for line in text.get(self.language).split("\n"):
            sys.stderr.write("\n".join(_wrapped(line)) + "\n")

    def progress(self, about: Text = READING) -> LoadingLine:
        """A line on stderr that tells how far long work has come, for a ``with`` block."""
        return LoadingLine(sys.stderr, self.language, about=about)

    def library(self) -> Library:
        """The shipped banks, the learner's own in the home folder, and those given with ``--bank``.

        Faults go to stderr; the good banks still open. What was read before comes from a cache in the home folder.
        """
        with self.progress() as progress:
            library = load(self.bank_paths(), self.home / CACHE, progress.show)
        for problem in library.problems:
            sys.stderr.write(problem.as_line(self.language) + "\n")
        return library

    def bank_paths(self) -> list[Path]:
        """Where the banks are: what is shipped, the learner's own folder if it holds anything, what was given."""
        own = self.home / "banks"
        given = [Path(path) for path in getattr(self.options, "bank", None) or []]
        return [SHIPPED, *([own] if _holds_anything(own) else []), *given]

    def topics(self, library: Library, named: list[str]) -> list[str]:
        """``named`` topics after checking that each exists."""
        known = [bank.topic for bank in library.banks]
        for topic in named:
            if topic not in known:
                from engine.bank.problems import did_you_mean

                hint = did_you_mean(topic, known)
                raise UsageError(Text(f"単元 {topic} はありません。{hint.ja}", f"There is no topic {topic}. {hint.en}"))
        return named


def _wrapped(line: str) -> list[str]:
    if line.startswith(" ") or not sys.stderr.isatty():
        return [line]
    from engine.drawing.wrap import wrap

    return wrap(line, columns(sys.stderr) - 1)


def _holds_anything(folder: Path) -> bool:
    """Whether there is something in ``folder``, if only that it cannot be listed; the schema alone is no bank."""
    try:
        return folder.is_dir() and any(each.name != SCHEMA for each in folder.iterdir())
    except OSError:
        return True
