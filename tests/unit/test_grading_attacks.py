"""Attacks on grading: what is no answer ends early, touches nothing outside and is never echoed raw."""

import builtins
import io
import os
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, NoReturn

import pytest

from engine.bank.asked import Asked, AskedOption, ChoiceKey, CodeKey, NumberKey, ShapeKey, SymbolicKey, TextKey
from engine.bank.model import Array, Derive, Phrase
from engine.drawing.verdict import feedback
from engine.grading.grade import grade, reading
from engine.grading.verdict import Verdict
from sims.text import Text, same
from tests.answers.attacks import ATTACKS
from tests.answers.keys import asked

YES, NO, MAYBE = Text("はい", "yes"), Text("いいえ", "no"), Text("不明な場合もある", "maybe")
CODE_OPTIONS = (
    AskedOption("scaled", same("g * rate"), True, True),
    AskedOption("divided", same("g / rate"), True, False, same("divided")),
)
ARRAYS = {"g": Array(shape="N"), "rate": Array(shape="scalar", values="gate")}
CHAIN = Derive(diff="z", wrt="x", given={"z": "t**2", "t": "x + y"})
KINDS = {
    "shape": asked(ShapeKey((3, 3), ())),
    "number": asked(NumberKey(Fraction(2480), 1e-6, Text("個", "parameters"), ())),
    "choice": asked(ChoiceKey((AskedOption("yes", YES, False, True), AskedOption("no", NO, False, False)), False)),
    "several": asked(
        ChoiceKey(tuple(AskedOption(text.en, text, False, text is not NO) for text in (YES, NO, MAYBE)), True)
    ),
    "code": asked(CodeKey("g", ARRAYS, CODE_OPTIONS, typed=True)),
    "code shown": asked(CodeKey("g", ARRAYS, CODE_OPTIONS, typed=False)),
    "symbolic": asked(SymbolicKey("∂z/∂x", {"x": "real", "y": "real"}, "", CHAIN, {"g": "sigmoid"}, {}, ())),
    "text": asked(TextKey(same("m"), (Phrase(point=same("p"), ja=("重み&一律",), en=("same weight",)),))),
}
ORDINARY = ("3x3", "2480", "1", "1,3", "g*rate", "g/rate", "2x+2y", "2x", "重みが一律", "あ", "2(x+", "sin(x)^2", "1/8")
LONGEST = 0.1  # seconds, the best of three


def touched(*arguments: Any, **_: Any) -> NoReturn:
    raise AssertionError(f"grading reached outside: {arguments}")


@contextmanager
def sealed() -> Iterator[None]:
    """Nothing outside can be reached in here: files, processes and the network fail whoever touches them."""
    for question in KINDS.values():  # what is loaded on first use is loaded now
        for text in ORDINARY:
            grade(question, text)
    with pytest.MonkeyPatch.context() as patch:
        for module, names in (
            (os, ("system", "popen", "open", "execv", "execve", "posix_spawn", "fork", "remove", "listdir", "putenv")),
            (subprocess, ("Popen", "run", "call", "check_output")),
            (socket, ("socket", "create_connection", "getaddrinfo")),
            (builtins, ("open", "eval", "exec", "input", "breakpoint")),
            (io, ("open", "FileIO")),
        ):
            for name in names:
                patch.setattr(module, name, touched, raising=False)
        yield


def every_word(verdict: Verdict) -> str:
    """All that a verdict says."""
    texts = [verdict.named, verdict.evidence, verdict.word, verdict.caret.note if verdict.caret else None]
    texts += [tick.held for tick in verdict.ticks]
    words = [side for text in texts if text for side in (text.ja, text.en)]
    return "".join([*words, verdict.reading, verdict.claim, verdict.mistake or "", *verdict.examples])


def hidden(text: str) -> set[str]:
    """What a terminal might obey, or nobody sees."""
    return {one for one in text if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}


def timed(question: Asked, text: str) -> tuple[Verdict, float]:
    """The verdict, and the shortest of three times it took."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        verdict = grade(question, text)
        times.append(time.perf_counter() - start)
    return verdict, min(times)


@pytest.mark.parametrize("kind", KINDS)
def test_an_attack_is_no_attempt_takes_no_time_and_reaches_nothing(kind: str) -> None:
    with sealed():
        verdicts = {text: timed(KINDS[kind], text) for text in ATTACKS}
    assert [text[:60] for text, (verdict, _) in verdicts.items() if verdict.is_attempt or verdict.score] == []
    assert [(text[:60], spent) for text, (_, spent) in verdicts.items() if spent > LONGEST] == []
    for verdict, _ in verdicts.values():
        words = feedback(KINDS[kind], verdict, None)
        assert not hidden(every_word(verdict) + words.ja + words.en)
        assert verdict.named is not None
        assert len(words.en) < 1000


@pytest.mark.parametrize("kind", KINDS)
def test_the_echo_of_an_attack_is_as_harmless(kind: str) -> None:
    with sealed():
        echoes = [reading(KINDS[kind], text) for text in ATTACKS]
    for echo in echoes:
        assert not hidden(echo)


def test_grading_imports_opens_and_runs_nothing() -> None:
    """As the interpreter itself sees it: after a first answer of each kind, no attack raises an audit event."""
    program = """
import sys
from engine.grading.grade import grade
from tests.answers.attacks import ATTACKS
from tests.unit.test_grading_attacks import KINDS, ORDINARY
for question in KINDS.values():
    for text in ORDINARY:
        grade(question, text)
seen = set()
parts = ("open", "import", "exec", "os.", "subprocess.", "socket.", "ctypes.", "shutil.", "pickle.", "code.", "sys.")
sys.addaudithook(lambda event, _: seen.add(event) if event.startswith(parts) else None)
for question in KINDS.values():
    for text in ATTACKS:
        grade(question, text)
print(sorted(seen))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_grading_works_where_sympy_cannot_be_imported() -> None:
    program = """
import sys
sys.modules["sympy"] = None
from engine.bank.load import SHIPPED, load
from engine.bank.ask import ask
from engine.grading.grade import grade
for bank, question in load([SHIPPED]).questions():
    asked = ask(question, bank.topic)
    for wanted, texts in (("correct", question.accept), ("wrong", question.reject)):
        for text in texts:
            print(question.id, repr(text), wanted, grade(asked, text).outcome, sep="\\t")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    kinds = {name.rpartition("-")[0] for name, *_ in rows}
    assert len(rows) > 100
    assert len(kinds) > 10
    assert [row for row in rows if row[3] != row[2] and not (row[2] == "wrong" and row[3] == "partial")] == []
    assert "correct" in {row[3] for row in rows}
