"""The first pass over an expression: caps, allowed characters, brackets. Only what passes meets ``ast.parse``."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from keyword import iskeyword

from sims.expression.errors import HERE, ExpressionError
from sims.text import Text

MAX_LENGTH = 240
MAX_TOKENS = 160
MAX_NESTING = 24
MAX_SIGNS = 8
MAX_DIGITS = 15

_TOKEN = re.compile(
    r"""(?P<space>\ +)
      | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<open>[(\[])
      | (?P<close>[)\]])
      | (?P<operator>\*\*|<=|>=|==|!=|[-+*/@<>])
      | (?P<mark>[,.:=])""",
    re.VERBOSE | re.ASCII,
)
_PAIRS = {"(": ")", "[": "]"}
_CONDITIONS = {"if", "else", "and", "or", "not", "in", "is"}
# Whatever is not allowed is refused anyway; these are named so that they are told apart from a misspelt array.
_PROGRAMS = frozenset(
    [
        *("eval", "exec", "compile", "open", "input", "getattr", "setattr", "delattr", "globals", "locals", "vars"),
        *("dir", "type", "object", "super", "breakpoint", "exit", "quit", "os", "sys", "subprocess", "builtins"),
    ]
)
_NOT_AN_ANSWER = Text("答えとして読める文字だけを入れてください。", "Please type an answer only.")
_TOO_LARGE = Text("式が大きすぎます。短く書いてください。", "The expression is too large. Please write it shorter.")
_SIGNS = {
    "^": Text("累乗は ** と書いてください。", "Write a power with **."),
    "%": Text("% は使えません。", "% cannot be used here."),
    "{": Text("かっこは ( ) を使ってください。", "Use round brackets ( )."),
    "}": Text("かっこは ( ) を使ってください。", "Use round brackets ( )."),
    ";": Text("式は 1 つだけ書いてください。", "Write one expression only."),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the expression and where it begins."""

    kind: str
    text: str
    start: int


def scan(source: str, names: Collection[str]) -> list[Token]:
    """The tokens of ``source``, or :class:`ExpressionError` at the first that an expression cannot have."""
    _check_characters(source)
    tokens = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise _unknown_character(source, position)
        if match.lastgroup and match.lastgroup != "space":
            tokens.append(Token(match.lastgroup, match.group(), position))
        position = match.end()
    if not tokens:
        raise ExpressionError(Text("まだ空欄です。", "Still empty."), 0)
    if len(tokens) > MAX_TOKENS:
        raise ExpressionError(_TOO_LARGE, None, refused=True)
    for token in tokens:
        _check_word(token, names)
    _check_signs(tokens)
    _check_brackets(tokens)
    _check_neighbours(tokens)
    return tokens


def _check_characters(source: str) -> None:
    if len(source) > MAX_LENGTH:
        raise ExpressionError(
            Text(f"式が長すぎます（{MAX_LENGTH} 文字まで）。", f"Too long: at most {MAX_LENGTH} characters."),
            None,
            refused=True,
        )
    for offset, character in enumerate(source):
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co"):
            raise ExpressionError(_NOT_AN_ANSWER, offset, refused=True)
    # Python reads identifiers in NFKC, so a denied name may hide in full-width or mathematical letters.
    normal = unicodedata.normalize("NFKC", source)
    if "__" in normal or (normal != source and not _PROGRAMS.isdisjoint(re.findall(r"\w+", normal))):
        raise ExpressionError(_NOT_AN_ANSWER, None, refused=True)


def _unknown_character(source: str, offset: int) -> ExpressionError:
    character = source[offset]
    if character in "'\"\\`":
        return ExpressionError(_NOT_AN_ANSWER, offset, refused=True)
    if character in _SIGNS:
        return ExpressionError(_SIGNS[character], offset)
    return ExpressionError(
        Text(
            f"「{character}」は使えません。配列の名前と + - * / ** @ ( ) [ ] で書いてください。",
            f"{character} cannot be used. Write with the arrays' names and + - * / ** @ ( ) [ ].",
        ),
        offset,
    )


def _check_word(token: Token, names: Collection[str]) -> None:
    text, start = token.text, token.start
    if token.kind == "number" and (sum(map(str.isdigit, text)) > MAX_DIGITS or float(text) > 1e15):
        raise ExpressionError(_TOO_LARGE, start, refused=True)
    if token.kind != "name" or text in names:
        return
    if text in _CONDITIONS:
        message = Text(
            f"{text} は使えません。式だけを書いてください。", f"{text} cannot be used. Write an expression only."
        )
        raise ExpressionError(message, start)
    if text.startswith("_") or text in _PROGRAMS or (iskeyword(text) and text not in ("None", "True", "False")):
        raise ExpressionError(_NOT_AN_ANSWER, start, refused=True)


def _check_signs(tokens: list[Token]) -> None:
    run = 0
    for token in tokens:
        run = run + 1 if token.text in ("+", "-") else 0
        if run > MAX_SIGNS:
            raise ExpressionError(_TOO_LARGE, token.start, refused=True)


def _check_brackets(tokens: list[Token]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "open":
            opened.append(token)
            if len(opened) > MAX_NESTING:
                raise ExpressionError(_TOO_LARGE, token.start, refused=True)
        elif token.kind == "close" and (not opened or _PAIRS[opened.pop().text] != token.text):
            raise ExpressionError(
                Text(f"対応する開きかっこのない {token.text} があります。", f"This {token.text} closes nothing."),
                token.start,
                note=Text("対応するかっこがありません", "closes nothing"),
            )
    if opened:
        missing = _PAIRS[opened[-1].text]
        place = opened[-1].start + 1
        raise ExpressionError(
            Text(
                f"かっこが閉じていません。{place} 文字目の {opened[-1].text} に対応する {missing} を足してください。",
                f"A bracket is not closed. Add {missing} for the {opened[-1].text} at character {place}.",
            ),
            tokens[-1].start + len(tokens[-1].text),
            note=Text(f"ここで {missing} が足りません", f"{missing} is missing here"),
        )


def _check_neighbours(tokens: list[Token]) -> None:
    for left, right in pairwise(tokens):
        is_value = left.kind in ("number", "name", "close")
        if is_value and (right.kind in ("number", "name") or (right.text == "(" and left.kind != "name")):
            raise ExpressionError(
                Text("あいだに * などの演算子を入れてください。", "Put an operator such as * between these two."),
                right.start,
                note=Text("ここに * が要ります", "an operator is missing here"),
            )
        if left.kind == right.kind == "operator" and right.text not in ("+", "-"):
            raise ExpressionError(
                Text(f"{left.text} と {right.text} が続いています。", f"{left.text} is followed by {right.text}."),
                right.start,
            )
    last = tokens[-1]
    if last.kind in ("operator", "mark"):
        raise ExpressionError(
            Text(f"{last.text} のあとに続きがありません。", f"Something must follow {last.text}."),
            last.start + len(last.text),
            note=HERE,
        )
