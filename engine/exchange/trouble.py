"""What stops an export or an import."""

from engine.words import reason
from sims.text import Text


class ExchangeError(Exception):
    """It could not be done; ``text`` says what is wrong, where, and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class PlaceError(ExchangeError):
    """A file that cannot be read or written, by what it is or where it lies."""


def unusable(path: str, error: OSError, ja: str, en: str) -> PlaceError:
    """The error of a file: ``ja`` and ``en`` say what could not be done with it."""
    why = reason(error)
    return PlaceError(Text(f"{path} {ja}: {why.ja}。", f"{path} {en}: {why.en}."))
