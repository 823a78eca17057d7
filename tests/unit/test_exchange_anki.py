"""Cards for Anki: one for each question, the same one after the next export, and nothing in them but text."""

import html
import importlib.util
import io
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from engine.bank.ask import ask
from engine.bank.asked import Asked
from engine.bank.load import SHIPPED, load
from engine.bank.model import Question
from engine.exchange.card import FIELDS, Card, card_of
from engine.exchange.inside import Inside, Insides
from sims.simulation import Simulation
from sims.text import Text, same
from tests.shell import peephole, said

genanki = pytest.importorskip("genanki", reason="needs the extra anki: pip install genanki")

NEEDS_ANKI = pytest.mark.skipif(
    importlib.util.find_spec("anki") is None, reason="Anki's own library is not installed: pip install anki"
)
HOSTILE = "{{Answer}} {{c1::x}} <script>alert(1)</script> [sound:x.mp3] [latex]x[/latex] [[type:Id]] \x1f & \\(x\\)"
BANK = """\
topic: own
title: {{ja: 自分の, en: Own}}
questions:
  - id: own-one
    kind: number
    tags: [確認テスト, two words]
    ask: {{ja: 1 と {second} の和は？, en: What is 1 + {second}?}}
    answer: 1 + {second}
    explain: {{ja: 足します。, en: Add them.}}
    sim: {{name: convolution, with: {{size: '6'}}, nearest: {{ja: 近いもの。, en: A neighbour.}}}}
    proof: {{count: {{a: '2'}}}}
  - id: own-two
    kind: choice
    ask: {{ja: どれ？, en: Which?}}
    options:
      - {{id: a, text: {{ja: 右, en: right}}, right: true}}
      - {{id: b, text: {{ja: 左, en: left}}, why: {{ja: 違います。, en: No.}}}}
    explain: {{ja: 右です。, en: It is right.}}
    sim: {{name: convolution, with: {{size: '6'}}}}
    proof: {{none: a definition}}
"""
ANKI = """
import json, sys
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

collection = Collection(sys.argv[1])
options = ImportAnkiPackageOptions(merge_notetypes=False)
said = []
for package in sys.argv[2:]:
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options)).log
    notes = [collection.get_note(each) for each in collection.find_notes("")]
    card = collection.get_card(collection.find_cards("Id:own-one")[0])
    said.append({
        "new": len(log.new), "updated": len(log.updated), "notes": len(notes), "card": card.id, "reps": card.reps,
        "front": card.question(), "back": card.answer(), "css": card.note_type()["css"][:7],
        "deck": collection.decks.name(card.did), "tags": card.note().tags,
    })
    if card.reps == 0:  # the learner reviews it, and likes it pink
        card.reps = 7
        collection.update_card(card)
        kind = card.note_type()
        kind["css"] = "/*pink*/" + kind["css"]
        collection.models.update_dict(kind)
print(json.dumps(said))
"""


def notes(package: Path) -> dict[str, tuple[str, str]]:
    """By the question's id: the GUID and the fields."""
    with zipfile.ZipFile(package) as archive:
        assert json.loads(archive.read("media")) == {}
        collection = package.with_suffix(".anki2")
        collection.write_bytes(archive.read("collection.anki2"))
    with closing(sqlite3.connect(collection)) as connection:
        rows = connection.execute("SELECT guid, flds FROM notes").fetchall()
        decks, models = (json.loads(each) for each in connection.execute("SELECT decks, models FROM col").fetchone())
    assert all(name.startswith("Peephole::") for each in decks.values() if (name := each["name"]) != "Default")
    assert len(models) == 1
    return {fields.split("\x1f")[0]: (guid, fields) for guid, fields in rows}


def shipped() -> list[tuple[str, Question]]:
    return [(bank.topic, question) for bank, question in load([SHIPPED]).questions()]


def an_asked(name: str) -> Asked:
    found = load([SHIPPED]).find(name)
    assert found is not None
    return ask(found[1], found[0].topic)


