"""Normalised text cut into numbers, words and signs. What is no part of an expression is named where it stands."""

import re
from fractions import Fraction
from typing import Final, Literal

import msgspec

from engine.grading.notation.errors import NotationError, problem, visible
from engine.grading.notation.functions import GREEK
from engine.grading.notation.limits import LIMITS, too_large
from engine.grading.notation.normalise import Source
from engine.grading.notation.vocabulary import Vocabulary, Word, latin, nearest

TokenKind = Literal["number", "name", "constant", "function", "open", "close", "bar", "operator", "comma", "end"]


class Token(msgspec.Struct, frozen=True):
    """A piece of the expression. ``text`` is what it means, ``written`` how it was spelled, ``place`` where."""

    kind: TokenKind
    text: str
    place: int
    written: str = ""


_GREEK: Final = "".join(GREEK)
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_EXPONENT: Final = re.compile(r"[eE]([+-]?[0-9]+)")
_LIBRARY: Final = re.compile(r"(?:np|numpy|math)\.(?=[A-Za-z])")
_WORD: Final = re.compile(
    rf"(?:[A-Za-z][A-Za-z0-9]*|[{_GREEK}][0-9]*)(?:_(?:[A-Za-z0-9]+|\{{ *\(?[A-Za-z0-9]+\)? *\}}|\([A-Za-z0-9]+\)))*"
)
_SPACES: Final = re.compile(" *")
_DIFFERENTIAL: Final = re.compile(r"([d∂][A-Za-z_0-9]*) ?/ ?[d∂][A-Za-z_0-9]+")
_JAPANESE: Final = re.compile("[\u3005-\u30ff\u3400-\u9fff\uff66-\uff9f。「」]")

# Program text is told before anything else is looked at, so that no part of it is taken for a slip.
_CODE: Final = re.compile(
    r"__|\"|`|(?<![\w)\]}'])'"  # dunder names and quotes; f'(x) is no quote
    r"|(?:[A-Za-z_)\]}]|[A-Za-z_][0-9]{1,3})\.(?<!np\.)(?<!numpy\.)(?<!math\.)[A-Za-z_]"  # attributes
    r"|\$\(|\$\{|\blambda\b[^:]*:|;\s*[a-z]{3,}"
)
_PROGRAM_WORDS: Final = frozenset(
    {"import", "eval", "exec", "compile", "open", "getattr", "setattr", "globals", "locals", "vars", "dir", "input"}
    | {"print", "system", "subprocess", "os", "sys", "builtins", "chr", "ord", "type", "exit", "quit", "help", "class"}
    | {"def", "while", "for", "breakpoint", "sympify", "lambdify", "symbols", "script", "select", "drop"}
)
_RELATIONS: Final = frozenset("<>≤≥≦≧≠≈≒≃≡→⇒")


def tokenise(source: Source, start: int, words: Vocabulary) -> list[Token]:
    """The tokens of ``source`` from character ``start`` on, closed by one of kind ``end``.

    Raises :class:`NotationError` at the first character or word that cannot be part of an expression.
    """
    if (equals := source.text.find("=", start)) >= 0:
        raise problem("equals", source.places[equals])
    end = _end(source.text)
    tokens: list[Token] = []
    index = _SPACES.match(source.text, start, end).end()  # type: ignore[union-attr]
    while index < end:
        found, index = _next(source, index, words)
        tokens += found
        if len(tokens) > LIMITS.tokens:
            raise too_large("tokens")
        index = _SPACES.match(source.text, index, end).end()  # type: ignore[union-attr]
    tokens.append(Token("end", "", source.places[end] if end < len(source.text) else source.places[-1]))
    return tokens


def refuse_code(source: Source) -> None:
    """Raise :class:`NotationError` for program text."""
    if _CODE.search(source.text):
        raise problem("code")


def _end(text: str) -> int:
    """Where the expression ends: a full stop or a semicolon after it is no part of it."""
    text = text.rstrip()
    return len(re.sub(r"(?:[。;]|(?<![0-9])\.)$", "", text).rstrip())


def _next(source: Source, index: int, words: Vocabulary) -> tuple[list[Token], int]:
    """The tokens that start at ``index``, and where they end."""
    text, place = source.text, source.places[index]
    if number := _NUMBER.match(text, index):
        return [_number(source, number, words)], number.end()
    if library := _LIBRARY.match(text, index):
        return [], library.end()
    if (quotient := _DIFFERENTIAL.match(text, index)) and words.find(latin(quotient[1])) is None:
        raise problem("differential", place, word=quotient[0])
    if word := _WORD.match(text, index):
        return _words(source, word, words), word.end()
    if text.startswith("**", index):
        return [Token("operator", "^", place, "**")], index + 2
    character = text[index]
    if character == "√":
        return [Token("function", "sqrt", place, "sqrt")], index + 1
    kind: TokenKind | None = _KINDS.get(character)
    if kind is None:
        raise _unknown_sign(character, text, index, place)
    return [Token(kind, character, place, character)], index + 1


