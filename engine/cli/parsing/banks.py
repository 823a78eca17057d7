"""Commands for those who write banks."""

from engine.cli.parsing.commands import Commands
from sims.text import Text


def add(commands: Commands) -> None:
    """``check``, ``schema``."""
    check = commands.add("check", Text("問題ファイルを点検する", "check banks"))
    paths = Text("ファイルかフォルダ（なければ付属の問題）", "files or folders (the shipped banks if none)")
    check.option("paths", about=paths, nargs="*", metavar="PATH")
    prove = Text("正解を計算で証明する", "prove every key by computation")
    check.option("--prove", about=prove, action="store_true")
    check.json()

    commands.add("schema", Text("問題ファイルの JSON Schema", "the JSON Schema of a bank"))
