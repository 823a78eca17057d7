"""Finding the phrasings of a rubric in an answer: widths, case, spaces, punctuation and long vowels do not matter."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise

import msgspec

from engine.grading.plain import Typed, clean

LIMIT = 2000
_MOST_HITS = 8
_DROPPED = re.compile(r"[\s。、,.;:!?・/\-‐–—ー「」『』()\[\]\"'`“”‘’*_~〜]")
_SPELLINGS = {
    "出来": "でき",
    "無い": "ない",
    "無く": "なく",
    "無し": "なし",
    "全て": "すべて",
    "全部": "すべて",
    "事が": "ことが",
}
_SPELLINGS |= {
    "一つ": "1つ",
    "二つ": "2つ",
    "三つ": "3つ",
    "四つ": "4つ",
    "ひとつ": "1つ",
    "ふたつ": "2つ",
    "みっつ": "3つ",
}
_NEGATIONS = frozenset(("な", "ない", "なく", "なし", "ず", "ません", "not", "no", "never", "without"))
_CLAUSE_END = re.compile("[。、,;!?]")
_SPELLING = re.compile("|".join(_SPELLINGS))


class Span(msgspec.Struct, frozen=True):
    """A stretch of the text, from ``start`` to before ``end``."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two have a character in common."""
        return self.start < other.end and other.start < self.end


class Hit(msgspec.Struct, frozen=True):
    """Where the words of one phrasing stand, in the order of the text.

    ``subject`` is the first word of the phrasing if it is a Latin name (``LSTM&3つ``): the others are said of it.
    """

    words: tuple[Span, ...]
    subject: Span | None = None

    @property
    def start(self) -> int:
        """Where the first word begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where the last word ends."""
        return max(word.end for word in self.words)

    def covers(self, span: Span) -> bool:
        """Whether one of the words holds some of ``span``."""
        return any(word.overlaps(span) for word in self.words)


class Prose:
    """An answer in words: ``text`` in one width and case, ``bare`` without spaces and punctuation."""

    def __init__(self, raw: str) -> None:
        # A line break ends a sentence; the replacement is as long as what it replaces, so places stay.
        typed = clean(raw.replace("\r", " ").replace("\n", "。"), LIMIT).lower()
        self._typed: Typed = typed.sub(_SPELLING, lambda match: _SPELLINGS[match[0]])
        self._raw = raw
        self.text = self._typed.text
        self._places = [place for place, one in enumerate(self.text) if not _DROPPED.match(one)]
        self.bare = "".join(self.text[place] for place in self._places)

    def find(self, word: str) -> Iterator[Span]:
        """Every place in ``text`` of ``word``, itself bare; a Latin word only where one begins."""
        at = self.bare.find(word) if word else -1
        while at >= 0:
            span = self.span(at, at + len(word))
            if self._is_word(span, word):
                yield span
            at = self.bare.find(word, at + 1)

    def span(self, start: int, end: int) -> Span:
        """A stretch of ``bare`` as a stretch of ``text``."""
        return Span(self._places[start], self._places[end - 1] + 1)

    def quote(self, span: Span) -> str:
        """A stretch of ``text`` as it was typed."""
        first, last = self._typed.origin[span.start], self._typed.origin[span.end - 1]
        return self._raw[first : last + 1]

    def _is_word(self, span: Span, word: str) -> bool:
        before, after = self.text[: span.start][-1:], self.text[span.end :]
        if _latin(word[0]) and _latin(before):
            return False
        if word[-1].isdigit():
            return not after[:1].isdigit()
        short = len(word) <= 3 and _latin(word[-1])
        return not (short and _latin(after[1:2] if after[:1] == "s" else after[:1]))


def hits(prose: Prose, phrasing: str) -> list[Hit]:
    """Where ``phrasing`` (words joined by ``&``) occurs; each word of the first with the nearest of the others."""
    words = [bare(word) for word in phrasing.split("&")]
    if not all(words):
        return []
    places = [list(islice(prose.find(word), _MOST_HITS)) for word in words]
    if not all(places):
        return []
    found = []
    for anchor in places[0]:
        others = [min(spans, key=lambda span: _distance(span, anchor)) for spans in places[1:]]
        subject = anchor if others and _latin(words[0][0]) else None
        hit = Hit(tuple(sorted([anchor, *others], key=lambda span: span.start)), subject)
        if not any(_is_stray(prose, one, after) for one, after in pairwise(hit.words)):
            found.append(hit)
    return found


def _distance(one: Span, other: Span) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _is_stray(prose: Prose, before: Span, word: Span) -> bool:
    """Whether ``word`` is a bare negation that belongs to another clause than the word before it."""
    negation = prose.text[word.start : word.end] in _NEGATIONS
    return negation and _CLAUSE_END.search(prose.text, before.end, word.start) is not None


@lru_cache(maxsize=2048)
def bare(words: str) -> str:
    """``words`` as :attr:`Prose.bare` would have them."""
    typed = clean(words, LIMIT).lower().sub(_SPELLING, lambda match: _SPELLINGS[match[0]]) if words.strip() else None
    return _DROPPED.sub("", typed.text) if typed else ""


def _latin(one: str) -> bool:
    return one.isascii() and one.isalnum()
