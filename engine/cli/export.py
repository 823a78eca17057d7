"""``peephole export``: cards for Anki, answers for spreadsheets, the whole history as JSON."""

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from engine.bank.arithmetic import FormulaError
from engine.bank.ask import ask
from engine.bank.load import Library
from engine.cli.context import PROBLEMS, Context, UsageError
from engine.exchange.target import starts_with, whole_file
from engine.exchange.trouble import ExchangeError, PlaceError
from engine.study.clock import utc_now
from engine.study.history.history import HISTORY_FILE, History
from engine.study.history.trouble import HistoryError
from sims.simulation import ParameterError
from sims.text import Text

if TYPE_CHECKING:
    from engine.exchange.card import Card

STDOUT = "-"
DRAWING = Text("カードを作っています", "Making cards")
NOT_INSTALLED = Text(
    "Anki への書き出しには genanki が要ります。入れるには:\n  pip install genanki",
    "The export to Anki needs genanki. To install it:\n  pip install genanki",
)


def run(context: Context) -> int:
    """Write the file; 1 if something had to be left out or could not be read, 2 for a file that cannot be used."""
    options = context.options
    if options.topics and options.kind != "anki":
        raise UsageError(Text("単元を選べるのは anki だけです。", "Topics can be chosen for anki alone."))
    try:
        if options.kind == "anki":
            return _anki(context, Path(options.file))
        return _answers(context) if options.kind == "csv" else _everything(context)
    except PlaceError as error:
        raise UsageError(error.text) from None
    except (ExchangeError, HistoryError) as error:
        context.warn(error.text)
        return PROBLEMS


def _anki(context: Context, path: Path) -> int:
    try:
        from engine.exchange import anki
    except ModuleNotFoundError as error:
        if error.name != "genanki":
            raise
        context.warn(NOT_INSTALLED)
        return PROBLEMS
    if path.suffix != ".apkg":
        raise UsageError(
            Text(
                f"{path}: Anki が読むファイルの名前は .apkg で終わります。",
                f"{path}: the name must end in .apkg, or Anki does not open it.",
            )
        )
    library = context.library()
    topics = context.topics(library, context.options.topics)
    cards = _Cards(context, library, topics)
    titles = {bank.topic: bank.title for bank in library.banks}
    with whole_file(path, anki.is_ours) as file:
        count = anki.write_package(file, cards, titles, time.time())
    ja, en = f"{count} 問を {path} に書きました。", f"{count} question{'' if count == 1 else 's'} written to {path}."
    then = Text(
        "Anki の「読み込む」で開いてください。次からは更新になります。", "Import it in Anki; the next one updates it."
    )
    context.say(Text(f"{ja}{then.ja}", f"{en} {then.en}"))
    return PROBLEMS if library.problems or cards.faults else 0


class _Cards:
    """The cards of a library, made one by one; a terminal shows how far it is. ``faults`` counts what was left out."""

    def __init__(self, context: Context, library: Library, topics: list[str]) -> None:
        self.faults = 0
        self._context = context
        self._questions = library.questions(topics)

    def __iter__(self) -> "Iterator[Card]":
        from engine.exchange.card import card_of
        from engine.exchange.inside import Insides  # runs simulations: NumPy

        insides = Insides()
        with self._context.progress(DRAWING) as progress:
            for number, (bank, question) in enumerate(self._questions):
                progress.show(number, len(self._questions))
                try:
                    asked = ask(question, bank.topic)
                    card = card_of(asked, insides.of(asked))
                except (FormulaError, ParameterError) as error:
                    self.faults += 1
                    progress.clear()
                    self._context.warn(Text(f"{question.id}: {error.text.ja}", f"{question.id}: {error.text.en}"))
                    continue
                yield card


def _answers(context: Context) -> int:
    from engine.exchange import table

    library = context.library()
    topics = {card.id: bank.topic for bank, card in library.cards()}
    place = context.options.file
    encoding = table.PLAIN if place == STDOUT else table.MARKED
    with _history(context) as history, _target(place, table.beginning()) as file:
        answers = history.answers()
        table.write_csv(file, answers, topics, None, encoding)
    _say_written(
        context, Text(f"{len(answers)} 件の答え", f"{len(answers)} {'answer' if len(answers) == 1 else 'answers'}")
    )
    return PROBLEMS if library.problems else 0


def _everything(context: Context) -> int:
    from engine.exchange import archive

    with _history(context) as history, _target(context.options.file, archive.BEGINNING) as file:
        count = archive.write_json(file, history)
    _say_written(context, Text(f"記録のすべて（{count} 行）", f"The whole history ({count} rows)"))
    return 0


def _history(context: Context) -> History:
    history = History.open(context.home / HISTORY_FILE, utc_now)
    if history.warning:
        context.warn(history.warning)
    return history


def _target(place: str, beginning: bytes) -> AbstractContextManager[BinaryIO]:
    if place == STDOUT:
        sys.stdout.flush()
        return nullcontext(sys.stdout.buffer)
    return whole_file(Path(place), starts_with(beginning))


def _say_written(context: Context, what: Text) -> None:
    place = context.options.file
    if place != STDOUT:
        context.say(Text(f"{what.ja}を {place} に書きました。", f"{what.en} written to {place}."))
