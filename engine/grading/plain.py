"""What was typed, cleaned for the kinds of answer that are not mathematics.

Every character keeps the place it was typed at, so that a message can point there and words can be quoted as
they were written. What is no answer at all (control characters, absurd length, program code) ends here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from fractions import Fraction

import msgspec

from engine.grading.verdict import Caret, Verdict, refused, unreadable
from sims.text import Text

LIMIT = 240
_MOST_SPELLED_OUT = 1000  # NFKC makes eighteen letters of one ﷺ
EMPTY = Text("まだ空欄です。わからなければ F3。", "Still empty. F3 if you don't know.")
NOT_AN_ANSWER = Text("答えとして読める文字だけを入れてください。", "Please type an answer only.")
UNKNOWN = Text("わからないときは F3 を押してください。", "Press F3 if you don't know.")
DIFFERS = Text("値が合いません。のぞいて比べてみましょう。", "The values differ. Look inside to compare.")
ONE_ONLY = Text("答えは 1 つだけ書いてください。", "Please give one answer only.")
NO_EQUATION = Text("等号は使わず、答えだけを書いてください。", "Please leave out the equals sign: only the answer.")
DIGITS = Text("数は、漢数字や単語ではなく 0–9 の数字で書いてください。", "Please write numbers with the digits 0–9.")
APPROXIMATE = re.compile(
    r"約|およそ|おおよそ|だいたい|大体|ほぼ|くらい|ぐらい|程度|前後|[~〜≈≒]|\b(?:about|around|approx\w*|roughly)\b"
)
NUMERALS = re.compile(
    r"[〇零一二三四五六七八九十百千万億]"
    r"|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen|hundred|thousand|million)\b"
)
TWO_ANSWERS = re.compile(r"\bor\b|または|又は|もしくは|若しくは|あるいは|それとも|[0-9)\]]\s*か\s*[0-9(\[]")

DASHES = "−‐‑‒–—―"  # what is typed for a minus and NFKC leaves as it is
MINUS_LIKE = re.compile(f"[{DASHES}ー](?=[0-9.])")  # ー is what a Japanese input method gives for -
ARROW = r"(?:[=-]+>|[=⇒→➡➔])\s*"  # before an answer: ⇒ 3

TOO_LARGE = refused(
    Text("数が大きすぎます。15 桁までで書いてください。", "That number is too large: 15 digits at most.")
)
EXACT = Text("「約」などは付けずに、値を 1 つに決めてください。", "Please settle on one value, without “about”.")

SPACES = frozenset("\t\n\r\u2028\u2029")
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\u2061\ufeff\u20e3") | {chr(code) for code in range(0xFE00, 0xFE10)}
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", "0123456789+-()n")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ]+")
_ATTACK = re.compile(
    r"__\w+__|<\s*/?\s*(?:script|iframe|img)\b|\$\(|\brm\s+-rf?\b|\bdrop\s+table\b|\bos\.system\b"
    r"|\b(?:eval|exec|popen|getattr|setattr|globals|locals)\("
)
_CODE = re.compile(
    r"__\w|\b(?:import|lambda|eval|exec|subprocess|builtins|globals)\b|\bwhile\s+true\b|\bos\.\w"
    r"|\b(?:open|print|input|system|exit|quit|compile|type)\s*\("
)
_TEMPLATE = re.compile(r"[$#%]\{.*|\{\{.*\}\}|\{\s*[0-9]*\s*\}")
_GIVEN_UP = re.compile(
    r"[?？\s]+|(?:i\s*)?(?:don'?t|do\s+not)\s+know|idk|dunno|no\s+idea|pass|パス|不明|知りません|知らない"
    r"|(?:よく)?(?:わか|分か|判)(?:らない|りません|らん)(?:です)?"
)
_LITERAL = re.compile(r"([+-]?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e([+-]?[0-9]{1,3}))?", re.IGNORECASE)
_MAX_DIGITS = 15


class UnreadError(ValueError):
    """The answer was not read: the verdict says why and what to type."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.named.en if verdict.named else verdict.outcome)
        self.verdict = verdict


