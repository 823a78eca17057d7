"""A page in a headless Chromium, driven over its DevTools socket; nothing is fetched to do so."""

import asyncio
import itertools
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 40.0
# textual.js keeps its terminal to itself; its addons are told of it on the way.
CATCH_TERMINAL = """
Object.defineProperty(Object.prototype, "_terminal", {configurable: true, set(terminal) {
  if (terminal?.buffer?.active) window.caught = terminal;
  Object.defineProperty(this, "_terminal", {value: terminal, writable: true, configurable: true, enumerable: true});
}});
"""
SCREEN = """
(() => {
  if (!window.caught) return "";
  const buffer = window.caught.buffer.active, lines = [];
  for (let row = 0; row < window.caught.rows; row++)
    lines.push(buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? "");
  return lines.join("\\n");
})()
"""


class Page:
    """An open page. ``requests`` are the addresses that it asked for, ``complaints`` what went to its console."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reading = asyncio.create_task(self._read())

    async def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Carry out a DevTools command."""
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        async with asyncio.timeout(PATIENCE):
            return await self._answers[number]

    async def evaluate(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = await self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def open(self, url: str) -> None:
        """Go there, with everything it asks for being noted."""
        for domain in ("Page", "Network", "Runtime", "Log"):
            await self.send(f"{domain}.enable")
        await self.send("Page.addScriptToEvaluateOnNewDocument", source=CATCH_TERMINAL)
        await self.send("Page.navigate", url=url)

    async def screen(self, shows: Callable[[str], bool]) -> str:
        """What the terminal shows, as soon as it ``shows`` what is waited for."""
        text = ""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not shows(text):
                    await asyncio.sleep(0.05)
                    text = str(await self.evaluate(SCREEN))
                return text
        raise AssertionError(f"never came; the terminal shows:\n{text}\n{self.complaints}")

    async def press(self, key: str, code: int, text: str = "") -> None:
        """A key, down and up."""
        named = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        await self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **named)
        await self.send("Input.dispatchKeyEvent", type="keyUp", **named)

    async def enter(self) -> None:
        """The Enter key."""
        await self.press("Enter", 13, "\r")

    async def type(self, text: str) -> None:
        """Text as an input method commits it."""
        await self.send("Input.insertText", text=text)

    async def close(self) -> None:
        """No more is read."""
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading

    async def _read(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told.get("result", told))
                continue
            about = told["params"]
            match told["method"]:
                case "Network.requestWillBeSent":
                    self.requests.append(about["request"]["url"])
                case "Network.webSocketCreated":
                    self.requests.append(about["url"])
                case "Runtime.exceptionThrown":
                    self.complaints.append(json.dumps(about["exceptionDetails"], ensure_ascii=False))
                case "Log.entryAdded" if about["entry"]["level"] == "error":
                    self.complaints.append(about["entry"]["text"])


@asynccontextmanager
async def browser(profile: Path, *options: str) -> AsyncIterator[Page]:
    """A page in a browser of its own, which reaches this machine and nothing else."""
    assert CHROMIUM is not None
    command = [
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--remote-debugging-port=0",
        f"--user-data-dir={profile}", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--window-size=900,600",
        *options, "about:blank",
    ]  # fmt: skip
    with (profile.parent / "chromium.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        async with aiohttp.ClientSession() as session:
            target = await _page_of(session, profile / "DevToolsActivePort")
            async with session.ws_connect(target, max_msg_size=0) as socket:
                page = Page(socket)
                try:
                    yield page
                finally:
                    await page.close()
    finally:
        process.terminate()
        process.wait()


async def _page_of(session: aiohttp.ClientSession, file: Path) -> str:
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(OSError, IndexError, aiohttp.ClientError):
                port = file.read_text().split()[0]
                async with session.get(f"http://127.0.0.1:{port}/json") as response:
                    targets = [each for each in await response.json() if each["type"] == "page"]
                return str(targets[0]["webSocketDebuggerUrl"])
            await asyncio.sleep(0.05)
