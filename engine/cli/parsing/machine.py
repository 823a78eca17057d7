"""Commands about the machine: what it is like, a browser, the shell."""

from engine.cli.parsing.commands import Commands, whole
from sims.text import Text

SHELLS = ("bash", "zsh", "fish")


def add(commands: Commands) -> None:
    """``doctor``, ``serve``, ``completion``."""
    doctor = commands.add("doctor", Text("端末と環境を調べて、することを言う", "check the terminal and the machine"))
    doctor.option(
        "--keys", about=Text("変えられるキーの一覧", "list the keys that may be remapped"), action="store_true"
    )
    doctor.json()
    doctor.bank()

    serve = commands.add("serve", Text("ブラウザで使う（extra: web）", "the app in a browser (extra: web)"))
    host = Text("待ち受けるアドレス（既定 127.0.0.1）", "address to listen at (default 127.0.0.1)")
    serve.option("--host", about=host, default="127.0.0.1", metavar="HOST")
    port = Text("ポート（既定 8000、0 なら空いているもの）", "port (default 8000, 0 takes a free one)")
    serve.option("--port", about=port, type=whole(0, 65535), default=8000, metavar="PORT")
    public = Text("プロキシの外から見た URL", "the URL as seen from outside a proxy")
    serve.option("--public-url", about=public, metavar="URL")
    serve.bank()

    completion = commands.add(
        "completion", Text("シェルの補完スクリプトを書き出す", "print a completion script for a shell")
    )
    completion.option("shell", about=Text("シェルの名前", "name of the shell"), choices=SHELLS)
    completion.bank()