def field(card: Card, name: str) -> str:
    return card.fields[FIELDS.index(name)]


def words_in(field: str) -> str:
    return html.unescape(re.sub("<[^>]*>", " ", field))


def exported(tmp_path: Path, second: int, name: str) -> Path:
    bank, package = tmp_path / "own.yaml", tmp_path / name
    bank.write_text(BANK.format(second=second), encoding="utf-8")
    done = peephole(tmp_path / "home", "export", "anki", package, "own", "--bank", bank)
    code, out, err = said(done)
    assert (code, err) == (0, "")
    assert "2 questions" in out
    return package


def test_every_question_becomes_a_note_that_is_the_same_in_the_next_export(tmp_path: Path) -> None:
    from engine.exchange.anki import write_package

    questions = shipped()
    cards = [card_of(ask(question, topic), None) for topic, question in questions]
    titles = {topic: same(topic) for topic, _ in questions}
    found = []
    for number, later in enumerate((1_800_000_000.0, 1_900_000_000.0)):
        package = tmp_path / f"{number}.apkg"
        with package.open("wb") as file:
            assert write_package(file, cards, titles, later) == len(questions)
        found.append(notes(package))
    assert set(found[0]) == {question.id for _, question in questions}
    assert found[0] == found[1]
    assert len({guid for guid, _ in found[0].values()}) == len(questions)
    assert found[0]["conv-output-size"][0] == genanki.guid_for("peephole", "conv-output-size")


@pytest.mark.parametrize(("topic", "question"), [pytest.param(*each, id=each[1].id) for each in shipped()])
def test_a_card_has_both_languages_and_the_key(topic: str, question: Question) -> None:
    card = card_of(ask(question, topic), None)
    assert all(field(card, name) for name in ("Id", "QuestionJa", "QuestionEn", "Answer", "ExplanationJa"))
    assert bool(field(card, "Options")) == bool(ask(question, topic).choices)
    for text in card.fields:
        assert not re.search(r"[\x00-\x09\x0b-\x1f]|\{\{|\[", text)
        assert set(re.findall("</?([a-z]+)", text)) <= {"br", "ol", "ul", "li", "div", "code"}


def test_options_keep_their_order_and_the_answer_names_one_of_them() -> None:
    asked = an_asked("cec-problem-choice")
    card = card_of(asked, None)
    options = re.findall("<li>(.*?)</li>", field(card, "Options"))
    assert len(options) == len(asked.choices)
    place = next(number for number, option in enumerate(asked.choices) if option.right)
    assert field(card, "Answer") == f"<div>{place + 1}. {options[place]}</div>"
    assert card == card_of(an_asked("cec-problem-choice"), None)


def test_a_derivative_comes_with_its_name_and_its_formula() -> None:
    card = card_of(an_asked("chain-rule-square"), None)
    assert field(card, "Answer") == "<code>∂z/∂x = 2(x + y)</code>"
    assert len(field(card, "Formula").splitlines()) == 3


def test_text_stays_text_whatever_it_looks_like() -> None:
    text = Text(HOSTILE, HOSTILE + "\nsecond")
    asked = an_asked("conv-output-size")
    asked = replace(asked, ask=text, explain=text, note=text, code=HOSTILE, formula=text)
    card = card_of(asked, Inside(text, text))
    for each in card.fields[1:]:
        if each and each != "3×3":
            assert not re.search(r"\{|\[|<(?!br>)|\x1f", each)
    shown = words_in(field(card, "QuestionJa"))
    assert shown == HOSTILE.replace("\x1f", "␟")
    assert field(card, "CaptionEn").endswith("<br>second")


