"""``peephole explain``: how one answer is read, the verdict on it, and why. It prints the same whenever it is asked."""

from collections.abc import Iterator
from typing import Any

from engine import words
from engine.bank.arithmetic import FormulaError
from engine.bank.ask import ask
from engine.bank.asked import Asked, ChoiceKey, CodeKey, SymbolicKey, TextKey
from engine.bank.template import HOLE
from engine.cli.context import PROBLEMS, Context, UsageError
from engine.cli.grade import unknown_question
from engine.drawing.formula import typeset
from engine.drawing.width import cell_width, crop, visible
from engine.drawing.wrap import wrap
from engine.grading.grade import grade
from engine.grading.shown import shown_key, solution, steps
from engine.grading.verdict import Caret, Verdict
from sims.text import Language, Text

WIDTH = 76
INDENT = "  "
_BEFORE_CARET = 40  # cells kept to the left of a caret; the words beside it need the rest


def run(context: Context) -> int:
    """Explain the verdict on each ``--answer``; 1 if a bank is broken. An unknown question is wrong use."""
    options = context.options
    library = context.library()
    found = library.find(options.question)
    if found is None:
        raise UsageError(unknown_question(library, options.question))
    bank, question = found
    try:
        asked = ask(question, bank.topic, options.seed)
    except FormulaError as error:
        context.warn(error.text)
        return PROBLEMS
    for place, answer in enumerate(options.answer):
        verdict = grade(asked, answer)
        if options.json:
            context.say_json(record(asked, answer, verdict))
        else:
            lines = Explanation(asked, answer, verdict, context.language).lines()
            context.say("\n".join([*([""] if place else []), *lines]))
    return PROBLEMS if library.problems else 0


def record(asked: Asked, answer: str, verdict: Verdict) -> dict[str, Any]:
    """The explanation as data. What is right is told only with a verdict that counts."""
    result: dict[str, Any] = {
        "question": asked.id,
        "seed": asked.seed,
        "ask": _both(asked.ask),
        "reading": verdict.reading,
        "verdict": verdict.outcome,
        "score": verdict.score,
        "mistake": verdict.mistake,
        "named": _both(verdict.named),
        "evidence": _both(verdict.evidence),
    }
    if asked.code:
        result["code"] = asked.code
    if asked.choices:
        result["options"] = [_both(option.text) for option in asked.choices]
    if verdict.caret is not None:
        column = cell_width(visible(answer[: verdict.caret.offset]))
        result["caret"] = {"offset": verdict.caret.offset, "column": column, "note": _both(verdict.caret.note)}
    if verdict.ticks:
        result["ticks"] = [
            {"proposed": tick.proposed, "found": visible(tick.found), "held": _both(tick.held)}
            for tick in verdict.ticks
        ]
    if verdict.is_attempt:
        result["explain"] = _both(asked.explain)
        result["steps"] = [{"link": label, "value": value} for label, value in steps(asked)]
        result["formula"] = _both(solution(asked).formula)
        result["key"] = _both(shown_key(asked))
    elif verdict.examples:
        result["examples"] = list(verdict.examples)
    return result


def _both(text: Text | None) -> dict[str, str] | None:
    return {"ja": text.ja, "en": text.en} if text else None


