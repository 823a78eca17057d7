"""A question as the fields of an Anki note, in HTML. Nothing a bank says is taken for markup, template or formula."""

import html
import re

import msgspec

from engine.bank.asked import Asked, CodeKey, SymbolicKey, TextKey
from engine.bank.template import HOLE
from engine.drawing.formula import typeset
from engine.drawing.width import visible
from engine.exchange.inside import WIDTH, Inside
from engine.grading.shown import Solution, solution
from sims.text import Text

# The names are those of the note type in every collection that ever imported a deck: never to be changed.
FIELDS = (
    *("Id", "QuestionJa", "QuestionEn", "Code", "Options", "Answer", "ExplanationJa", "ExplanationEn"),
    *("Formula", "NoteJa", "NoteEn", "InsideJa", "InsideEn", "CaptionJa", "CaptionEn"),
)

NOTHING = Text("", "")
_BLANK = re.compile(r"\s+")
# [sound:…], [latex] and {{…}} mean something to Anki only as these characters.
_ENTITIES = str.maketrans({"[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;"})


class Card(msgspec.Struct, frozen=True):
    """A note: the question's id, its topic, its fields in the order of :data:`FIELDS`, its tags."""

    id: str
    topic: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]


def card_of(asked: Asked, inside: Inside | None) -> Card:
    """The card of ``asked``, with what is to be seen ``inside``."""
    found = solution(asked)
    note = asked.note or NOTHING
    picture, caption = (inside.picture, inside.caption) if inside else (NOTHING, NOTHING)
    fields = (
        _prose(asked.id),
        _prose(asked.ask.ja),
        _prose(asked.ask.en),
        _block(asked.code.replace(HOLE, "____")),
        _options(asked),
        _answer(asked, found),
        _prose(asked.explain.ja),
        _prose(asked.explain.en),
        _formula(found),
        _prose(note.ja),
        _prose(note.en),
        _block(picture.ja),
        _block(picture.en),
        _prose(caption.ja),
        _prose(caption.en),
    )
    return Card(asked.id, asked.topic, fields, tuple(_BLANK.sub("_", tag.strip()) for tag in asked.question.tags))


def _prose(text: str) -> str:
    return "<br>".join(map(_line, text.split("\n")))


def _block(text: str) -> str:
    return "\n".join(map(_line, text.split("\n")))


def _line(text: str) -> str:
    return html.escape(visible(text)).translate(_ENTITIES)


def _both(text: Text, code: bool = False) -> str:
    """Words in both languages, the English ones below, or once if they are alike."""
    ja, en = (f"<code>{_prose(each)}</code>" if code else _prose(each) for each in (text.ja, text.en))
    return ja if ja == en else f'{ja}<div class="en" lang="en">{en}</div>'


def _options(asked: Asked) -> str:
    items = "".join(f"<li>{_both(option.text, option.code)}</li>" for option in asked.choices)
    return items and f"<ol>{items}</ol>"


def _answer(asked: Asked, found: Solution) -> str:
    if asked.choices:
        rights = [(place, option) for place, option in enumerate(asked.choices, 1) if option.right]
        return "".join(f"<div>{place}. {_both(option.text, option.code)}</div>" for place, option in rights)
    match asked.key:
        case TextKey(rubric=rubric):
            points = "".join(f"<li>{_both(each.point)}</li>" for each in rubric)
            return f"{_both(found.key)}<ul>{points}</ul>"
        case SymbolicKey(label=label) | CodeKey(label=label):
            return _both(found.key.map(lambda key: f"{label} = {key}"), code=True)
        case _:
            return _both(found.key)


def _formula(found: Solution) -> str:
    if found.formula is None:
        return ""
    ja, en = (_block("\n".join(typeset(each, WIDTH))) for each in (found.formula.ja, found.formula.en))
    return ja if ja == en else f"{ja}\n\n{en}"