def test_a_simulation_runs_once_for_all_questions_with_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []
    run = Simulation.run

    def counted(self: Simulation, *arguments: Any) -> Any:
        runs.append(self.name)
        return run(self, *arguments)

    monkeypatch.setattr(Simulation, "run", counted)
    insides = Insides()
    first, second = insides.of(an_asked("conv-output-size")), insides.of(an_asked("conv-output-size"))
    assert runs == ["convolution"]
    assert first == second
    assert first is not None
    assert "各画素を読む窓の数" in first.picture.ja
    assert "windows per pixel" in first.picture.en
    assert "3×3" in first.caption.en


def test_export_writes_a_package_of_the_topics_named(tmp_path: Path) -> None:
    found = notes(exported(tmp_path, 2, "own.apkg"))
    assert set(found) == {"own-one", "own-two"}
    fields = found["own-one"][1].split("\x1f")
    assert "1 と 2 の和は" in fields[FIELDS.index("QuestionJa")]
    assert fields[FIELDS.index("Answer")] == "3"
    assert "<" not in fields[FIELDS.index("InsideEn")]
    assert fields[FIELDS.index("CaptionEn")].endswith("<br>A neighbour.")


def test_an_earlier_package_gives_way_and_another_deck_does_not(tmp_path: Path) -> None:
    package = exported(tmp_path, 2, "own.apkg")
    before = notes(package)
    assert notes(exported(tmp_path, 4, "own.apkg"))["own-one"][0] == before["own-one"][0]
    foreign = io.BytesIO()
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("collection.anki2", b"")
    package.write_bytes(foreign.getvalue())
    code, out, err = said(peephole(tmp_path / "home", "export", "anki", package, "convolution"))
    assert (code, out) == (2, "")
    assert "not overwritten" in err
    assert package.read_bytes() == foreign.getvalue()


def test_without_genanki_it_says_what_to_install(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['genanki'] = None\n"
        "from engine.cli import main\nsys.exit(main(['export', 'anki', sys.argv[1], '--lang', 'en']))"
    )
    package = tmp_path / "a.apkg"
    done = subprocess.run([sys.executable, "-c", program, package], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install genanki" in done.stderr
    assert not package.exists()


@NEEDS_ANKI
def test_anki_imports_it_and_the_second_export_updates(tmp_path: Path) -> None:
    first = exported(tmp_path, 2, "first.apkg")
    second = later(exported(tmp_path, 4, "second.apkg"))
    collection = tmp_path / "collection.anki2"
    done = subprocess.run(
        [sys.executable, "-c", ANKI, collection, first, second], capture_output=True, text=True, check=True, timeout=60
    )
    before, after = json.loads(done.stdout)
    assert (before["new"], before["updated"], before["notes"]) == (2, 0, 2)
    assert (after["new"], after["updated"], after["notes"]) == (0, 2, 2)
    assert before["deck"] == "Peephole::own"
    assert before["tags"] == ["two_words", "確認テスト"]
    assert "1 と 2 の和は" in before["front"]
    assert "What is 1 + 4?" in after["front"]
    assert "Add them." in after["back"]
    assert (after["card"], after["reps"], after["css"]) == (before["card"], 7, "/*pink*")


def later(package: Path) -> Path:
    """The same package as an export of a minute later, without the wait."""
    with zipfile.ZipFile(package) as archive:
        collection = package.with_suffix(".anki2")
        collection.write_bytes(archive.read("collection.anki2"))
    with closing(sqlite3.connect(collection)) as connection, connection:
        connection.execute("UPDATE notes SET mod = mod + 60")
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(collection, "collection.anki2")
        archive.writestr("media", "{}")
    return package


@pytest.mark.slow
def test_every_question_of_the_shipped_banks_shows_what_is_inside(tmp_path: Path) -> None:
    package = tmp_path / "all.apkg"
    assert peephole(tmp_path / "home", "export", "anki", package).returncode == 0
    for name, (_, fields) in notes(package).items():
        shown = dict(zip(FIELDS, fields.split("\x1f"), strict=True))
        assert shown["InsideJa"].strip(), name
        assert shown["CaptionEn"].strip(), name
