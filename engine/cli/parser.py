"""The parser of the whole command line, described in the reader's language."""

import argparse
from typing import Any

from engine.cli.parsing import banks, exchange, look, machine, study
from engine.cli.parsing.commands import BANK, Commands, Parser, help_words, later
from sims.text import Language, Text

ABOUT = Text(
    "E資格の問題を解いて、答えの中をのぞく。引数なしで起動するとアプリが開きます。",
    "Answer E資格 questions, then look inside the answer. Without a command the app opens.",
)
EPILOG = Text(
    "環境変数 PEEPHOLE_HOME で、記録と設定の置き場所を変えられます。",
    "PEEPHOLE_HOME moves everything the program writes.",
)
COMMANDS = Text("コマンド", "commands")
VERSION = Text("版を表示して終わる", "show the version and end")
LANGUAGE = Text("表示の言語", "language of the texts")


def build_parser(language: Language) -> argparse.ArgumentParser:
    """The parser of every command, with help in ``language``."""
    common = Parser(add_help=False)
    about = help_words(LANGUAGE, language)
    common.add_argument("--lang", choices=("ja", "en"), default=argparse.SUPPRESS, help=about)
    parser = Parser(
        prog="peephole",
        description=help_words(ABOUT, language),
        epilog=help_words(EPILOG, language),
        parents=[common],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help=help_words(VERSION, language))
    parser.add_argument("--bank", action="append", metavar="PATH", help=help_words(BANK, language))
    parser.set_defaults(run=later("app"), lang=None)
    group = parser.add_subparsers(title=help_words(COMMANDS, language), metavar="")
    commands = Commands(group, common, language)
    for part in (study, look, exchange, banks, machine):
        part.add(commands)
    return parser


class _Version(argparse.Action):
    """Says the version and ends; looked up only then, because that takes longer than all other options together."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("peephole")
        except PackageNotFoundError:  # run from a checkout that was never installed
            number = "?"
        parser.exit(message=f"peephole {number}\n")
