"""Commands for those who write banks."""

from engine.cli.parsing.commands import Commands
from sims.text import Text


def add(commands: Commands) -> None:
    """``new``, ``preview``, ``check``, ``schema``."""
    new = commands.add("new", Text("自分の問題ファイルを作りはじめる", "begin a bank of your own"))
    topic = Text("単元の名前（英小文字、数字、ハイフン）", "name of the topic (lower-case letters, digits, hyphens)")
    new.option("topic", about=topic, metavar="TOPIC")
    file = Text("書く場所（なければ自分の問題のフォルダ）", "where to write it (your own folder of banks if not given)")
    new.option("file", about=file, nargs="?", metavar="FILE")

    preview = commands.add(
        "preview",
        Text("書いている問題を画面で見る（保存すると読み直す）", "see questions as you write them; saving reloads"),
    )
    place = Text("問題ファイル。:ID をつけるとその問題だけ", "a bank, and with :ID one question of it")
    preview.option("place", about=place, metavar="FILE[:ID]")

    check = commands.add("check", Text("問題ファイルを点検する", "check banks"))
    paths = Text(
        "ファイルかフォルダ（なければ付属と自分の問題）", "files or folders (if none: what is shipped and your own)"
    )
    check.option("paths", about=paths, nargs="*", metavar="PATH")
    prove = Text("正解を計算で証明する", "prove every key by computation")
    check.option("--prove", about=prove, action="store_true")
    check.json()

    commands.add("schema", Text("問題ファイルの JSON Schema", "the JSON Schema of a bank"))
