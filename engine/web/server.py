"""textual-serve's server with our page, and closed to other pages that a visitor's browser may have open."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from importlib.resources import files
from socket import socket
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from sims.text import Language, Text

PAGE = "app_index.html"
FONT_SIZE = 16
SECONDS_TO_LEAVE = 5.0
HEARTBEAT = 15.0
MOST_CELLS = 1000
# Whatever the page might ask for elsewhere, the browser refuses.
POLICY = (
    "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
    "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
)
WORDS = {
    "starting": Text("準備しています…", "Starting…"),
    "ended": Text("終わりました。記録は残っています。", "Ended. Your answers are kept."),
    "again": Text("もう一度開く", "Open again"),
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PageServer(Server):
    """Serves ``command`` to each visitor on an open ``listener``.

    ``hosts`` are the names it answers to, all if empty; ``outside`` is host and port as seen from outside a proxy.
    """

    def __init__(self, command: str, listener: socket, language: Language, hosts: frozenset[str], outside: str) -> None:
        address = listener.getsockname()
        pages = str(files("engine.web") / "pages")
        super().__init__(command, address[0], address[1], "Peephole", templates_path=pages)
        self._listener = listener
        self._language: Language = language
        self._hosts = hosts
        self._outside = outside
        self._sockets: set[web.WebSocketResponse] = set()
        self._leaving: set[asyncio.Task[None]] = set()

    def run(self) -> None:
        """Serve until Ctrl+C."""
        handler = logging.StreamHandler()
        handler.setFormatter(_Short("%(message)s"))
        logging.getLogger().addHandler(handler)
        made = self._make_app()
        web.run_app(made, sock=self._listener, print=None, access_log=None, shutdown_timeout=SECONDS_TO_LEAVE)

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the command has."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Close every page's socket, so that its process ends first."""
        await asyncio.gather(*(socket.close() for socket in list(self._sockets)))

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        app.on_cleanup.append(self._wait_for_all)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse other names (they may be made to point here) and sockets that another site's page opens."""
        name = urlsplit(f"//{request.host}").hostname or ""
        if self._hosts and name not in self._hosts:
            raise web.HTTPForbidden(text=f"{name}: not served under this name.\n")
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc not in (request.host, self._outside):
            raise web.HTTPForbidden(text="Not for pages of other sites.\n")
        return await handler(request)

    async def handle_index(self, request: web.Request) -> web.Response:
        """Our page; ``?fontsize=20`` makes the characters larger."""
        size = min(max(_whole(request.query.get("fontsize"), FONT_SIZE), 6), 64)
        words = {name: text.get(self._language) for name, text in WORDS.items()}
        page = {"language": self._language, "font_size": size, "words": words}
        response = aiohttp_jinja2.render_template(PAGE, request, page)
        response.headers["Content-Security-Policy"] = POLICY
        return response

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One visitor: a process of the app for as long as the page is open."""
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, timeout=1.0)
        await socket.prepare(request)

        async def close() -> None:
            await socket.close()

        visitor = _Visitor(
            self.command,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=close,
            download_manager=self.download_manager,
        )
        self._sockets.add(socket)
        try:
            await visitor.start(_whole(request.query.get("width"), 80), _whole(request.query.get("height"), 24))
            await self._process_messages(socket, visitor)
        finally:
            self._sockets.discard(socket)
            # Whoever has closed the page has no request any more that the server would wait for.
            leaving = asyncio.create_task(visitor.stop())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
            await asyncio.shield(leaving)
        return socket

    async def _wait_for_all(self, app: web.Application) -> None:
        """Every visitor's process has ended and closed its history."""
        await asyncio.gather(*self._leaving, return_exceptions=True)


class _Visitor(AppService):
    """The app's process of one page."""

    async def stop(self) -> None:
        """End the process and wait until it has: it closes its history. One that does not listen is killed."""
        try:
            async with asyncio.timeout(SECONDS_TO_LEAVE):
                await super().stop()
                if self._process is not None:
                    await self._process.wait()
        except TimeoutError:
            if self._process is not None and self._process.returncode is None:
                self._process.kill()
                await self._process.wait()


def _whole(given: str | None, otherwise: int) -> int:
    """A number of cells in an address."""
    if given and given.isascii() and given.isdigit() and len(given) < 5:
        return min(max(int(given), 1), MOST_CELLS)
    return otherwise


class _Short(logging.Formatter):
    """An error in a line: the rest would help nobody here."""

    def formatException(self, ei: object) -> str:  # noqa: N802
        """Nothing: the message is the error's own."""
        return ""
