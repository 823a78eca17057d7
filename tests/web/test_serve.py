"""``peephole serve``: in a real browser an answer is typed, judged and kept; and it is closed to everybody else."""

import os
import re
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import aiohttp
import pytest

from engine.study.history.history import HISTORY_FILE
from tests.web.browser import CHROMIUM, browser

ROOT = Path(__file__).parents[2]
BANK = """
topic: 自分
title: {ja: 自分の単元, en: My topic}
questions:
  - id: own-one
    kind: number
    ask: {ja: 1 + 1 は？, en: What is 1 + 1?}
    answer: 1 + 1
    explain: {ja: 足します。, en: Add.}
    sim: {name: cec}
    proof: {count: {a: '2'}}
"""


@contextmanager
def served(home: Path, *arguments: str) -> Iterator[str]:
    """The address of a server of its own; afterwards it has ended in peace."""
    command = [sys.executable, "-m", "engine", "serve", "--port", "0", *arguments]
    environment = {**os.environ, "PEEPHOLE_HOME": str(home)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, env=environment
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        _, told = process.communicate(timeout=30)
    assert "Traceback" not in told
    assert process.returncode == 0


def asked(url: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of an answer."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), dict(error.headers)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium installed (Debian: apt-get install chromium)")
async def test_an_answer_in_a_browser_is_judged_and_kept(tmp_path: Path) -> None:
    home, bank = tmp_path / "私の 家", tmp_path / "単元 1.yaml"
    bank.write_text(BANK, encoding="utf-8")
    with served(home, "--lang", "ja", "--bank", str(bank)) as url:
        async with browser(tmp_path / "profile") as page:
            await page.open(url)
            await page.screen(lambda text: "はじめる" in text)
            await page.enter()
            assert "５" not in await page.screen(lambda text: "入力 5×5" in text and "1 / 3" in text)
            await page.type("３×３")
            await page.screen(lambda text: "読み取り" in text)
            await page.enter()
            await page.screen(lambda text: "正解" in text and "のぞく" in text)
            assert await page.evaluate("document.fonts.check(\"16px 'Roboto Mono'\", 'a')")
            assert {re.match(r"\w+://([^/]*)", each)[1] for each in page.requests} == {url.removeprefix("http://")}  # type: ignore[index]
            assert page.complaints == []
    with closing(sqlite3.connect(home / HISTORY_FILE)) as connection:
        rows = connection.execute("SELECT question, text, outcome FROM event").fetchall()
    assert rows == [("conv-output-size", "３×３", "correct")]


def test_the_page_asks_for_nothing_elsewhere_and_speaks_the_readers_language(tmp_path: Path) -> None:
    with served(tmp_path, "--lang", "ja") as url:
        status, text, headers = asked(f"{url}/?fontsize=9999999999")
        assert status == 200
        assert "もう一度開く" in text
        assert 'lang="ja"' in text
        assert "http" not in re.sub(r'replace\("http", "ws"\)', "", text)
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        for name in re.findall(r'(?:src|href)="(static/[^"]+)"|url\("(static/[^"]+)"\)', text):
            with urllib.request.urlopen(f"{url}/{name[0] or name[1]}", timeout=30) as answer:  # noqa: S310
                assert answer.status == 200


async def test_two_visitors_at_once_and_both_end_with_the_server(tmp_path: Path) -> None:
    with served(tmp_path, "--lang", "en") as url:
        async with aiohttp.ClientSession() as session:
            address = f"{url}/ws?width=80&height=24"
            async with session.ws_connect(address) as first, session.ws_connect(address) as second:
                for socket in (first, second):
                    assert "Peephole" in await _drawn(socket)
                await first.close()
                await second.send_json(["stdin", "?"])
                assert "Esc" in await _drawn(second)
    history = tmp_path / HISTORY_FILE
    assert history.exists()
    assert not history.with_name(f"{HISTORY_FILE}-wal").exists()  # the last process has closed it


async def _drawn(socket: aiohttp.ClientWebSocketResponse) -> str:
    """What a visitor's terminal is sent until there is something to read in it."""
    text = ""
    while not ("Peephole" in text or "Esc" in text):
        text += (await socket.receive_bytes(timeout=30)).decode("utf-8", "replace")
    return text


def test_other_names_and_other_sites_are_turned_away(tmp_path: Path) -> None:
    with served(tmp_path, "--lang", "en", "--public-url", "https://example.org/peephole/") as url:
        port = url.rpartition(":")[2]
        assert asked(url, Host=f"localhost:{port}")[0] == 200
        assert asked(url, Host="evil.example")[0] == 403
        assert asked(f"{url}/ws", Origin="http://evil.example")[0] == 403
        assert asked(f"{url}/ws", Origin="http://localhost:1", Host=f"localhost:{port}")[0] == 403
        assert asked(url, Origin="https://example.org")[0] == 200
        assert asked(url, Host="example.org")[0] == 200
