"""The command line: which command, in which language, and a last net so that no traceback reaches anyone."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from engine.cli.context import PROBLEMS, USAGE, Context, UsageError
from engine.cli.parser import build_parser
from engine.crash import crash_note
from engine.settings import home_folder, language_of, load_settings
from sims.text import Language, Text

INTERRUPTED = 130
LOOKS_ONLY = "doctor"  # writes nothing, not even a copy of broken settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 good, 1 problems found, 2 usage."""
    _speak_utf8()
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    home = home_folder(os.environ)
    settings, warning = load_settings(home, keep=LOOKS_ONLY not in arguments)
    surroundings = settings.language or language_of(os.environ)
    options = build_parser(_asked_language(arguments) or surroundings).parse_args(arguments)
    context = Context(home=home, settings=settings, language=options.lang or surroundings, options=options)
    if warning:
        context.warn(warning)
    try:
        return int(options.run(context))
    except UsageError as error:
        context.warn(error.text)
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `peephole questions | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the last net: whatever it is, a learner gets a sentence and a file, never a traceback
        context.warn(_told(home, error))
        return PROBLEMS


def _told(home: Path, error: Exception) -> Text:
    """What to say of ``error``: a history that fails says itself what became of the answers."""
    from engine.study.history.trouble import HistoryError  # SQLite, which a command that works may never need

    return error.text if isinstance(error, HistoryError) else crash_note(home, error)


def _speak_utf8() -> None:
    """Whatever the locale says: LANG=C must not turn Japanese into a traceback."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _asked_language(arguments: Sequence[str]) -> Language | None:
    """The value of ``--lang`` before parsing, so that even ``--help`` speaks it."""
    for index, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        match value:
            case "ja" | "en":
                return value
    return None
