"""``--help`` of the whole and of every command, and what is said about wrong usage."""

import argparse
import re
import shlex

import pytest

from engine.cli.parser import build_parser
from engine.cli.parsing.examples import EXAMPLES
from engine.drawing.width import cell_width
from sims.text import LANGUAGES, Language


def commands(language: Language) -> dict[str, argparse.ArgumentParser]:
    parser = build_parser(language)
    (group,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return dict(group.choices)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ["60", "80", "300"])
def test_no_help_is_wider_than_the_terminal_or_100_columns(
    language: Language, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", room)
    monkeypatch.setenv("PEEPHOLE_HOME", "home")
    for parser in [build_parser(language), *commands(language).values()]:
        for line in parser.format_help().splitlines():
            copied = line.startswith("  peephole ")  # an example stays whole
            assert cell_width(line) <= (100 if copied else min(int(room), 100)), line


def test_the_page_names_every_command_in_both_languages_and_what_a_script_relies_on() -> None:
    for language in LANGUAGES:
        page = build_parser(language).format_help()
        for name in commands(language):
            assert re.search(rf"^  {name} +\S", page, re.MULTILINE), name
        for word in ("PEEPHOLE_HOME", "NO_COLOR", "LANG", "history.sqlite3", "settings.json", "130", "--bank"):
            assert word in page


def test_every_command_has_examples_and_the_parser_takes_them() -> None:
    for language in LANGUAGES:
        parser = build_parser(language)
        for name, below in commands(language).items():
            help_text = below.format_help()
            for typed, about in EXAMPLES[name]:
                assert f"  {typed}\n" in help_text
                assert about.get(language) in help_text
                words = shlex.split(re.split(r" [<>] ", typed)[0])
                assert words[:2] == ["peephole", name]
                assert callable(parser.parse_args(words[1:]).run)
    assert set(EXAMPLES) == set(commands("en"))


def test_japanese_help_has_no_english_headings() -> None:
    for parser in commands("ja").values():
        text = parser.format_help()
        assert not re.search(r"^(usage|options|positional arguments|examples):", text, re.MULTILINE)
        assert "show this help" not in text


@pytest.mark.parametrize(
    ("typed", "ja", "en"),
    [
        ("dril", "もしかして drill", "Did you mean drill?"),
        ("drill -n x", "-n に x は使えません（1..1000）", "-n: x is not 1..1000"),
        ("drill --seed x", "整数", "whole number"),
        ("drill --seed", "--seed のあとに値", "--seed needs a value"),
        ("drill --due --new", "一緒に使えません", "do not go together"),
        ("drill --nonsense", "--nonsense は余分", "Not known here: --nonsense"),
        ("explain", "ID", "Missing: ID"),
        ("completion csh", "bash, zsh, fish", "Use bash, zsh, fish"),
        ("--lang", "--lang のあとに値", "--lang needs a value"),
    ],
)
def test_wrong_usage_is_told_in_the_readers_language(
    typed: str, ja: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, words in (("ja", ja), ("en", en)):
        with pytest.raises(SystemExit) as caught:
            build_parser("ja" if language == "ja" else "en").parse_args(shlex.split(typed))
        assert caught.value.code == 2
        told = capsys.readouterr().err
        assert words in told
        assert "--help" in told
