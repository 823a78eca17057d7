"""Commands for what goes out and comes in."""

from engine.cli.parsing.commands import Commands
from sims.text import Text

KINDS = ("anki", "csv", "json")
KIND = Text(
    "anki: 全問題のカード（.apkg）。csv: 表計算用の答えの一覧（= + - @ で始まる欄は頭に ' が付く）。"
    "json: 記録のすべて（import で元に戻る）",
    "anki: a card for every question (.apkg). csv: the answers, for spreadsheets (a cell that begins with = + - @ gets "
    "a ' in front). json: the whole history, which import reads back",
)


def add(commands: Commands) -> None:
    """``export``, ``import``, ``merge``."""
    export = commands.add(
        "export", Text("Anki、CSV、JSON に書き出す", "write cards for Anki, or answers as CSV or JSON")
    )
    export.option("kind", about=KIND, choices=KINDS, metavar="{anki,csv,json}")
    file = Text("書く先（csv と json は - で標準出力）", "where to write it; - is standard output (csv, json)")
    export.option("file", about=file, metavar="FILE")
    topics = Text("単元（anki だけ、なければ全部）", "topics (anki alone; all if none is given)")
    export.option("topics", about=topics, nargs="*", metavar="TOPIC", default=[])  # or argparse calls it required
    export.bank()

    imported = commands.add(
        "import", Text("書き出した JSON を記録に取り込む", "read an export as JSON into the history"), "import_"
    )
    source = Text("export json で書いたファイル（- で標準入力）", "a file that export json wrote; - is standard input")
    imported.option("file", about=source, metavar="FILE")

    merge = commands.add("merge", Text("ほかの機械の記録を合わせる", "join another machine's history into this one"))
    other = Text("ほかの機械の history.sqlite3（変更しません）", "another machine's history.sqlite3; it is not changed")
    merge.option("file", about=other, metavar="FILE")
