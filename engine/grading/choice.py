"""Options picked by digit, letter, kana or their own text: ``2``, ``B``, ``②``, ``(2)``, ``2番``, ``イ``, ``選択肢2``.

A digit is the place on the screen, so it comes before an option whose text is that digit. The options' own texts
come before letters and kana, which the screen does not show.
"""

import re
import unicodedata
from collections.abc import Sequence

from engine.bank.asked import AskedOption
from engine.grading import plain
from engine.grading.option_text import own_text, own_texts
from engine.grading.plain import Typed, UnreadError
from engine.grading.verdict import Verdict, unreadable
from sims.text import Text

_LIMIT = 1000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KATAKANA = "アイウエオカキクケコ"
_HIRAGANA = "あいうえおかきくけこ"
_MISSING = Text("まだ足りないものがあります。", "Something is still missing.")
_ONE = Text("1 つだけ選んでください。", "Please pick one only.")
_NO_RANGE = Text("範囲ではなく、選ぶものを 1 つずつ書いてください。", "Please list what you pick, not a range.")
_ALL = re.compile(r"(?:全部|全て|すべて|all(?:\s+of\s+(?:them|these|the\s+above))?|both)")
_LEAD = re.compile(
    rf"(?:{plain.ARROW})?(?:(?:my|the|i\s+(?:choose|pick|think))\s+)?"
    r"(?:(?:答え|解答|回答|正解|answers?|ans)(?:\s*(?:は|is|are|[:=]))?\s*)?(?:(?:it\s+is|it's)\s+)?"
)
_END = re.compile(
    r"\s*(?:(?:が|を|に)(?:選びます|選択します|選択|します|する|選ぶ)|が(?:正しい|正解)(?:です|だ)?|(?:だ)?と思います|です|だ|だけ"
    r"|\s+(?:is|are)\s+(?:right|correct))?[\s。.!?]*$"
)
_NUMBERED = (*range(0x2460, 0x2469), *range(0x24F5, 0x24FE), *range(0x2776, 0x277F), *range(0x2780, 0x2789))
_NUMBERED += (*range(0x278A, 0x2793), *range(0x2160, 0x2169), *range(0x2170, 0x2179))
_DIGITS = {code: str(int(unicodedata.numeric(chr(code)))) for code in _NUMBERED}  # ① ⓵ ❶ ➀ ➊ Ⅰ ⅰ
_BEFORE = r"(?:(?:選択肢の?|選択|番号|肢|options?|choices?|numbers?|no\.?|#|第)\s*)?"
_AFTER = r"(?:\s*(?:番目|番|つ目|つめ|号|(?:st|nd|rd|th)\b))?(?:の(?:選択肢|もの|方))?"
_OPEN, _CLOSE = r"[(\[{「『<]?\s*", r"\s*[)\]}」』>]?"
_BETWEEN = re.compile(r"\s*(?:[,、;・/&+|。.:]|-|~|と|\band\b|および|及び)?\s*")
_DASHES = str.maketrans({**dict.fromkeys(plain.DASHES, "-"), "〜": "~"})


def grade(options: Sequence[AskedOption], multiple: bool, text: str) -> Verdict:
    """The verdict on a pick; a pick of several is partial while some are missing and none is wrong."""
    try:
        picked = pick(options, multiple, text)
    except UnreadError as error:
        return error.verdict
    shown = _show(options, picked)
    claim = ",".join(options[place].text.en if options[place].code else options[place].id for place in picked)
    wrong = [options[place] for place in picked if not options[place].right]
    if wrong:
        first = wrong[0]
        return Verdict(
            "wrong", 0.0, shown, mistake=first.id, named=first.why, evidence=first.evidence, claim=claim, picked=picked
        )
    rights = sum(option.right for option in options)
    if len(picked) < rights:
        return Verdict(
            "partial", len(picked) / rights, shown, mistake="incomplete", named=_MISSING, claim=claim, picked=picked
        )
    return Verdict("correct", 1.0, shown, claim=claim, picked=picked)


def reading(options: Sequence[AskedOption], multiple: bool, text: str) -> str:
    """How ``text`` is read: the places on the screen, ``2`` or ``1, 3``. Raises :class:`UnreadError`."""
    return _show(options, pick(options, multiple, text))


def _show(options: Sequence[AskedOption], picked: tuple[int, ...]) -> str:
    places = ", ".join(str(place + 1) for place in picked)
    return f"{places}  {options[picked[0]].text.en}" if len(picked) == 1 and options[picked[0]].code else places


