"""Python and the packages that the program stands on."""

import platform
import re
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from engine.surroundings.finding import Finding
from sims.text import Text, same

LEAST_PYTHON = (3, 11)
PACKAGES = ("textual", "numpy", "sympy", "fsrs", "msgspec", "pyyaml")
AGAIN = Text("もう一度インストールしてください: ", "Install again: ")
_REQUIREMENT = re.compile(r"^([A-Za-z0-9_.-]+)\s*([^;\[]*)")
_BOUND = re.compile(r"(>=|<)\s*([0-9.]+)")


def python(found: tuple[int, ...] = tuple(sys.version_info[:3])) -> Finding:
    """The interpreter; older than the packages need is a problem."""
    number = ".".join(map(str, found))
    what = same(f"{platform.python_implementation()} {number}, {sys.executable}")
    enough = found[:2] >= LEAST_PYTHON
    mend = Text("Python 3.11 以上を使ってください。", "Use Python 3.11 or newer.")
    data = {"version": number, "executable": sys.executable, "platform": sys.platform}
    return Finding(
        "python", same("Python"), "ok" if enough else "problem", what, Text("", "") if enough else mend, data
    )


def packages(lookup: Callable[[str], str] = version) -> Iterator[Finding]:
    """One finding for all packages that are there, and one for each that is missing or of a wrong version."""
    bounds = required()
    found: dict[str, str | None] = {}
    for name in ("peephole", *PACKAGES):
        try:
            found[name] = lookup(name)
        except PackageNotFoundError:
            found[name] = None
    there = ", ".join(f"{name} {number}" for name, number in found.items() if number)
    yield Finding("packages", Text("パッケージ", "Packages"), "ok", same(there), data=found)
    for name, number in found.items():
        bound = bounds.get(name, "")
        if number is None and name == "peephole":
            what = Text("インストールせずに動いています。", "Runs from a checkout that is not installed.")
            yield Finding("peephole", same("peephole"), "look", what, _pip("."))
        elif number is None or not meets(number, bound):
            have = Text("ありません", "missing") if number is None else same(number)
            what = Text(f"{have.ja}（必要: {bound or 'あること'}）。", f"{have.en} (needed: {bound or 'any version'}).")
            yield Finding(name, same(name), "problem", what, _pip(f"'{name}{bound}'"), {"needed": bound})
    yield libyaml()


def libyaml() -> Finding:
    """Whether banks are read by libyaml, or slowly by Python alone."""
    name = Text("YAML の読み取り", "YAML reader")
    try:
        import yaml
    except ImportError:
        return Finding("libyaml", name, "problem", Text("PyYAML がありません。", "PyYAML is missing."), _pip("pyyaml"))
    if yaml.__with_libyaml__:
        return Finding("libyaml", name, "ok", Text("libyaml（C）", "libyaml (C)"), data={"libyaml": True})
    what = Text("libyaml がないので、問題を読むのが遅くなります。", "Without libyaml, so banks are read slowly.")
    return Finding("libyaml", name, "look", what, _pip("--force-reinstall pyyaml"), {"libyaml": False})


def required() -> dict[str, str]:
    """The bounds of each package as this one declares them; empty in a checkout that was never installed."""
    try:
        declared = requires("peephole") or []
    except PackageNotFoundError:
        return {}
    matches = (_REQUIREMENT.match(each) for each in declared if "extra ==" not in each)
    return {match[1].lower(): match[2].strip() for match in matches if match}


def meets(number: str, bound: str) -> bool:
    """Whether a version lies within bounds of the form ``>=8.2.8,<9``."""
    return all(
        _parts(number) >= _parts(limit) if relation == ">=" else _parts(number) < _parts(limit)
        for relation, limit in _BOUND.findall(bound)
    )


def _parts(number: str) -> tuple[int, ...]:
    """The numbers of a version's release, without zeros at the end: 9.0 is 9."""
    release = re.match(r"[0-9]+(?:\.[0-9]+)*", number)
    parts = [int(part) for part in release[0].split(".")] if release else []
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def _pip(what: str) -> Text:
    return AGAIN.map(lambda words: f"{words}{sys.executable} -m pip install {what}")
