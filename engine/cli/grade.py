"""``peephole grade``: JSON lines in, JSON lines out; one bad line never stops the others."""

import json
import sys
import time
from functools import lru_cache
from typing import Any

from engine.bank.arithmetic import FormulaError
from engine.bank.ask import ask
from engine.bank.asked import Asked
from engine.bank.load import Library
from engine.bank.problems import did_you_mean
from engine.cli.context import PROBLEMS, USAGE, Context
from engine.drawing.verdict import feedback
from engine.drawing.width import crop, visible
from engine.grading.grade import grade
from engine.grading.shown import shown_key
from sims.text import Text

MAX_LINE = 100_000


def run(context: Context) -> int:
    """Grade standard input; 1 if a bank is broken, 2 if a line could not be used."""
    library = context.library()
    find = _finder(library)
    code = PROBLEMS if library.problems else 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            context.say_json(_graded(find, line))
        except _BadLineError as error:
            context.say_json({"line": number, "error": {"ja": error.text.ja, "en": error.text.en}})
            code = USAGE
        sys.stdout.flush()
    return code


class _BadLineError(ValueError):
    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def unknown_question(library: Library, name: str) -> Text:
    """What to say where there is no question called ``name``: the nearest one that there is."""
    hint = did_you_mean(name, [card.id for _, card in library.cards()])
    hint = hint or Text("一覧は peephole questions で。", "peephole questions lists them.")
    shown = crop(visible(name), 60)
    return Text(f"問題 {shown} はありません。{hint.ja}", f"There is no question {shown}. {hint.en}")


def _finder(library: Library) -> Any:
    @lru_cache(maxsize=1024)
    def find(name: str, seed: int) -> Asked:
        found = library.find(name)
        if found is None:
            raise _BadLineError(unknown_question(library, name))
        bank, question = found
        try:
            return ask(question, bank.topic, seed)
        except FormulaError as error:
            raise _BadLineError(error.text) from None

    return find


def _graded(find: Any, line: str) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise _BadLineError(Text("行が長すぎます。", "The line is too long."))
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        raise _BadLineError(
            Text(
                'JSON ではありません。例: {"question": "conv-output-size", "answer": "3x3"}',
                'This is not JSON. Example: {"question": "conv-output-size", "answer": "3x3"}',
            )
        ) from None
    question, answer, seed = _fields(request)
    asked = find(question, seed)
    start = time.perf_counter()
    verdict = grade(asked, answer)
    spent = (time.perf_counter() - start) * 1000
    words = feedback(asked, verdict, shown_key(asked) if verdict.is_attempt else None)
    return {
        "question": question,
        "seed": seed,
        "verdict": verdict.outcome,
        "score": verdict.score,
        "mistake": verdict.mistake,
        "reading": verdict.reading,
        "feedback": {"ja": words.ja, "en": words.en},
        "ms": round(spent, 3),
    }


def _fields(request: Any) -> tuple[str, str, int]:
    """``question``, ``answer`` and ``seed`` of a request, checked."""
    form = Text(
        "question と answer（文字列）、seed（整数、なくてもよい）が要ります。",
        "It needs question and answer (text) and may have seed (a whole number).",
    )
    if not isinstance(request, dict):
        raise _BadLineError(form)
    question, answer, seed = request.get("question"), request.get("answer"), request.get("seed", 0)
    if isinstance(answer, (int, float)) and not isinstance(answer, bool):
        answer = repr(answer)
    if not isinstance(question, str) or not isinstance(answer, str) or type(seed) is not int:
        raise _BadLineError(form)
    return question, answer, seed
