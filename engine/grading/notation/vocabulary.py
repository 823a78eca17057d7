"""The words an answer may use: the question's names in every spelling, functions, constants.

A run of letters that is no word may be several written together (``xy``, ``Wz0``, ``xln2``): it is split if there is
one shortest way to split it, and only one.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

import msgspec

from engine.grading.notation.functions import GREEK, RECIPROCALS, SPELLINGS

Kind = Literal["name", "constant", "function", "number"]

_CONSTANTS: Final = {"e": "e", "pi": "pi", "Pi": "pi", "PI": "pi"}
_INDEXED: Final = re.compile(r"([A-Za-z]+?)(?:_([A-Za-z0-9]+)|([0-9]+))")
_DIGITS: Final = re.compile(r"[0-9]+")


class Word(msgspec.Struct, frozen=True):
    """A word as it was understood: a variable or constant called ``name``, a function, or digits."""

    kind: Kind
    name: str
    written: str


class Vocabulary:
    """What may be written in the answer to one question."""

    def __init__(self, names: tuple[str, ...], functions: Mapping[str, str], aliases: Mapping[str, str]) -> None:
        self.names = names
        self._exact: dict[str, Word] = {}
        self._parts: dict[str, Word] = {}
        for word, name in _CONSTANTS.items():
            self._exact[word] = Word("constant", name, word)
        if "sigma" not in {latin(name) for name in (*names, *aliases)}:
            self._exact["sigma"] = Word("function", "sigmoid", "σ")
        for word, function in functions.items():
            self._exact[latin(word)] = self._parts[latin(word)] = Word("function", function, word)
        for spelling in (*SPELLINGS, *RECIPROCALS):
            if spelling.isalnum():
                self._parts.setdefault(spelling, self._builtin(spelling))
        for spelling, name in ({name: name for name in names} | dict(aliases)).items():
            for form in _forms(latin(spelling)):
                self._exact[form] = Word("name", name, spelling)
                if len(form) == 1 or not form.isalpha() or len(spelling) == 1:
                    self._parts[form] = self._exact[form]
        self._longest = max(map(len, self._parts))

    def find(self, word: str) -> Word | None:
        """``word`` as one word, or None."""
        if word in self._exact:
            return self._exact[word]
        return self._builtin(word) if word.lower() in SPELLINGS or word.lower() in RECIPROCALS else None

    def knows(self, word: str) -> bool:
        """Whether ``word`` is a word, or words written together."""
        return bool(word) and (self.find(word) is not None or bool(self.split(word, before_power=False)))

    def in_another_case(self, word: str) -> str | None:
        """``word`` in small or capital letters, if that is known: ``hwc`` for H·W·C."""
        return next((other for other in (word.lower(), word.upper()) if self.knows(other)), None)

    def spellings(self) -> list[str]:
        """Every word that may have been meant by one that is not known, the question's own first."""
        return [*dict.fromkeys([*self.names, *self._exact, *filter(str.isalnum, SPELLINGS)])]

    def split(self, word: str, before_power: bool) -> list[list[Word]]:
        """The shortest ways to read ``word`` as several words, at most two of them.

        ``e`` may only end a run, and only ``before_power``: ``xe^x`` is x·e^x, but ``ex`` may be meant as e^x.
        """
        ways: dict[int, list[list[Word]]] = {len(word): [[]]}
        for start in range(len(word) - 1, -1, -1):
            parts = self._parts_at(word, start, before_power)
            found = [[*part, *rest] for part, end in parts for rest in ways[end]]
            shortest = min(map(len, found), default=0)
            ways[start] = [way for way in found if len(way) == shortest][:2]
        return ways[0]

    def _parts_at(self, word: str, start: int, before_power: bool) -> Iterator[tuple[tuple[Word, ...], int]]:
        for end in range(start + 1, min(len(word), start + self._longest) + 1):
            part = self._parts.get(word[start:end])
            if part is not None:
                yield (part,), end
                digits = _DIGITS.match(word, end)
                if part.kind == "function" and digits:
                    yield (part, Word("number", digits[0], digits[0])), digits.end()
        if before_power and start and start == len(word) - 1 and word.endswith("e"):
            yield (self._exact["e"],), len(word)

    @staticmethod
    def _builtin(word: str) -> Word:
        spelling = word.lower()
        function = SPELLINGS.get(spelling, spelling)
        return Word("function", function, spelling if spelling.isalnum() else function)


@lru_cache(maxsize=512)
def vocabulary(
    names: tuple[str, ...], functions: tuple[tuple[str, str], ...], aliases: tuple[tuple[str, str], ...]
) -> Vocabulary:
    """The vocabulary of a question."""
    return Vocabulary(names, dict(functions), dict(aliases))


def latin(word: str) -> str:
    """``word`` with Greek letters by name: ``θ1`` is ``theta1``."""
    return "".join(GREEK.get(letter, letter) for letter in word)


def _forms(name: str) -> set[str]:
    """``W_in`` as ``W_in``, ``Win``, ``W_{in}``, ``W_(in)``; ``z0`` as ``z0``, ``z_0`` and so on; ``x`` as ``x``."""
    match = _INDEXED.fullmatch(name)
    if match is None:
        return {name}
    base, index = match[1], match[2] or match[3]
    return {f"{base}{form}" for form in (index, *(f"_{form}" for form in _indices(index)))} | {name}


def _indices(index: str) -> tuple[str, ...]:
    return index, f"{{{index}}}", f"({index})", f"{{({index})}}"


def nearest(word: str, names: Collection[str]) -> str | None:
    """The name that ``word`` was probably meant to be: another case first, then the fewest slips, at most two."""
    for name in names:
        if name.lower() == word.lower():
            return name
    most = min(2, len(word) - 2)  # two letters are too few to tell a slip from another name
    close = [(slips, name) for name in names if len(name) > 2 and (slips := _slips(word, name)) <= most]
    return min(close, key=lambda pair: pair[0])[1] if close else None


def _slips(first: str, second: str) -> int:
    """The edit distance of two words; 3 stands for any distance that large."""
    if abs(len(first) - len(second)) > 2:
        return 3
    row = list(range(len(second) + 1))
    for index, left in enumerate(first, 1):
        diagonal, row[0] = row[0], index
        for column, right in enumerate(second, 1):
            diagonal, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, diagonal + (left != right))
    return row[-1]
