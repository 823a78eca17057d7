"""Faults in what only one kind of question has: options, code, formulas, named mistakes, a rubric."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from engine.bank import arithmetic, template
from engine.bank.model import Choice, Code, Count, Derive, Essay, Option, Question, Shape, Symbolic
from engine.bank.problems import Fault, did_you_mean
from sims.text import Text

MOST_OPTIONS = 9  # a digit each
_SLOPE = re.compile(r"[∂d](\w+)/[∂d](\w+)")


def of_its_kind(question: Question) -> Iterator[Fault]:
    """Every such fault of ``question``."""
    if isinstance(question, (Choice, Code)):
        yield from _options(question)
    if isinstance(question, Code):
        yield from _code(question)
    if isinstance(question, Symbolic):
        yield from _symbolic(question)
    if isinstance(question, (Shape, Count)):
        yield from _unknown_names(question)
    if isinstance(question, (Shape, Count, Symbolic)):
        yield from _repeated("mistakes", [mistake.id for mistake in question.mistakes])
    if isinstance(question, Essay):
        yield from _rubric(question)


def _repeated(field: str, names: Iterable[str]) -> Iterator[Fault]:
    places = list(names)
    for name in [name for name, times in Counter(places).items() if times > 1]:
        last = len(places) - 1 - places[::-1].index(name)
        yield (
            (field, last, "id"),
            Text(f"id {name} がこの問題の中で重なっています。", f"The id {name} is repeated in this question."),
            Text("別の id にしてください。", "Choose another id."),
        )


def _options(question: Choice | Code) -> Iterator[Fault]:
    rights = sum(option.right for option in question.options)
    several = isinstance(question, Choice) and question.multiple
    if not 2 <= len(question.options) <= MOST_OPTIONS:
        yield (
            ("options",),
            Text(f"選択肢が {len(question.options)} 個です。", f"There are {len(question.options)} options."),
            Text(f"2 個から {MOST_OPTIONS} 個にしてください。", f"Give 2 to {MOST_OPTIONS} of them."),
        )
    if rights != 1 and not (several and rights > 1):
        yield (
            ("options",),
            Text(f"正解（right: true）が {rights} 個あります。", f"{rights} options are marked right."),
            Text("1 つにしてください（複数なら multiple: true）。", "Mark exactly one (or set multiple: true)."),
        )
    for index, option in enumerate(question.options):
        yield from _option(index, option, isinstance(question, Code))
    yield from _repeated("options", [option.id for option in question.options])


def _option(index: int, option: Option, must_be_code: bool) -> Iterator[Fault]:
    steps = ("options", index)
    if (option.text is None) == (option.code is None) or (must_be_code and option.code is None):
        yield (
            steps,
            Text("選択肢には text か code のどちらか 1 つが要ります。", "An option has either text or code."),
            Text("コードの問題では code: を書いてください。", "In a code question write code:."),
        )
    elif option.code is not None and not option.code.strip():
        yield (
            (*steps, "code"),
            Text("code が空です。", "code is empty."),
            Text("式を書いてください。", "Write the code."),
        )
    if not option.right and option.why is None:
        yield (
            steps,
            Text(f"選択肢 {option.id} に why がありません。", f"The wrong option {option.id} has no why."),
            Text("どこで間違えたのかを why: に一文で書いてください。", "Name the mistake in one sentence."),
        )


def _code(question: Code) -> Iterator[Fault]:
    if question.code.count(template.HOLE) != 1:
        yield (
            ("code",),
            Text("{hole} が 1 つ要ります。", "The code needs exactly one {hole}."),
            Text("答えの入るところに {hole} と書いてください。", "Write {hole} where the answer goes."),
        )
    if not question.forms:
        mend = Text("choice か typed を書いてください。", "Write choice, typed or both.")
        yield ("forms",), Text("forms が空です。", "forms is empty."), mend


def _symbolic(question: Symbolic) -> Iterator[Fault]:
    if bool(question.answer) == (question.derive is not None):
        yield (
            (),
            Text("answer と derive のどちらか 1 つが要ります。", "It needs either answer or derive."),
            Text("式を answer: に書くか、derive: で導いてください。", "Write answer: or let derive: compute it."),
        )
        return
    derive = question.derive
    if derive is None and question.proof.derivative:
        yield (
            ("proof", "derivative"),
            Text("何を微分するのかがありません。", "It does not say what is differentiated."),
            Text("answer の代わりに derive: を書いてください。", "Write derive: in place of answer."),
        )
    if derive is not None and derive.diff not in derive.given:
        what = Text(f"{derive.diff} の定義がありません。", f"{derive.diff} is not defined in given.")
        yield ("derive", "diff"), what, did_you_mean(derive.diff, list(derive.given))
    if derive is not None:
        yield from _derived(question, derive)


def _derived(question: Symbolic, derive: Derive) -> Iterator[Fault]:
    """A derived key that is not the derivative which the question asks for."""
    asked_for = _SLOPE.fullmatch(question.label)
    if asked_for and derive.diff in derive.given and asked_for.groups() != (derive.diff, derive.wrt):
        what = f"d{derive.diff}/d{derive.wrt}"
        yield (
            ("label",),
            Text(
                f"label は {question.label} ですが、導くのは {what} です。",
                f"{question.label} is asked, {what} derived.",
            ),
            Text("label か derive を直してください。", "Correct label or derive."),
        )
    written = " ".join(derive.given.values())
    for name in question.vary:
        placeholder = re.compile(rf"\{{[^{{}}]*\b{re.escape(name)}\b[^{{}}]*\}}")
        if placeholder.search(question.ask.ja + question.ask.en) and not placeholder.search(written):
            yield (
                ("derive", "given"),
                Text(
                    f"問題文の {name} が正解に入っていません。",
                    f"The key does not depend on {name}, which is asked about.",
                ),
                Text(f"given に {{{name}}} を書いてください。", f"Write {{{name}}} in given."),
            )


def _unknown_names(question: Shape | Count) -> Iterator[Fault]:
    """Mistakes that can never be computed would otherwise be left out in silence."""
    for place, mistake in enumerate(question.mistakes):
        for part in mistake.parts:
            try:
                unknown = sorted(arithmetic.names(part) - question.vary.keys())
            except arithmetic.FormulaError as error:
                mend = Text("計算式を書いてください。", "Write an arithmetic expression.")
                yield ("mistakes", place, "answer"), error.text, mend
                break
            if unknown:
                what = Text(f"変数 {unknown[0]} はありません。", f"There is no variable {unknown[0]}.")
                yield ("mistakes", place, "answer"), what, did_you_mean(unknown[0], list(question.vary))
                break


def _rubric(question: Essay) -> Iterator[Fault]:
    if not question.rubric:
        mend = Text("採点する点を 1 つは書いてください。", "Give at least one point.")
        yield ("rubric",), Text("rubric が空です。", "rubric is empty."), mend
    for index, phrase in enumerate(question.rubric):
        for language, phrasings in (("ja", phrase.ja), ("en", phrase.en)):
            if not any(phrasing.strip(" &") for phrasing in phrasings):
                yield (
                    ("rubric", index, language),
                    Text(f"この点の {language} の言い方がありません。", f"This point has no {language} phrasing."),
                    Text("見つけるべき語を書いてください。", "Write the words that must be found."),
                )