class Explanation:
    """The explanation as lines, in one language."""

    def __init__(self, asked: Asked, answer: str, verdict: Verdict, language: Language) -> None:
        self.asked = asked
        self.answer = answer
        self.verdict = verdict
        self.language = language

    def lines(self) -> list[str]:
        """Question, answer, verdict; then, for an answer that counts, the explanation, the steps and the key."""
        blocks = [self._question(), self._answer(), self._verdict()]
        if self.verdict.is_attempt:
            blocks += [self._explanation(), self._steps(), self._key()]
        title = f"{self.asked.id}  [{self.asked.topic}]  seed {self.asked.seed}"
        rows = [title]
        for block in filter(None, blocks):
            rows += ["", *((INDENT + row).rstrip() for row in block)]
        return rows

    def _say(self, text: Text) -> str:
        return text.get(self.language)

    def _prose(self, text: Text, width: int = WIDTH) -> list[str]:
        return wrap(self._say(text), width)

    def _question(self) -> list[str]:
        rows = self._prose(self.asked.ask)
        rows += [INDENT + visible(line.replace(HOLE, "____")) for line in self.asked.code.splitlines()]
        for number, option in enumerate(self.asked.choices, 1):
            first, *rest = self._prose(option.text, WIDTH - 5)
            rows += [f"  {number}. {first}", *("     " + row for row in rest)]
        return rows

    def _answer(self) -> list[str]:
        match self.asked.key:
            case SymbolicKey(label=label) | CodeKey(label=label, typed=True):
                prompt = f"{label} = "
            case _:
                prompt = "> "
        if self.verdict.caret is not None:
            return list(pointed(prompt, self.answer, self.verdict.caret, self.language))
        rows = [crop(prompt + visible(self.answer[: 2 * WIDTH]), WIDTH)]
        if self.verdict.reading:
            rows += wrap(f"{self._say(words.READ_AS)}  {self.verdict.reading}", WIDTH)
        return rows

    def _verdict(self) -> list[str]:
        verdict = self.verdict
        word = self._say(verdict.word or words.OUTCOMES[verdict.outcome])
        mark = self._say(words.MARKS[verdict.outcome])
        rows = [f"{mark} {word}" if verdict.is_attempt else f"{mark} {word}  ({self._say(words.NOT_GRADED)})"]
        for text in filter(None, (verdict.named, verdict.evidence)):
            rows += self._prose(text)
        if verdict.ticks and isinstance(self.asked.key, TextKey):
            rows += self._rubric(self.asked.key)
        if verdict.examples:
            rows += wrap(f"{self._say(words.FOR_EXAMPLE)}  {'    '.join(verdict.examples)}", WIDTH)
        return rows

    def _rubric(self, key: TextKey) -> list[str]:
        rows: list[str] = []
        for point, tick in zip(key.rubric, self.verdict.ticks, strict=True):
            mark = self._say(words.MARKS["correct"]) if tick.proposed else "–"
            found = f" ({crop(visible(tick.found), WIDTH // 2)})" if tick.found else ""
            rows += wrap(f"{mark} {self._say(point.point)}{found}", WIDTH)
            rows += self._prose(tick.held, WIDTH) if tick.held else []
        return rows

    def _explanation(self) -> list[str]:
        rows = self._prose(self.asked.explain)
        note = self.asked.note
        return rows + (wrap(f"{self._say(words.NOTE)}: {self._say(note)}", WIDTH) if note else [])

    def _steps(self) -> list[str]:
        """The links of the chain one below the other, then the line that they lead through."""
        formula = solution(self.asked).formula
        links = [f"{label} = {value}" for label, value in steps(self.asked)]
        rows = [row for link in links for row in wrap(link, WIDTH)]
        if formula is None or self._say(formula) in links:
            return rows
        return [*rows, *([""] if rows else []), *typeset(self._say(formula), WIDTH)]

    def _key(self) -> list[str]:
        label, key = words.KEY_IS, self._say(shown_key(self.asked))
        match self.asked.key:
            case TextKey():
                label = words.MODEL_ANSWER
            case ChoiceKey() | CodeKey(typed=False):
                rights = [pair for pair in enumerate(self.asked.choices, 1) if pair[1].right]
                key = "  ".join(f"{number}. {self._say(option.text)}" for number, option in rights)
        return wrap(f"{self._say(label)}  {key}", WIDTH)


def pointed(prompt: str, typed: str, caret: Caret, language: Language) -> Iterator[str]:
    """What was typed, and below it a caret in display cells under the character at which reading stopped."""
    before, after = visible(typed[: caret.offset]), visible(typed[caret.offset :])
    lead = prompt + before
    while cell_width(lead) > _BEFORE_CARET:
        lead = "…" + lead[2:]
    yield crop(lead + after, WIDTH)
    yield " " * cell_width(lead) + f"^ {caret.note.get(language)}".rstrip()
