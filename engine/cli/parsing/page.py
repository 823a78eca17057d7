"""``peephole --help``: a page like a manual's, and the words of every other help, in the reader's language."""

import argparse
import os
import shutil
from collections.abc import Sequence
from typing import Any

from sims.text import Language, Text

Entry = tuple[str, Text]
MOST_COLUMNS, LEAST_COLUMNS, NAME_CELLS = 100, 40, 18
USAGE = Text("使い方: ", "usage: ")
ARGUMENTS, OPTIONS = Text("引数", "arguments"), Text("オプション", "options")
HELP = Text("この説明を表示して終わる", "show this help and end")

TITLE = Text(
    "peephole — E資格の問題を解いて、答えの中をのぞく", "peephole — answer E資格 questions, then look inside the answer"
)
WAYS: tuple[Entry, ...] = (
    ("peephole", Text("アプリを開く", "open the app")),
    ("peephole COMMAND …", Text("コマンドを 1 つ実行する", "run one command")),
    ("peephole COMMAND --help", Text("その説明と例", "its options and examples")),
)
EXAMPLES: tuple[Entry, ...] = (
    ("peephole drill convolution -n 5", Text("畳み込みを 5 問", "five questions on convolution")),
    ("peephole plan --exam 2027-02-19", Text("試験日から逆算する", "plan towards the exam")),
    ("peephole sim cec --lang en", Text("シミュレーションを 1 つ見る", "draw one simulation")),
    ("peephole --bank my.yaml drill my", Text("自分の問題を解く", "a bank of your own")),
)
CODES: tuple[Entry, ...] = (
    ("0", Text("正常", "all well")),
    ("1", Text("問題が見つかった（check、doctor など）", "problems were found (check, doctor and others)")),
    ("2", Text("使い方が違う", "wrong usage")),
    ("130", Text("Ctrl+C で中断", "interrupted by Ctrl+C")),
)
FILES: tuple[Entry, ...] = (
    ("history.sqlite3", Text("答えの記録（追記だけ）", "every answer, only ever added to")),
    ("settings.json", Text("設定とキーの割り当て", "settings, and keys of your own")),
    ("banks/", Text("自分の問題（自動で読む）", "banks of your own, opened by themselves")),
    ("cache/", Text("消しても作り直される", "made again if removed")),
)
ENVIRONMENT: tuple[Entry, ...] = (
    ("PEEPHOLE_HOME", Text("上のファイルの置き場所", "where these files are")),
    ("LC_ALL, LANG", Text("表示の言語（--lang と設定が先）", "the language, after --lang and the settings")),
    ("NO_COLOR", Text("あれば色を使わない", "if set, no colours")),
    ("COLORTERM", Text("truecolor ならフルカラー", "truecolor: all colours")),
    (
        "TEXTUAL_DISABLE_KITTY_KEY",
        Text(
            "1 なら Kitty のキー方式を使わない（日本語入力が届かないとき）",
            "1: no Kitty keys (if an IME's text gets lost)",
        ),
    ),
)
HEADINGS = {
    "usage": Text("使い方", "Usage"),
    "options": Text("オプション（どのコマンドの前にも）", "Options, before any command"),
    "examples": Text("例", "Examples"),
    "codes": Text("終了コード", "Exit codes"),
    "files": Text("ファイル", "Files"),
    "environment": Text("環境変数", "Environment"),
}


def columns() -> int:
    """How wide a help may be here."""
    return max(min(shutil.get_terminal_size((MOST_COLUMNS, 24)).columns, MOST_COLUMNS), LEAST_COLUMNS)


def page(groups: Sequence[tuple[Text, Sequence[Entry]]], options: Sequence[Entry], language: Language) -> str:
    """The whole page: ``groups`` of commands, and the options that all of them know."""
    from engine.settings import home_folder

    home = str(home_folder(os.environ))
    sections: list[tuple[str, Sequence[Entry]]] = [(HEADINGS["usage"].get(language), WAYS)]
    sections += [(title.get(language), entries) for title, entries in groups]
    sections += [
        (HEADINGS["options"].get(language), options),
        (HEADINGS["examples"].get(language), EXAMPLES),
        (HEADINGS["codes"].get(language), CODES),
        (f"{HEADINGS['files'].get(language)} ({home})", FILES),
        (HEADINGS["environment"].get(language), ENVIRONMENT),
    ]
    lines = _wrapped(TITLE.get(language), columns())
    for title, entries in sections:
        lines += ["", title, *_entries(entries, language, columns())]
    return "\n".join(lines) + "\n"


def _entries(entries: Sequence[Entry], language: Language, width: int) -> list[str]:
    """Names in one column and words in another; the words wrap under themselves."""
    from engine.drawing.width import cell_width, fill

    lines: list[str] = []
    widest = max(cell_width(name) for name, _ in entries)
    column = max(min(widest, width // 2 - 4), NAME_CELLS - 2) + 4
    for name, words in entries:
        head = f"  {name}"
        if cell_width(head) + 2 > column:
            lines.append(head)
            head = ""
        for line in _wrapped(words.get(language), width - column):
            lines.append(fill(head, column) + line)
            head = ""
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """``text`` by phrase; the model of Japanese phrases is loaded only for what is too long."""
    from engine.drawing.width import cell_width

    if cell_width(text) <= width:
        return [text]
    from engine.drawing.wrap import wrap

    return wrap(text, width)


def formatter(language: Language) -> Any:
    """argparse's formatter in ``language``, which counts cells where argparse counts characters."""

    class Formatter(argparse.HelpFormatter):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **{"width": columns() - 4, "max_help_position": 22, **more})

        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
            super().add_usage(usage, actions, groups, USAGE.get(language) if prefix is None else prefix)

        def _split_lines(self, text: str, width: int) -> list[str]:
            return _wrapped(text, width)

        def _fill_text(self, text: str, width: int, indent: str) -> str:
            """Lines stay lines; one that is indented is an example to be copied, and stays whole."""
            wrapped = [[line] if line.startswith(" ") else _wrapped(line, width) for line in text.split("\n")]
            return "\n".join(indent + line for lines in wrapped for line in lines)

    return Formatter


def speak(parser: argparse.ArgumentParser, language: Language) -> None:
    """Headings and the option ``--help`` in ``language``; argparse keeps the former to itself."""
    parser._positionals.title = ARGUMENTS.get(language)
    parser._optionals.title = OPTIONS.get(language)
    parser.add_argument("-h", "--help", action="help", help=HELP.get(language))
