"""``peephole explain``: one answer's reading, verdict, evidence and steps, the same whenever it is asked."""

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from engine.bank.ask import ask
from engine.bank.load import SHIPPED, Library, load
from engine.cli import main
from engine.cli.context import Context
from engine.cli.explain import WIDTH, Explanation, pointed, record
from engine.drawing.width import cell_width
from engine.grading.grade import grade
from engine.grading.verdict import Caret
from sims.text import LANGUAGES, Language, Text

LIBRARY = load([SHIPPED])


@pytest.fixture
def explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command; what it printed on stdout. The shipped banks are read once for all tests."""
    monkeypatch.setenv("PEEPHOLE_HOME", str(tmp_path))
    from_disk = Context.library

    def library(context: Context) -> Library:
        return from_disk(context) if getattr(context.options, "bank", None) else LIBRARY

    monkeypatch.setattr(Context, "library", library)

    def run(*arguments: str, lang: str = "en") -> str:
        assert main(["explain", *arguments, "--lang", lang]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return run


def in_order(text: str, *parts: str) -> bool:
    """Whether ``parts`` all stand in ``text``, one after the other."""
    return re.search(".*".join(map(re.escape, parts)), text, re.DOTALL) is not None


def test_a_wrong_derivative_is_explained_from_its_reading_to_the_key(explain: Any) -> None:
    told = explain("chain-rule-square", "--answer", "２ｘ")
    assert in_order(
        told,
        "With z = t² and t = x + y, write ∂z/∂x",
        "∂z/∂x = ２ｘ",
        "read as  2·x",
        "Incorrect",
        "The outer derivative is taken at x instead of t = x + y.",
        "At x = 1.22, y = 0.64 the key is 3.72, yours is 2.44.",
        "Differentiate the outer z = t²",
        "dz/dt = 2t",
        "∂t/∂x = 1",
        "answer  2(x + y)",
    )
    japanese = explain("chain-rule-square", "--answer", "２ｘ", lang="ja")
    assert in_order(japanese, "読み取り  2·x", "不正解", "のとき、正解は 3.72", "dz/dt = 2t", "正解は  2(x + y)")


def test_a_right_answer_has_no_mistake_but_the_same_explanation(explain: Any) -> None:
    told = explain("conv-output-size", "--answer", "３×３")
    assert in_order(told, "> ３×３", "read as  3 × 3", "Correct", "Over a padded width of 7", "answer  3×3")
    assert "left out" not in told


@pytest.mark.parametrize("answer", ["-2x", "-sin(x)", "--json", "-h", "-", "−2x"])
def test_an_answer_may_begin_like_an_option(explain: Any, answer: str) -> None:
    assert f"∂z/∂x = {answer}\n" in explain("chain-rule-square", "--answer", answer)


@pytest.mark.parametrize("seed", ["0", "3", "-7"])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_it_can_be_replayed(explain: Any, seed: str, form: list[str]) -> None:
    arguments = ["gradient-clipping", "--answer", "g / rate", "--seed", seed, *form]
    assert explain(*arguments) == explain(*arguments)


def test_another_seed_is_another_question(explain: Any) -> None:
    asked = [json.loads(explain("conv-output-size", "--answer", "3x3", "--seed", seed, "--json")) for seed in "034"]
    assert [one["verdict"] for one in asked] == ["correct", "wrong", "wrong"]
    assert len({one["ask"]["en"] for one in asked}) == 3


def test_json_holds_every_part(explain: Any) -> None:
    wrong = json.loads(explain("chain-rule-square", "--answer", "2x", "--json"))
    assert (wrong["question"], wrong["seed"], wrong["reading"], wrong["verdict"]) == (
        "chain-rule-square", 0, "2·x", "wrong",
    )  # fmt: skip
    assert wrong["mistake"] == "outer-derivative-at-variable"
    assert wrong["named"]["ja"]
    assert wrong["evidence"]["en"].startswith("At x =")
    assert wrong["steps"] == [{"link": "dz/dt", "value": "2t"}, {"link": "∂t/∂x", "value": "1"}]
    assert wrong["key"] == {"ja": "2(x + y)", "en": "2(x + y)"}
    unread = json.loads(explain("chain-rule-square", "--answer", "２（ｘ＋あ）", "--json"))
    assert (unread["caret"]["offset"], unread["caret"]["column"]) == (4, 8)


@pytest.mark.parametrize(
    ("question", "answer", "under"),
    [
        ("chain-rule-square", "2(x+y", ""),
        ("chain-rule-square", "２（ｘ＋ｙ", ""),
        ("chain-rule-square", "2(x+あ)", "あ"),
        ("chain-rule-square", "２（ｘ＋あ）", "あ"),
        ("chain-rule-square", "x²＋＋＃ｙ", "＃"),
        ("conv-output-size", "３×＠３", "＠"),
        ("conv-output-size", "[3, 3", "["),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_caret_stands_under_the_character_in_cells(
    explain: Any, question: str, answer: str, under: str, lang: str
) -> None:
    rows = explain(question, "--answer", answer, lang=lang).splitlines()
    place = next(number for number, row in enumerate(rows) if row.lstrip().startswith("^"))
    typed, marked = rows[place - 1], rows[place]
    column = marked.index("^")
    reached = next((end for end in range(len(typed) + 1) if cell_width(typed[:end]) == column), None)
    assert reached is not None
    assert typed[reached:].startswith(under)
    assert bool(under) or reached == len(typed)
    assert marked[column + 1 :].strip(), "a few words beside it"


def test_what_could_not_be_read_costs_nothing_and_gives_nothing_away(explain: Any) -> None:
    told = explain("conv-output-size", "--answer", "3×")
    assert "not graded" in told
    assert "answer  " not in told
    assert "Over a padded width" not in told
    assert not {"key", "explain", "steps"} & set(json.loads(explain("conv-output-size", "--answer", "3×", "--json")))


@pytest.mark.parametrize("offset", [0, 39, 120, 239, 240])
def test_a_long_answer_is_cut_so_that_the_caret_stays_on_the_screen(offset: int) -> None:
    typed = "あいう+x" * 48
    shown, marked = pointed("∂z/∂x = ", typed, Caret(offset, Text("ここ", "here")), "en")
    assert cell_width(shown) <= WIDTH
    column = marked.index("^")
    reached = next(end for end in range(len(shown) + 1) if cell_width(shown[:end]) == column)
    assert shown[reached:].rstrip("…") == typed[offset:][: len(shown[reached:].rstrip("…"))]
    assert marked == " " * column + "^ here"


def test_an_unknown_question_names_the_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PEEPHOLE_HOME", str(tmp_path))
    assert main(["explain", "conv-output-siz", "--answer", "3x3", "--lang", "en"]) == 2
    assert "Did you mean conv-output-size?" in capsys.readouterr().err
    assert main(["explain", "\x1b[2J\x9b31m", "--answer", "3x3"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", printed.err)


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize(
    "answer",
    ["\x1b]0;owned\x07\x1b[2J", "3x3\x9b2J", "a\u202eb\u2066c", "\udcff\ud800", "x" * 100_000, "\n" * 9 + "3", ""],
)
@pytest.mark.parametrize("question", ["conv-output-size", "chain-rule-square", "cec-problem", "gru-hidden-update"])
def test_nothing_typed_reaches_the_terminal_as_a_command(
    explain: Any, question: str, answer: str, form: list[str]
) -> None:
    told = explain(question, "--answer", answer, *form)
    strange = {one for one in told if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co") and one != "\n"}
    assert strange == set()
    assert len(told) < 5000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_the_banks_can_be_explained(language: Language) -> None:
    for bank, question in LIBRARY.questions():
        for seed in range(3):
            asked = ask(question, bank.topic, seed)
            for answer in (*question.accept[:1], *question.reject[:1], "1", "#", asked.example or "2"):
                verdict = grade(asked, answer)
                rows = Explanation(asked, answer, verdict, language).lines()
                assert max(map(cell_width, rows)) <= 80
                assert rows[0].startswith(asked.id)
                told = record(asked, answer, verdict)
                assert (told["verdict"], told["score"]) == (verdict.outcome, verdict.score)
                assert ("key" in told) == verdict.is_attempt


def test_ones_own_bank_and_its_faults(tmp_path: Path, explain: Any, capsys: pytest.CaptureFixture[str]) -> None:
    bank = tmp_path / "own.yaml"
    bank.write_text(
        "topic: own\ntitle: {ja: 自分, en: Own}\nquestions:\n  - id: own-one\n    kind: number\n"
        "    ask: {ja: 1 + 1 は？, en: What is 1 + 1?}\n    answer: 1 + 1\n    explain: {ja: 足します。, en: Add.}\n"
        "    sim: {name: cec}\n    proof: {count: {a: '2'}}\n",
        encoding="utf-8",
    )
    assert in_order(explain("own-one", "--answer", "1.5+0.5", "--bank", str(bank)), "1.5 + 0.5 = 2", "Correct", "Add.")
    bank.write_text("topic: [", encoding="utf-8")
    assert main(["explain", "conv-output-size", "--answer", "3x3", "--bank", str(bank), "--lang", "en"]) == 1
    printed = capsys.readouterr()
    assert "Correct" in printed.out
    assert f"{bank}:2:1:" in printed.err


def test_without_sympy_it_explains_all_but_the_steps(tmp_path: Path) -> None:
    program = (
        "import sys, os\nsys.modules['sympy'] = None\nos.environ['PEEPHOLE_HOME'] = sys.argv[1]\n"
        "from engine.cli import main\n"
        "sys.exit(main(['explain', 'chain-rule-square', '--answer', '2x', '--lang', 'en']))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert in_order(done.stdout, "read as  2·x", "Incorrect", "At x = 1.22", "answer  2")