class Typed(msgspec.Struct, frozen=True):
    """Cleaned text; ``origin[i]`` is the place in what was typed of the character ``text[i]``."""

    text: str
    origin: tuple[int, ...]

    def sub(self, pattern: re.Pattern[str], change: str | Callable[[re.Match[str]], str]) -> "Typed":
        """Every match replaced, as by :func:`re.sub`; the new characters stand where their match began."""
        pieces: list[str] = []
        origin: list[int] = []
        end = 0
        for match in pattern.finditer(self.text):
            start = match.start()
            new = match.expand(change) if isinstance(change, str) else change(match)
            pieces += (self.text[end:start], new)
            origin += self.origin[end:start]
            origin += [self.origin[start] if start < len(self.origin) else 0] * len(new)
            end = match.end()
        if not end:
            return self
        return Typed("".join([*pieces, self.text[end:]]), (*origin, *self.origin[end:]))

    def lower(self) -> "Typed":
        """In lower case, character by character."""
        return Typed("".join(low if len(low := one.lower()) == 1 else one for one in self.text), self.origin)

    def cut(self, start: int, end: int) -> "Typed":
        """The part from ``start`` to ``end``, without spaces around it."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        end = start + len(part.strip())
        return Typed(self.text[start:end], self.origin[start:end])

    def caret(self, index: int, note: Text) -> Caret:
        """A caret under the character ``index`` of the cleaned text, or after the last one."""
        if index < len(self.origin):
            return Caret(self.origin[index], note)
        return Caret(self.origin[-1] + 1 if self.origin else 0, note)


def is_blank(raw: str) -> bool:
    """Whether nothing visible was typed."""
    return all(character.isspace() or character in INVISIBLE for character in raw)


def clean(raw: str, limit: int = LIMIT) -> Typed:
    """``raw`` in one width (NFKC), without spaces around it; a superscript becomes ``^(…)``.

    Raises :class:`UnreadError` for an empty answer, more than ``limit`` characters, control and format characters.
    """
    if len(raw) > limit:
        raise _too_long(limit)
    characters: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(raw):
        for plain in _plain(character):
            merged = unicodedata.normalize("NFC", characters[-1] + plain) if characters and ord(plain) > 127 else ""
            if len(merged) == 1:  # half-width ﾊﾟ and decomposed パ come as two characters
                characters[-1] = merged
            else:
                characters.append(plain)
                origin.append(place)
        if len(characters) > limit + _MOST_SPELLED_OUT:
            raise _too_long(limit)
    typed = Typed("".join(characters), tuple(origin))
    typed = typed.sub(_RAISED, lambda match: f"^({match[0].translate(_SUPERSCRIPTS)})")
    typed = typed.cut(0, len(typed.text))
    if not typed.text:
        raise UnreadError(unreadable(EMPTY))
    return typed


def _too_long(limit: int) -> UnreadError:
    text = Text(f"長すぎます。{limit} 文字までで書いてください。", f"Too long: {limit} characters at most.")
    return UnreadError(refused(text))


def _plain(character: str) -> str:
    if character in SPACES:
        return " "
    if character in INVISIBLE:
        return ""
    if unicodedata.category(character) in _REFUSED_CATEGORIES:
        raise UnreadError(refused(NOT_AN_ANSWER))
    if _RAISED.match(character):  # NFKC would make x² an x2
        return character
    plain = unicodedata.normalize("NFKC", character)
    return f" {plain}" if "⁄" in plain else plain  # NFKC would make 1½ an 11/2


def refuse_code(text: str) -> None:
    """Raise :class:`UnreadError` if a short answer is program text; for prose see :func:`refuse_attack`."""
    if _CODE.search(text.lower()) or _TEMPLATE.fullmatch(text):
        raise UnreadError(refused(NOT_AN_ANSWER))
    refuse_attack(text)


def refuse_attack(text: str) -> None:
    """Raise :class:`UnreadError` for what no prose holds either: dunder names, calls of eval, script tags."""
    if _ATTACK.search(text.lower()):
        raise UnreadError(refused(NOT_AN_ANSWER))


def refuse_giving_up(text: str) -> None:
    """Raise :class:`UnreadError` with the way to say "I don't know", if that is all that was typed."""
    if _GIVEN_UP.fullmatch(text.lower().rstrip("。. ")):
        raise UnreadError(unreadable(UNKNOWN))


def words(listed: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(listed.split())


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def literal(text: str) -> Fraction | None:
    """A plain number (``12``, ``-0.5``, ``1e-3``) as it stands, exactly, or None if ``text`` is anything else.

    Numbers of more than 15 digits or an exponent beyond 64 are not plain.
    """
    match = _LITERAL.fullmatch(text)
    if match is None or len(match[2]) > _MAX_DIGITS + 1 or abs(int(match[3] or 0)) > 64:
        return None
    digits = f"0{match[2]}".rstrip(".")
    return Fraction(f"{match[1]}{digits}e{match[3] or 0}")


def rational(text: str) -> Fraction | None:
    """A plain number, a fraction of two (``1/4``) or a percentage (``25 %``), exactly; None for anything else."""
    if text.endswith("%"):
        percent = literal(text[:-1].strip())
        return None if percent is None else percent / 100
    top, slash, bottom = text.partition("/")
    numerator, denominator = literal(top.strip()), literal(bottom.strip()) if slash else Fraction(1)
    return numerator / denominator if numerator is not None and denominator else None
