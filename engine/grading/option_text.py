"""An option recognised by its own text, in either language; code is compared with spaces removed."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from engine.bank.asked import AskedOption
from engine.grading.plain import DASHES, MINUS_LIKE, clean, rational

_SIGNS = str.maketrans({**dict.fromkeys(DASHES, "-"), "×": "x", "′": "'"})
_DROPPED = re.compile(r"[\s「」『』\"'`“”‘’。、,!?・ー]|\.(?![0-9])")
_POLITE = re.compile(r"(?:だと思います|と思います|です|である|だ)$")
_QUOTES = "`「」『』“”"
_ARTICLE = re.compile(r"^(?:the|an?)\s+")
_JOINING = re.compile(r"(?:と|and|および|及び|[,;、&/+|・\s])*")


def own_text(options: Sequence[AskedOption], typed: str, multiple: bool) -> int | None:
    """The place of the one option that ``typed`` is the text of, or None."""
    found = {place for place, option in enumerate(options) if _is_text(option, typed)}
    if not found and not multiple:
        value = _value(typed)
        found = {
            place
            for place, option in enumerate(options)
            if value is not None and value in (_option_value(option.text.ja), _option_value(option.text.en))
        }
    return found.pop() if len(found) == 1 else None


def own_texts(options: Sequence[AskedOption], typed: str) -> tuple[int, ...]:
    """The places of several options whose texts follow one another in ``typed``, or none."""
    for code in (True, False):
        spellings = [
            (_spelling(side, code), place)
            for place, option in enumerate(options)
            if option.code == code
            for side in {option.text.ja, option.text.en}
        ]
        spellings.sort(key=lambda spelling: len(spelling[0]), reverse=True)
        found = _split(_compact(typed, code), spellings, frozenset())
        if found:
            return tuple(sorted(found))
    return ()


def _split(rest: str, spellings: Sequence[tuple[str, int]], used: frozenset[int]) -> frozenset[int]:
    joining = _JOINING.match(rest)
    rest = rest[joining.end() if joining else 0 :]
    if not rest:
        return used
    for spelling, place in spellings:
        if spelling and place not in used and rest.startswith(spelling):
            found = _split(rest[len(spelling) :], spellings, used | {place})
            if found:
                return found
    return frozenset()


def _is_text(option: AskedOption, typed: str) -> bool:
    if option.code:
        return _compact(typed, True) == _spelling(option.text.en, True)
    return not _wordings(typed).isdisjoint(_own_wordings(option.text.ja) | _own_wordings(option.text.en))


@lru_cache(maxsize=1024)
def _own_wordings(text: str) -> frozenset[str]:
    return _wordings(clean(text, len(text)).text)


def _wordings(text: str) -> frozenset[str]:
    """One cleaned text in words: with its article and without, with ``です`` and without."""
    words = (_compact(text, False), _in_words(text))
    return frozenset(form for one in words for form in (one, _POLITE.sub("", one)) if form)


@lru_cache(maxsize=1024)
def _spelling(text: str, code: bool) -> str:
    """An option's own text, cleaned as an answer is."""
    return _compact(clean(text, len(text)).text, code)


def _compact(text: str, code: bool) -> str:
    """What two spellings of one cleaned text have in common; code keeps its case and its signs."""
    if code:
        return re.sub(r"\s", "", text.strip().strip(_QUOTES).rstrip(";"))
    return _in_words(_ARTICLE.sub("", text.strip(_QUOTES + " ").casefold()))


def _in_words(text: str) -> str:
    return _DROPPED.sub("", MINUS_LIKE.sub("-", text.strip().casefold()).translate(_SIGNS))


def _value(text: str) -> Fraction | None:
    """The number that a text is (``.25``, ``1/4``, ``25 %``), or None."""
    return rational(MINUS_LIKE.sub("-", text.strip()).rstrip("。").replace("⁄", "/"))


@lru_cache(maxsize=1024)
def _option_value(text: str) -> Fraction | None:
    return _value(clean(text, len(text)).text)