def pick(options: Sequence[AskedOption], multiple: bool, text: str) -> tuple[int, ...]:
    """The places picked, from 0 and in order. Raises :class:`UnreadError` for what names no option."""
    typed = plain.clean(_plain_digits(text), _LIMIT)
    said = _core(typed)
    core = said.lower().text.translate(_DASHES)
    labels = _labels(core, len(options), multiple)
    digits = {str(place) for place in range(1, len(options) + 1)}
    if labels and digits.issuperset(labels) and (multiple or len(labels) == 1):
        return _places(labels, options, multiple, core)
    for spelling in (typed.text, said.text):
        own = own_text(options, spelling, multiple)
        if own is not None:
            return (own,)
    if multiple:
        several = tuple(range(len(options))) if _ALL.fullmatch(core) else own_texts(options, said.text)
        if several:
            return several
    numbered = _numbered(options, said.text, core, multiple)
    if numbered is not None and not (multiple and labels):  # 「2. いいえ」 is no list of 2, い, い and え
        return (numbered,)
    if labels:
        return _places(labels, options, multiple, core)
    plain.refuse_giving_up(typed.text)
    plain.refuse_code(typed.text)
    raise _request(options, multiple)


def names_place(text: str) -> bool:
    """Whether ``text`` is a bare number, and so points at a place on the screen even where there is no such option."""
    try:
        core = _core(plain.clean(_plain_digits(text), _LIMIT)).lower().text
    except UnreadError:
        return False
    labels = _labels(core, 9, False)
    return len(labels) == 1 and labels[0].isdigit()


def _plain_digits(text: str) -> str:
    """``text`` with ② as 2; no more of it than it takes to see that it is too long."""
    return text[: _LIMIT + 1].translate(_DIGITS)


def _core(typed: Typed) -> Typed:
    """Without ``答えは`` before and ``です`` after."""
    low = typed.lower().text
    lead, end = _LEAD.match(low), _END.search(low)
    start = lead.end() if lead else 0
    stop = end.start() if end else len(low)
    return typed.cut(start, stop) if start < stop else typed


def _labels(core: str, count: int, multiple: bool) -> list[str]:
    """The labels ``core`` consists of, or none if it holds anything else."""
    digits = "[0-9]" if multiple and count <= 9 else "[0-9]{1,3}"
    letters = "[a-z]" if multiple else "[a-z](?![a-z])"
    label = rf"({digits}|{letters}|[{_KATAKANA}{_HIRAGANA}])"
    item = re.compile(_BEFORE + _OPEN + label + _CLOSE + _AFTER)
    labels: list[str] = []
    at = 0
    while at < len(core):
        match = item.match(core, at)
        if match is None:
            return []
        labels.append(match[1])
        at = match.end()
        between = _BETWEEN.match(core, at)
        if between and not (not multiple and "." in between[0] and core[between.end() :][:1].isdigit()):
            at = between.end()
    return labels


def _places(labels: list[str], options: Sequence[AskedOption], multiple: bool, core: str) -> tuple[int, ...]:
    places = sorted({_place(label) for label in labels})
    if not multiple and len(labels) > 1:
        raise UnreadError(unreadable(_ONE))
    if places[-1] >= len(options) or places[0] < 0 or len(labels) > len(options):
        raise _request(options, multiple)
    is_range = "~" in core or ("-" in core and len(labels) == 2)
    if is_range and places[-1] - places[0] > 1:
        raise UnreadError(unreadable(_NO_RANGE))
    return tuple(places)


def _place(label: str) -> int:
    if label.isdigit():
        return int(label) - 1
    return max(alphabet.find(label) for alphabet in (_LETTERS, _KATAKANA, _HIRAGANA))


def _numbered(options: Sequence[AskedOption], said: str, core: str, multiple: bool) -> int | None:
    """An option written with its place before it (``2. …``), if both agree; ``core`` is ``said`` in lower case."""
    match = re.match(rf"{_BEFORE}{_OPEN}([0-9]|[a-z{_KATAKANA}]){_CLOSE}{_AFTER}[.:、,\s]*", core)
    if match is None or match.end() == len(said):
        return None
    own = own_text(options, said[match.end() :], multiple)
    return own if own == _place(match[1]) else None


def _request(options: Sequence[AskedOption], multiple: bool) -> UnreadError:
    count = len(options)
    named = Text(f"1–{count} の数字で選んでください。", f"Please pick with a digit, 1–{count}.")
    return UnreadError(unreadable(named, examples=("1,2", "12") if multiple else ("1", "(1)")))
