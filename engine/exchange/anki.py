"""Cards as a package that Anki imports. What was imported before is updated, and its reviews stay."""

import hashlib
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import genanki

from engine.exchange.card import FIELDS, Card
from sims.text import Text

MARK = b"Peephole"  # in the archive's comment, by which our own packages are known
COLLECTION = "collection.anki2"
# Anki knows the note type again by its number, and takes ours over the learner's own changes only if ours are later.
MODEL = 1_764_060_117
MODEL_CHANGED = 1_795_392_000  # 2026-11-23; to be raised with the templates below

# Anki sets what it takes for TeX, such as \(…\), unless told not to.
QUESTION = """\
<div class="tex2jax_ignore mathjax_ignore">
<div lang="ja">{{QuestionJa}}</div>
<div class="en" lang="en">{{QuestionEn}}</div>
{{#Code}}<pre>{{Code}}</pre>{{/Code}}
{{Options}}
</div>"""
ANSWER = """\
{{FrontSide}}
<hr id="answer">
<div class="tex2jax_ignore mathjax_ignore">
<div class="key">{{Answer}}</div>
{{#Formula}}<pre>{{Formula}}</pre>{{/Formula}}
<div lang="ja">{{ExplanationJa}}</div>
<div class="en" lang="en">{{ExplanationEn}}</div>
{{#NoteJa}}<div class="note" lang="ja">補足: {{NoteJa}}</div>{{/NoteJa}}
{{#NoteEn}}<div class="note en" lang="en">Note: {{NoteEn}}</div>{{/NoteEn}}
{{#InsideJa}}<pre lang="ja">{{InsideJa}}</pre><div lang="ja">{{CaptionJa}}</div>{{/InsideJa}}
{{#InsideEn}}<details lang="en"><summary>In English</summary><pre>{{InsideEn}}</pre>{{CaptionEn}}</details>{{/InsideEn}}
</div>"""
STYLE = """\
.card { font-family: system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Yu Gothic", sans-serif; font-size: 18px;
  line-height: 1.6; text-align: left; max-width: 44em; margin: 0 auto; }
.en { opacity: 0.7; }
.key { font-weight: bold; }
.note, details { margin-top: 0.6em; }
pre, code { font-family: "Noto Sans Mono CJK JP", "Osaka-Mono", "MS Gothic", monospace; }
pre { font-size: 14px; line-height: 1.2; overflow-x: auto; }
"""


class _NoteType(genanki.Model):  # type: ignore[misc]
    """Dated by when the templates were last changed, not by when a deck was exported."""

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        described: dict[str, Any] = super().to_json(MODEL_CHANGED, deck_id)
        return described


def write_package(file: BinaryIO, cards: Iterable[Card], titles: Mapping[str, Text], now: float) -> int:
    """Write a package of ``cards``, with a deck for each topic. Returns how many notes there are.

    ``titles`` are those of the topics; ``now`` (seconds since 1970) tells Anki which of two exports is the later one.
    """
    decks = {topic: _deck(topic, title) for topic, title in titles.items()}
    model = _note_type()
    for card in cards:
        guid = genanki.guid_for("peephole", card.id)
        note = genanki.Note(model=model, fields=list(card.fields), tags=list(card.tags), guid=guid)
        decks[card.topic].add_note(note)
    used = [deck for deck in decks.values() if deck.notes]
    with TemporaryDirectory() as folder:
        collection = Path(folder, COLLECTION)
        with closing(sqlite3.connect(collection)) as connection:
            package = genanki.Package(used)
            package.write_to_db(connection.cursor(), now, itertools.count(int(now * 1000)))
            connection.commit()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(collection, COLLECTION)
            archive.writestr("media", json.dumps({}))
            archive.comment = MARK
    return sum(len(deck.notes) for deck in used)


def is_ours(path: Path) -> bool:
    """Whether ``path`` is a package that was written here."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == MARK and COLLECTION in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _note_type() -> genanki.Model:
    return _NoteType(
        MODEL,
        "Peephole",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Peephole", "qfmt": QUESTION, "afmt": ANSWER}],
        css=STYLE,
    )


def _deck(topic: str, title: Text) -> genanki.Deck:
    digest = hashlib.sha256(f"peephole:{topic}".encode()).digest()
    number = (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)
    return genanki.Deck(number, f"Peephole::{topic}", f"{title.ja} / {title.en}")
