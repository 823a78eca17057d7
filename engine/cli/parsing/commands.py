"""How a command is declared: its name, its module, its options, each with its help in both languages."""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from engine.cli.context import Context
from engine.cli.parsing.examples import epilog
from engine.cli.parsing.page import Entry, formatter, page, speak
from sims.text import Language, Text

BANK = Text("自分の問題ファイルかフォルダ（繰り返し可）", "a bank of your own, file or folder (may be repeated)")
JSON = Text("1 行に 1 つの JSON で書く", "one JSON object a line")
SEED = Text("乱数の種（同じ種なら同じ結果）", "seed: the same seed gives the same result")
TOPICS = Text("単元（なければ全部）", "topics (all if none is given)")
PLAIN = Text("画面を使わず 1 行ずつ対話する", "line by line, for screen readers and pipes")


class Parser(argparse.ArgumentParser):
    """Takes whatever follows ``--answer`` as the answer: ``-2x`` is a formula and no option."""

    language: Language = "en"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is; exit code 2."""
        from engine.cli.parsing.faults import told

        see = Text(f"使い方は {self.prog} --help で。", f" See {self.prog} --help.").get(self.language)
        self.exit(2, f"{self.format_usage()}{self.prog}: {told(message, self.language)}{see}\n")

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]
        """As in the standard library, after joining ``--answer`` with its value."""
        joined: list[str] = []
        for argument in sys.argv[1:] if args is None else args:
            if joined and joined[-1] == "--answer":
                joined[-1] = f"--answer={argument}"
            else:
                joined.append(argument)
        return super().parse_known_args(joined, namespace)


class Front(Parser):
    """The parser of the whole line, whose help is a page by itself."""

    groups: Sequence[tuple[Text, Sequence[Entry]]] = ()
    options: Sequence[Entry] = ()

    def format_help(self) -> str:
        """The page, made when it is wanted."""
        return page(self.groups, self.options, self.language)


class Command:
    """One command's options."""

    def __init__(self, parser: argparse.ArgumentParser, language: Language) -> None:
        self._group: Any = parser
        self._language = language

    def option(self, *names: str, about: Text, **settings: Any) -> None:
        """An option or a positional argument; ``settings`` are argparse's."""
        self._group.add_argument(*names, help=help_words(about, self._language), **settings)

    def one_of(self) -> "Command":
        """Options of which at most one may be given."""
        return Command(self._group.add_mutually_exclusive_group(), self._language)

    def bank(self) -> None:
        """``--bank PATH``, also after the command's name."""
        self.option("--bank", about=BANK, action="append", metavar="PATH", default=argparse.SUPPRESS)

    def json(self) -> None:
        """``--json``."""
        self.option("--json", about=JSON, action="store_true")

    def seed(self, default: int | None = 0) -> None:
        """``--seed S``."""
        self.option("--seed", about=SEED, type=int, metavar="S", default=default)

    def topics(self) -> None:
        """``[TOPIC…]``."""
        self.option("topics", about=TOPICS, nargs="*", metavar="TOPIC", default=[])  # or argparse calls it required

    def plain(self) -> None:
        """``--plain``."""
        self.option("--plain", about=PLAIN, action="store_true")


class Commands:
    """The commands of the parser under construction."""

    def __init__(self, group: Any, common: argparse.ArgumentParser, language: Language) -> None:
        self._group = group
        self._common = common
        self._language = language
        self.listed: list[Entry] = []

    def add(self, name: str, about: Text, module: str = "") -> Command:
        """The command ``name``, run by ``engine.cli.<module>``, which is the name unless said."""
        words = help_words(about, self._language)
        added = self._group.add_parser(
            name,
            help=words,
            description=words,
            epilog=epilog(name, self._language),
            parents=[self._common],
            add_help=False,
            formatter_class=formatter(self._language),
        )
        added.language = self._language
        speak(added, self._language)
        self.listed.append((name, about))
        added.set_defaults(run=later(module or name))
        return Command(added, self._language)


def later(module: str) -> Callable[[Context], int]:
    """The ``run`` of ``engine.cli.<module>``, imported only when it is called."""

    def run(context: Context) -> int:
        code: int = import_module(f"engine.cli.{module}").run(context)
        return code

    return run


def help_words(text: Text, language: Language) -> str:
    """``text`` as argparse takes it: it fills in what follows a percent sign."""
    return text.get(language).replace("%", "%%")


def whole(low: int, high: int) -> Callable[[str], int]:
    """The type of an option: a whole number from ``low`` to ``high``."""

    def convert(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise ValueError
        return value

    convert.__name__ = f"{low}..{high}"  # argparse names the type in its message
    return convert
