"""A sentence in Japanese and English: the one way this project carries words for a reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """The same sentence in both languages. Plain characters, never markup."""

    ja: str
    en: str

    def get(self, language: Language) -> str:
        """The sentence in ``language``."""
        return self.ja if language == "ja" else self.en

    def map(self, change: Callable[[str], str]) -> "Text":
        """Both sentences, each passed through ``change``."""
        return Text(change(self.ja), change(self.en))

    def __bool__(self) -> bool:
        return bool(self.ja or self.en)


def same(text: str) -> Text:
    """A word that is spelled alike in both languages, such as a formula or a name."""
    return Text(text, text)
