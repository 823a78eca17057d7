"""The learner's own keys: names from the settings to bindings, checked, and how a key is written on the screen."""

import unicodedata
from collections.abc import Iterable, Mapping

from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from engine.bank.problems import did_you_mean
from engine.tui import keys
from engine.tui.keys import WRITTEN, written
from sims.text import Text

# What every terminal sends as something else: Tab, Enter, Backspace, Escape.
NEVER_SENT = ("ctrl+i", "ctrl+m", "ctrl+h", "ctrl+left_square_bracket")
_KNOWN = frozenset(key.value for key in Keys) | frozenset(WRITTEN) | frozenset(KEY_NAME_REPLACEMENTS.values())


def all_shown(key: str) -> str:
    """Every key of a binding that a keyboard has, as people write them; full-width twins are left out."""
    names = [name.strip() for name in key.split(",")]
    return " ".join(dict.fromkeys(written(name) for name in names if name.isascii()))


def names() -> dict[str, keys.Key]:
    """Every key that may be remapped, by its name; where several go by one name, the first tells what it does."""
    found = [value for value in vars(keys).values() if isinstance(value, keys.Key) and value.action]
    return {key.name: key for key in reversed(found)}


def checked(own: Mapping[str, str]) -> tuple[dict[str, str], list[Text]]:
    """The part of the learner's keymap that can be used, and a sentence about each of the other entries."""
    good: dict[str, str] = {}
    faults: list[Text] = []
    known = names()
    for name, value in own.items():
        pressed = [key.strip() for key in value.split(",")]
        bad = next((key for key in pressed if not _exists(key)), None)
        if name not in known:
            hint = did_you_mean(name, list(known))
            faults.append(
                Text(
                    f"設定の keys にある {name} というキー操作はありません。{hint.ja}",
                    f"keys in the settings: there is no {name}. {hint.en}",
                )
            )
        elif bad is not None:
            faults.append(
                Text(
                    f"設定の keys にある {name} の {bad or '（空）'} は、端末から送れないキーです。",
                    f"keys in the settings: {name} is set to {bad or 'nothing'}, which a terminal cannot send.",
                )
            )
        else:
            good[name] = ",".join(pressed)
    return good, faults


def of_screen(bindings: Iterable[Binding], keymap: Mapping[str, str]) -> list[tuple[str, Text]]:
    """The keys of a screen and their words, in order, as the learner has them; the digits as one."""
    rows: dict[Text, list[str]] = {}
    for binding in bindings:
        told = rows.setdefault(Text(binding.tooltip, binding.description), [])
        told.append(all_shown(keymap.get(binding.id or "", binding.key)))
    return [
        (f"{told[0]}–{told[-1]}" if words == keys.BY_DIGIT else " ".join(told), words) for words, told in rows.items()
    ]


def _exists(key: str) -> bool:
    base = key.removeprefix("shift+").removeprefix("ctrl+")
    return key not in NEVER_SENT and (len(base) == 1 or key in _KNOWN or base in WRITTEN or _is_character(key))


def _is_character(name: str) -> bool:
    """Whether ``name`` is how Textual calls a character: its Unicode name in small letters."""
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True
