"""What ``peephole serve`` says before it serves."""

import errno
import os
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli import serve
from engine.cli.context import UsageError

ROOT = Path(__file__).parents[2]


def test_a_port_in_use_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as caught:
            serve.listen("127.0.0.1", port)
    assert f"Port {port} is in use" in caught.value.text.en
    assert "--port 0" in caught.value.text.ja


def test_an_address_that_does_not_exist_is_said() -> None:
    with pytest.raises(UsageError) as caught:
        serve.listen("no address", 0)
    assert "--host no address" in caught.value.text.en


@pytest.mark.parametrize("url", ["example.org", "ftp://example.org", "https://", "http://["])
def test_a_public_url_must_be_a_whole_one(tmp_path: Path, url: str) -> None:
    done = _serve(tmp_path, "--public-url", url)
    assert done.returncode == 2
    assert "--public-url" in done.stderr


def test_without_textual_serve_it_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as util\nfind = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'textual_serve' else find(name, *more)\n"
    )
    done = _serve(tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert "-m pip install textual-serve" in done.stderr


def test_paths_with_spaces_and_quotes_reach_the_app_whole(tmp_path: Path) -> None:
    bank = tmp_path / "私の 'bank'.yaml"
    words = shlex.split(serve.command("ja", [str(bank)]))
    assert words[:2] == ["exec", sys.executable]
    assert words[-4:] == ["--lang", "ja", "--bank", str(bank)]
    assert "--lang" not in serve.command(None, [])


def test_a_wider_address_comes_with_a_warning(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "engine", "serve", "--host", "0.0.0.0", "--port", "0", "--lang", "ja"],  # noqa: S104
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT,
        env={**os.environ, "PEEPHOLE_HOME": str(tmp_path)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().startswith("http://0.0.0.0:")
    assert "Ctrl+C" in process.stdout.readline()
    process.terminate()
    assert "パスワード" in process.communicate(timeout=30)[1]


def test_what_else_may_keep_it_from_listening_has_its_reason() -> None:
    told = serve._unavailable("127.0.0.1", 80, PermissionError(errno.EACCES, "Permission denied"))
    assert "1024" in told.en


def _serve(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "engine", "serve", "--lang", "en", *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT, timeout=60,
        env={**os.environ, "PEEPHOLE_HOME": str(home), **environment},
    )  # fmt: skip
