"""Banks in folders of their own, for tests of reading and keeping them."""

from pathlib import Path

import pytest

from engine.bank import load as loading
from engine.bank.files import read_regular
from tests.small_banks import write


@pytest.fixture
def banks(tmp_path: Path) -> Path:
    """A folder of three banks."""
    for name in ("a", "b", "deep/c"):
        write(tmp_path / "banks" / f"{name}.yaml")
    return tmp_path / "banks"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a cache may be."""
    return tmp_path / "cache"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the bank files that were read, as they are read."""
    names: list[str] = []

    def reading(file: Path, limit: int) -> object:
        names.append(file.name)
        return read_regular(file, limit)

    monkeypatch.setattr(loading, "read_regular", reading)
    return names
