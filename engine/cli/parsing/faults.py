"""What argparse says about wrong usage, in the reader's language and with the nearest name."""

import re
from collections.abc import Callable, Sequence

from sims.text import Language, Text

Say = Callable[[re.Match[str]], Text]


def told(message: str, language: Language) -> str:
    """``message`` as a person would say it; itself, where argparse has a sentence that is not known here."""
    for pattern, say in _SENTENCES:
        if match := pattern.match(message):
            return say(match).get(language)
    return message


def _unknown_command(match: re.Match[str]) -> Text:
    hint = _hint(match)
    return Text(f"コマンド {match[1]} はありません。{hint.ja}", f"There is no command {match[1]}. {hint.en}")


def _unknown_choice(match: re.Match[str]) -> Text:
    known = ", ".join(_names(match[3]))
    return Text(
        f"{match[1]} に {match[2]} は使えません。使えるのは {known} です。", f"{match[1]}: {match[2]}? Use {known}."
    )


def _bad_value(match: re.Match[str]) -> Text:
    what = Text("整数", "a whole number") if match[2] == "int" else Text(match[2], match[2])
    return Text(f"{match[1]} に {match[3]} は使えません（{what.ja}）。", f"{match[1]}: {match[3]} is not {what.en}.")


def _missing(match: re.Match[str]) -> Text:
    return Text(f"{match[1]} が足りません。", f"Missing: {match[1]}.")


def _surplus(match: re.Match[str]) -> Text:
    return Text(f"{match[1]} は余分です。", f"Not known here: {match[1]}.")


def _not_together(match: re.Match[str]) -> Text:
    return Text(f"{match[1]} と {match[2]} は一緒に使えません。", f"{match[1]} and {match[2]} do not go together.")


def _no_value(match: re.Match[str]) -> Text:
    return Text(f"{match[1]} のあとに値を書いてください。", f"{match[1]} needs a value.")


def _hint(match: re.Match[str]) -> Text:
    from engine.bank.problems import did_you_mean

    return did_you_mean(match[1], _names(match[2]))


def _names(listed: str) -> list[str]:
    return [name.strip().strip("'") for name in listed.split(",")]


_SENTENCES: Sequence[tuple[re.Pattern[str], Say]] = (
    (re.compile(r"argument COMMAND: invalid choice: '(.*)' \(choose from (.*)\)$", re.DOTALL), _unknown_command),
    (re.compile(r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)$", re.DOTALL), _unknown_choice),
    (re.compile(r"argument (\S+): invalid (\S+) value: '(.*)'$", re.DOTALL), _bad_value),
    (re.compile(r"the following arguments are required: (.*)$"), _missing),
    (re.compile(r"unrecognized arguments: (.*)$", re.DOTALL), _surplus),
    (re.compile(r"argument (\S+): not allowed with argument (\S+)$"), _not_together),
    (re.compile(r"argument (\S+): expected one argument$"), _no_value),
)