_KINDS: Final[dict[str, TokenKind]] = {
    **dict.fromkeys("+-*/^!", "operator"),
    **dict.fromkeys("([{", "open"),
    **dict.fromkeys(")]}", "close"),
    "|": "bar",
    ",": "comma",
}


def _unknown_sign(character: str, text: str, index: int, place: int) -> NotationError:
    match character:
        case ".":
            return problem("stray-dot", place)
        case "'":
            return problem("prime", place)
        case "∞":
            return problem("infinity", place)
        case "∂" | "∇":
            return problem("differential", place, word=character)
        case "∑" | "∏" | "∫":
            return problem("big-operator", place, sign=character)
        case _ if character in _RELATIONS:
            return problem("relation", place, sign=character)
        case _ if _JAPANESE.match(text, index):
            return problem("japanese", place)
    return problem("unknown-sign", place, sign=visible(character))


def _number(source: Source, match: re.Match[str], words: Vocabulary) -> Token:
    place = source.places[match.start()]
    if sum(map(str.isdigit, match[0])) > LIMITS.digits:
        raise too_large("digits")
    exponent = _EXPONENT.match(source.text, match.end())
    if exponent and words.find(exponent[0]) is None:
        raise _scientific(match[0], exponent, place)
    return Token("number", match[0], place, match[0])


def _scientific(digits: str, exponent: re.Match[str], place: int) -> NotationError:
    power = int(exponent[1]) if len(exponent[1]) <= 3 else 99
    sign = "" if exponent[1][0] in "+-" else "*"
    product = f"{digits}*e{sign}{exponent[1]}"
    decimal = f"{digits}*10^{f'({power})' if power < 0 else power}"
    if -6 <= power <= 9:
        value = Fraction(value_of(digits)) * Fraction(10) ** power
        decimal = f"{float(value):.15f}".rstrip("0").rstrip(".")
    return problem("scientific", place, typed=digits + exponent[0], decimal=decimal, product=product)


def value_of(digits: str) -> Fraction:
    """A number as typed, exactly."""
    return Fraction(f"0{digits}".rstrip("."))


def _words(source: Source, match: re.Match[str], words: Vocabulary) -> list[Token]:
    """The word or words that a run of letters is."""
    written = re.sub(" ", "", match[0])
    run = latin(written)
    place = source.places[match.start()]
    after = source.text[match.end() :].lstrip(" ")
    known = words.find(run)
    if known is not None:
        return _bare_log(known, after, place) or [_token(known, place)]
    ways = words.split(run, after.startswith(("^", "**")))
    if len(ways) == 1:
        if any(word.kind == "number" and len(word.name) > LIMITS.digits for word in ways[0]):
            raise too_large("digits")
        return [_token(word, place) for word in ways[0]]
    if ways:
        raise problem("ambiguous-word", place, word=written)
    raise _unknown_word(written, run, after, place, words)


def _token(word: Word, place: int) -> Token:
    return Token(word.kind, word.name, place, word.written)


def _bare_log(word: Word, after: str, place: int) -> list[Token] | None:
    """``log2`` with nothing to take the logarithm of is the logarithm of 2."""
    if word.written not in ("log2", "log10") or re.match(r"[A-Za-z0-9(\[{|√.^]|[^\x00-\x7f]", after):
        return None
    return [Token("function", "log", place, "log"), Token("number", word.written[3:], place, word.written[3:])]


def _unknown_word(written: str, run: str, after: str, place: int, words: Vocabulary) -> NotationError:
    if run.lower() in _PROGRAM_WORDS:
        return problem("code")
    if after.startswith("'"):
        return problem("prime", place)
    if run[0] == "d" and words.knows(run[1:]):
        return problem("differential", place, word=written)
    digits = re.fullmatch(r"(.*[A-Za-z])_?([0-9]+)", run)
    if digits and digits[1] in words.names:
        return problem("digit-after-name", place, word=written, name=digits[1], digits=digits[2])
    meant = words.in_another_case(run) or nearest(run, words.spellings())
    if meant is not None:
        return problem("nearest-name", place, word=written, name=meant)
    names = ", ".join(words.names)
    if not names:
        return problem("no-names", place, word=written)
    return problem("unknown-function" if after.startswith("(") else "unknown-name", place, word=written, names=names)
