"""The parser of the whole command line, described in the reader's language."""

import argparse
import sys
from typing import Any

from engine.cli.parsing import banks, exchange, look, machine, study
from engine.cli.parsing.commands import BANK, Commands, Front, Parser, help_words, later
from engine.cli.parsing.page import HELP, formatter, speak
from sims.text import Language, Text

VERSION = Text("版を表示して終わる", "show the version and end")
LANGUAGE = Text("表示の言語", "language of the texts")
PARTS = (
    (Text("学ぶ", "Study"), study),
    (Text("中を見る", "Look inside"), look),
    (Text("持ち出す・持ち込む", "Out and in"), exchange),
    (Text("問題を書く", "Write banks"), banks),
    (Text("環境", "This machine"), machine),
)
OPTIONS = (("--lang {ja,en}", LANGUAGE), ("--bank PATH", BANK), ("--version", VERSION), ("-h, --help", HELP))


def build_parser(language: Language) -> argparse.ArgumentParser:
    """The parser of every command, with help in ``language``."""
    common = Parser(add_help=False)
    about = help_words(LANGUAGE, language)
    common.add_argument("--lang", choices=("ja", "en"), default=argparse.SUPPRESS, help=about)
    parser = Front(prog="peephole", parents=[common], add_help=False, formatter_class=formatter(language))
    speak(parser, language)
    parser.add_argument("--version", action=_Version, nargs=0, help=help_words(VERSION, language))
    parser.add_argument("--bank", action="append", metavar="PATH", help=help_words(BANK, language))
    parser.set_defaults(run=later("app"), lang=None)
    commands = Commands(parser.add_subparsers(metavar="COMMAND", parser_class=Parser), common, language)
    groups = []
    for title, part in PARTS:
        first = len(commands.listed)
        part.add(commands)
        groups.append((title, commands.listed[first:]))
    parser.groups, parser.options, parser.language = groups, OPTIONS, language
    return parser


class _Version(argparse.Action):
    """Says the version and ends; looked up only then, because that takes longer than all other options together."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("peephole")
        except PackageNotFoundError:  # run from a checkout that was never installed
            number = "?"
        sys.stdout.write(f"peephole {number}\n")
        parser.exit()
