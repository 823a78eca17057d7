"""The commands and their options, described in the reader's language."""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from engine.cli.context import Context
from sims.text import Text


def _later(module: str) -> Callable[[Context], int]:
    """The ``run`` of ``engine.cli.<module>``, imported only when it is called."""

    def run(context: Context) -> int:
        code: int = import_module(f"engine.cli.{module}").run(context)
        return code

    return run


class _Parser(argparse.ArgumentParser):
    """Takes whatever follows ``--answer`` as the answer: ``-2x`` is a formula and no option."""

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]
        """As in the standard library, after joining ``--answer`` with its value."""
        joined: list[str] = []
        for argument in sys.argv[1:] if args is None else args:
            if joined and joined[-1] == "--answer":
                joined[-1] = f"--answer={argument}"
            else:
                joined.append(argument)
        return super().parse_known_args(joined, namespace)


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 1000:
        raise ValueError
    return value


_count.__name__ = "1..1000"  # argparse names the type in its message


def build_parser(language: str) -> argparse.ArgumentParser:
    """The parser of every command, with help in ``language`` (``ja`` or ``en``)."""
    ja = language == "ja"

    def words(text: Text) -> str:
        return (text.ja if ja else text.en).replace("%", "%%")

    common = _Parser(add_help=False)
    common.add_argument("--lang", choices=("ja", "en"), default=argparse.SUPPRESS, help=words(_LANG))
    parser = _Parser(
        prog="peephole",
        description=words(_ABOUT),
        epilog=words(_EPILOG),
        parents=[common],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("peephole")
    except PackageNotFoundError:  # run from a checkout that was never installed
        number = "?"
    parser.add_argument("--version", action="version", version=f"peephole {number}")
    parser.add_argument("--bank", action="append", metavar="PATH", help=words(_BANK))
    parser.set_defaults(run=_later("app"), lang=None)
    commands = parser.add_subparsers(title=words(_COMMANDS), metavar="")

    def command(name: str, module: str, about: Text) -> Any:
        added = commands.add_parser(name, help=words(about), description=words(about), parents=[common])
        added.set_defaults(run=_later(module))
        return added

    def bank_option(added: Any) -> None:
        added.add_argument("--bank", action="append", metavar="PATH", help=words(_BANK), default=argparse.SUPPRESS)

    drill = command("drill", "drill", _DRILL)
    drill.add_argument("topics", nargs="*", metavar="TOPIC", help=words(_TOPICS))
    drill.add_argument("-n", dest="count", type=_count, default=12, metavar="N", help=words(_N))
    drill.add_argument("--seed", type=int, help=words(_SEED))
    order = drill.add_mutually_exclusive_group()
    for name, text in (("new", _NEW), ("due", _DUE), ("mistakes", _MISTAKES)):
        order.add_argument(f"--{name}", dest="order", action="store_const", const=name, help=words(text))
    drill.add_argument("--plain", action="store_true", help=words(_PLAIN))
    bank_option(drill)

    sim = command("sim", "sim", _SIM)
    sim.add_argument("name", nargs="?", metavar="NAME", help=words(_SIM_NAME))
    sim.add_argument("--set", action="append", metavar="KEY=VALUE", default=[], help=words(_SET))
    sim.add_argument("--seed", type=int, default=0, help=words(_SEED))
    sim.add_argument("--json", action="store_true", help=words(_JSON))

    questions = command("questions", "questions", _QUESTIONS)
    questions.add_argument("topics", nargs="*", metavar="TOPIC", help=words(_TOPICS))
    questions.add_argument("--seed", type=int, default=0, help=words(_SEED))
    questions.add_argument("--json", action="store_true", help=words(_JSON))
    bank_option(questions)

    bank_option(command("grade", "grade", _GRADE))

    explain = command("explain", "explain", _EXPLAIN)
    explain.add_argument("question", metavar="ID", help=words(_ID))
    explain.add_argument("--answer", required=True, metavar="TEXT", help=words(_ANSWER))
    explain.add_argument("--seed", type=int, default=0, help=words(_SEED))
    explain.add_argument("--json", action="store_true", help=words(_JSON))
    bank_option(explain)

    check = command("check", "check", _CHECK)
    check.add_argument("paths", nargs="*", metavar="PATH", help=words(_PATHS))
    check.add_argument("--prove", action="store_true", help=words(_PROVE))
    check.add_argument("--json", action="store_true", help=words(_JSON))

    command("schema", "schema", _SCHEMA)
    return parser


_ABOUT = Text(
    "E資格の問題を解いて、答えの中をのぞく。引数なしで起動するとアプリが開きます。",
    "Answer E資格 questions, then look inside the answer. Without a command the app opens.",
)
_EPILOG = Text(
    "環境変数 PEEPHOLE_HOME で、記録と設定の置き場所を変えられます。",
    "PEEPHOLE_HOME moves everything the program writes.",
)
_COMMANDS = Text("コマンド", "commands")
_LANG = Text("表示の言語", "language of the texts")
_BANK = Text("自分の問題ファイルかフォルダ（繰り返し可）", "a bank of your own, file or folder (may be repeated)")
_DRILL = Text("単元を選んで続けて解く", "answer questions of the chosen topics")
_TOPICS = Text("単元（なければ全部）", "topics (all if none is given)")
_N = Text("問題数（既定 12）", "how many questions (default 12)")
_SEED = Text("乱数の種（同じ種なら同じ結果）", "seed: the same seed gives the same result")
_NEW = Text("まだ解いていない問題だけ", "only questions not met yet")
_DUE = Text("復習の時期が来た問題だけ", "only questions due for review")
_MISTAKES = Text("前回まちがえた問題だけ", "only questions last answered wrongly")
_PLAIN = Text("画面を使わず 1 行ずつ対話する", "line by line, for screen readers and pipes")
_SIM = Text("シミュレーションを動かす（名前がなければ一覧）", "run a simulation (the list if no name is given)")
_SIM_NAME = Text("シミュレーションの名前", "name of a simulation")
_SET = Text("条件を変える（繰り返し可）", "change a parameter (may be repeated)")
_JSON = Text("1 行に 1 つの JSON で書く", "one JSON object a line")
_QUESTIONS = Text("すべての問題と正解", "every question as asked, with its key")
_GRADE = Text("標準入力の JSON を採点する", "grade JSON lines from standard input")
_EXPLAIN = Text("1 つの答えの読み取りと判定を説明する", "explain how one answer is read and graded")
_ID = Text("問題の id（一覧は peephole questions）", "id of a question (peephole questions lists them)")
_ANSWER = Text("答えの文字列", "the answer as it would be typed")
_CHECK = Text("問題ファイルを点検する", "check banks")
_PATHS = Text("ファイルかフォルダ（なければ付属の問題）", "files or folders (the shipped banks if none)")
_PROVE = Text("正解を計算で証明する", "prove every key by computation")
_SCHEMA = Text("問題ファイルの JSON Schema", "the JSON Schema of a bank")
