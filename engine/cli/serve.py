"""``peephole serve``: the app in a browser, on this machine unless another address is given."""

import errno
import os
import shlex
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from engine.cli.context import Context, UsageError
from sims.text import Text

NEEDED = "textual_serve"
LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
NO_PASSWORD = Text(
    "注意: パスワードはありません。このアドレスに届く人はだれでも、あなたの記録を見て書き足せます。",
    "Careful: there is no password. Whoever reaches this address can read your history and add to it.",
)
ONE_HISTORY = Text(
    "開いたページごとに 1 つのプロセスが動き、記録は 1 つを安全に共有します。止めるには Ctrl+C。",
    "Each open page has a process of its own; all share one history safely. Ctrl+C ends it.",
)


def run(context: Context) -> int:
    """Serve until Ctrl+C."""
    options = context.options
    if find_spec(NEEDED) is None:
        install = f"{shlex.quote(sys.executable)} -m pip install textual-serve"
        raise UsageError(
            Text(
                f"ブラウザで使うには textual-serve が要ります:\n  {install}",
                f"The app in a browser needs textual-serve:\n  {install}",
            )
        )
    outside = _outside(options.public_url)
    listener = listen(options.host, options.port)
    from engine.web.server import PageServer

    # The children are other processes: what this one was told they find in their environment and arguments.
    os.environ["PEEPHOLE_HOME"] = str(context.home.absolute())
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_root()), os.environ.get("PYTHONPATH"))))
    hosts = LOOPBACK | {urlsplit(f"//{outside}").hostname or ""} if options.host in LOOPBACK else frozenset[str]()
    child = command(options.lang, getattr(options, "bank", None) or [])
    server = PageServer(child, listener, context.language, hosts, outside)
    if options.host not in LOOPBACK:
        context.warn(NO_PASSWORD)
    context.say(_address(options.host, listener.getsockname()[1]))
    if options.public_url:
        context.say(options.public_url)
    context.say(ONE_HISTORY)
    sys.stdout.flush()
    server.run()
    return 0


def command(language: str | None, banks: list[str]) -> str:
    """The app of one visitor in the shell's words, safe for any path. Without ``language`` it is the learner's own."""
    words = [sys.executable, "-P", "-m", "engine"]
    words += ["--lang", language] if language else []
    for bank in banks:
        words += ["--bank", str(Path(bank).absolute())]
    if sys.platform == "win32":
        return subprocess.list2cmdline(words)
    return f"exec {shlex.join(words)}"  # no shell in between: what is stopped is the app


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises UsageError if it cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError:
        raise UsageError(
            Text(f"--host {host}: そのアドレスはありません。", f"--host {host}: there is no such address.")
        ) from None
    try:
        if sys.platform != "win32":  # there it would let two servers have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise UsageError(_unavailable(host, port, error)) from None
    return listener


def _unavailable(host: str, port: int, error: OSError) -> Text:
    """Why the address cannot be had, and what to write instead."""
    if error.errno == errno.EADDRINUSE:
        return Text(
            f"ポート {port} はほかのプログラムが使っています。--port {port % 65535 + 1} か --port 0 を試してください。",
            f"Port {port} is in use by another program. Try --port {port % 65535 + 1}, or --port 0.",
        )
    if error.errno == errno.EACCES:
        return Text(
            f"ポート {port} を使う権限がありません。--port 8000 のように 1024 以上を。",
            f"Port {port} is not allowed. Take one from 1024 up, such as --port 8000.",
        )
    reason = error.strerror or str(error)
    return Text(
        f"{host} のポート {port} で待ち受けられません（{reason}）。",
        f"Cannot listen at {host}, port {port} ({reason}).",
    )


def _outside(public_url: str | None) -> str:
    """Host and port in ``--public-url``, if it is given. Raises UsageError if they are not in it."""
    if public_url is None:
        return ""
    try:
        parts = urlsplit(public_url)
        found = parts.netloc if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        found = ""
    if not found:
        raise UsageError(
            Text(
                "--public-url: https://例.jp/ のように書いてください。",
                "--public-url: write a whole URL, such as https://example.org/.",
            )
        )
    return found


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _root() -> Path:
    """Where the packages lie: the children start in the same folder, which may hold others of the same name."""
    return Path(__file__).parents[2]
