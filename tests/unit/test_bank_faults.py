"""Broken banks, one fault each: exactly one message, which names the place, the question, what is wrong, what to do."""

from pathlib import Path

import pytest

from tests.banks import GOOD, problems_of

WHY = "why: {ja: 1 を忘れています。, en: The 1 is missing.}"
RIGHT, WRONG = "{id: a, text: {ja: あ, en: A}, right: true}", "{id: b, text: {ja: い, en: B}, why:"
TEN = "\n".join(f"      - {{id: o{n}, text: {{ja: 他{n}, en: other {n}}}, why: {{ja: 違, en: No.}}}}" for n in range(8))
LONG = "長い選択肢" * 12
SIZES = GOOD[GOOD.index("    kind: shape") : GOOD.index("    explain: {ja: 数え")]
SLOPE = GOOD[GOOD.index("    ask: {ja: 微分") : GOOD.index("    mistakes:\n      - {id: inner")]
TOLERANCE = (
    SIZES,
    "    kind: number\n    vary: {n: [5, 6], k: [3]}\n"
    '    ask: {ja: "{n} と {k} は？", en: "{n} and {k}?"}\n'
    "    answer: n - k + 1\n    example: four\n    tolerance: nan\n",
)

# (name, what is replaced, by what, line, column, question, part of the message)
FAULTS = [
    # YAML
    ("not closed", "topic: sample", "topic: [sample", 2, 6, "", "Not readable as YAML"),
    ("tab", "topic: sample", "\ttopic: sample", 1, 1, "", "Not readable as YAML"),
    ("unquoted colon", "en: Count.", "en: Count: one", 13, 35, "size", "Not readable as YAML"),
    ("unquoted brace", 'ja: "{n} と {k} は？"', "ja: {n} と {k} は？", 7, 19, "size", "Not readable as YAML"),
    ("unquoted at", "en: Count.", "en: @count", 13, 30, "size", "Not readable as YAML"),
    ("quote not closed", "en: Count.", 'en: "Count.', 14, 66, "size", "Not readable as YAML"),
    ("indentation", "    kind: shape", "     kind: shape", 5, 10, "size", "Not readable as YAML"),
    ("anchor", "topic: sample", "topic: &x sample", 1, 8, "", "Anchors"),
    ("alias", "topic: sample", "topic: *x", 1, 8, "", "Anchors"),
    ("tag", "topic: sample", "topic: !!python/object/apply:os.system [ls]", 1, 8, "", "Tags"),
    ("two documents", "  - id: pick", "---\n  - id: pick", 18, 1, "size", "two documents"),
    ("control character", "en: Count.", "en: 'Count\x07'", 13, 36, "size", "character"),
    ("del", "en: Count.", "en: 'Count\x7f'", 13, 36, "size", "character"),
    ("escaped control", "en: Count.", 'en: "Count\\e[31m"', 13, 30, "size", "U+001B"),
    ("direction override", "en: Count.", "en: Count\u202e.", 13, 30, "size", "U+202E"),
    # keys
    ("unknown key", WHY, f"{WHY}\n        whi: 3", 13, 9, "size", "Did you mean why?"),
    ("unknown key of all", "topic: sample", "topic: sample\nauthor: me", 2, 1, "", "no field author"),
    ("repeated key", "topic: sample", "topic: sample\ntopic: again", 2, 1, "", "occurs twice"),
    ("repeated in a question", "    kind: shape", "    kind: shape\n    kind: shape", 6, 5, "size", "occurs twice"),
    ("key is a list", "    kind: shape", "    kind: shape\n    ? [a]\n    : b", 6, 7, "size", "A key must be plain"),
    ("kind is missing", "    kind: shape\n", "", 4, 5, "size", "kind is missing"),
    ("a list for a kind", "kind: shape", "kind: [shape]", 5, 11, "size", "kind is missing"),
    ("unknown kind", "kind: shape", "kind: shap", 5, 11, "size", "Did you mean shape?"),
    ("explain is missing", "    explain: {ja: 数えます。, en: Count.}\n", "", 4, 5, "size", "explain is missing"),
    ("proof is missing", "    proof: {sim: output_shape}\n", "", 4, 5, "size", "proof is missing"),
    ("questions are missing", GOOD[GOOD.index("questions:") :], "", 1, 1, "", "questions is missing"),
    # traps of YAML
    ("comma in braces", "en: Count.}", "en: Count, please}", 13, 37, "size", "quote text that contains a comma"),
    ("text after #", "en: A}, right: true}", "en: A}, right: true #1\n        }", 22, 51, "pick", "is not read"),
    ("folded Japanese", "{ja: 数えます。,", "{ja: 数え\n      ます。,", 13, 19, "size", "puts a space"),
    # types
    ("list wanted", "accept: [3x3]", "accept: 3x3", 16, 13, "size", "accept has the wrong type"),
    ("text wanted", "topic: sample", "topic: [sample]", 1, 8, "", "a single value"),
    ("one language", "explain: {ja: 数えます。, en: Count.}", "explain: Count.", 13, 14, "size", "both ja and en"),
    ("out of range", "accept: [3x3]", "accept: [3x3]\n    difficulty: 9", 17, 17, "size", "Allowed: 1 to 3"),
    ("no number", "accept: [3x3]", "accept: [3x3]\n    difficulty: high", 17, 17, "size", "a whole number"),
    ("neither true nor false", "right: true}", "right: maybe}", 22, 46, "pick", "true or false"),
    ("form of an id", "id: size", "id: Size One", 4, 9, "Size One", "wrong form"),
    ("line break in a name", "topic: sample", 'topic: "sample\\n"', 1, 8, "", "wrong form"),
    ("tolerance that is no number", *TOLERANCE, 10, 16, "size", "Allowed: 0 to 0.5"),
    ("domain", "x: real", "x: reel", 47, 20, "slope", "Did you mean real?"),
    ("too long", "accept: [3x3]", f"accept: [3x3, {'9' * 401}]", 16, 19, "size", "At most 400"),
    ("a mapping wanted", "proof: {none: a definition}", "proof: none", 26, 12, "pick", "{none: why"),
    # languages and explanations
    ("no English", "{ja: 数えます。, en: Count.}", "{ja: 数えます。}", 13, 14, "size", "has no English"),
    ("no Japanese", "explain: {ja: 数えます。, en: Count.}", "explain: {en: Count.}", 13, 14, "size", "no Japanese"),
    ("empty English", "en: Count.}", "en: }", 13, 30, "size", "explain has no English"),
    ("empty title", "title: {ja: 見本,", 'title: {ja: "",', 2, 13, "", "title has no Japanese"),
    ("no why", "en: B}, why: {ja: 違います。, en: No.}}", "en: B}}", 23, 9, "pick", "no why"),
    # variables
    ("original", "k: [3]}", "k: [3]}\n    where: n > 5", 7, 12, "size", "original item"),
    ("unsatisfiable", "k: [3]}", "k: [3]}\n    where: n > 9", 7, 12, "size", "No variant satisfies"),
    ("unreadable where", "k: [3]}", "k: [3]}\n    where: n >", 7, 12, "size", "not an arithmetic"),
    ("where without variable", "k: [3]}", "k: [3]}\n    where: q > 1", 7, 12, "size", "no variable q"),
    ("no values", "k: [3]}", "k: [3], q: []}", 6, 34, "size", "has no values"),
    ("unused", "k: [3]}", "k: [3], q: [1]}", 6, 34, "size", "used nowhere"),
    ("placeholder", 'en: "{n} and {k}?"', 'en: "{m} and {k}?"', 7, 35, "size", "no variable m"),
    ("lone brace", 'en: "{n} and {k}?"', 'en: "{n and {k}?"', 7, 35, "size", "brace"),
    ("unknown in the key", "answer: [n - k + 1, n - k + 1]", "answer: [n - q + 1, n]", 8, 13, "size", "no variable q"),
    ("not whole", "answer: [n - k + 1, n - k + 1]", "answer: [n/k, n]", 8, 13, "size", "whole"),
    ("attribute", "answer: [n - k + 1, n - k + 1]", "answer: [n.real, n]", 8, 13, "size", "not arithmetic"),
    ("divided by zero", "answer: [n - k + 1, n - k + 1]", "answer: [n//(k - 3), n]", 8, 13, "size", "by zero"),
    ("huge", "answer: [n - k + 1, n - k + 1]", "answer: [n**64**9, n]", 8, 13, "size", "from 0 to 64"),
    ("mistake's variable", "answer: [n - k, n - k]", "answer: [n - q, n]", 11, 17, "size", "no variable q"),
    ("never a mistake", "answer: [n - k, n - k]", "answer: [n - 2, n - k + 1]", 11, 17, "size", "is never one"),
    ("mistake twice", WHY, f"{WHY}\n      - {{id: none-added, answer: [k, k], {WHY}}}", 13, 14, "size", "is repeated"),
    # simulations
    ("simulation", "name: convolution", "name: convolutoin", 14, 17, "size", "Did you mean convolution?"),
    ("no such simulation", "name: chain_rule", "name: zzz", 52, 17, "slope", "convolution"),
    ("parameter", "padding: ", "paddding: ", 14, 80, "size", "Did you mean padding? Allowed: size (1..64), kernel"),
    ("no such parameter", "{claim: $answer}}", "{claim: $answer, zzz: 1}}", 52, 57, "slope", "Allowed: graph"),
    ("range", 'padding: "0"', 'padding: "99"', 14, 79, "size", "Allowed: 0..16"),
    ("key out of range", "claim: $answer}}\n    proof: {sim: output_shape}",
     "dilation: $answer}}\n    proof: {sim: output_shape}",
     14, 94, "size", "dilation cannot be '3x3'"),
    ("choice of the parameter", "sim: {name: cec}", "sim: {name: cec, with: {gates: all}}", 25, 36, "pick",
     "2x2 | none"),
    # proofs
    ("needs a proof", "proof: {sim: output_shape}", "proof: {none: why not}", 15, 19, "size", "needs a proof"),
    ("code needs a proof", "proof: {options: true}", "proof: {none: why not}", 40, 19, "gates", "needs a proof"),
    ("a formula needs a proof", "proof: {derivative: true}", "proof: {none: a formula}", 53, 19, "slope",
     "needs a proof"),
    ("numbers need a proof", "en: A}, right: true}\n      - {id: b, text: {ja: い, en: B}",
     "en: 12 %}, right: true}\n      - {id: b, text: {ja: い, en: 25 %}", 26, 19, "pick", "Its options are numbers"),
    ("no reason", "proof: {none: a definition}", 'proof: {none: " "}', 26, 19, "pick", "gives no reason"),
    ("two proofs", "proof: {sim: output_shape}", "proof: {sim: output_shape, derivative: true}", 15, 12, "size",
     "exactly one way"),
    ("another kind's proof", "proof: {sim: output_shape}", "proof: {options: true}", 15, 22, "size",
     "Allowed here: sim."),
    ("nothing is derived", "derive: {diff: z, wrt: x, given: {z: t**2, t: x + y}}", "answer: 2*(x + y)", 53, 25,
     "slope",
     "what is differentiated"),
    ("the key is not passed on", "{name: chain_rule, with: {claim: $answer}}\n    proof: {derivative: true}",
     "{name: chain_rule}\n    proof: {sim: claim_errors}", 52, 10, "slope", "claim: $answer"),
    ("accepted", "accept: [3x3]", "accept: [4x4]", 16, 14, "size", "graded wrong"),
    ("rejected", "reject: [2x2]", "reject: [3x3]", 17, 14, "size", "graded correct"),
    ("no accept", "    accept: [3x3]\n", "", 4, 5, "size", "accept is missing"),
    ("no reject", "    reject: [2x2]\n", "", 4, 5, "size", "reject is missing"),
    # options
    ("none right", RIGHT, "{id: a, text: {ja: あ, en: A}, why: {ja: 違, en: No.}}", 22, 7, "pick", "0 options"),
    ("two right", "en: B}, why: {ja: 違います。, en: No.}}", "en: B}, right: true}", 22, 7, "pick", "2 options"),
    ("one option", f"      - {WRONG} {{ja: 違います。, en: No.}}}}\n", "", 22, 7, "pick", "There are 1 options"),
    ("ten options", RIGHT, f"{RIGHT}\n{TEN}", 22, 7, "pick", "There are 10 options"),
    ("id of an option", "{id: b, text: {ja: い, en: B}", "{id: a, text: {ja: い, en: B}", 23, 14, "pick", "repeated"),
    ("equal in English", "{id: b, text: {ja: い, en: B}", "{id: b, text: {ja: い, en: Ａ}", 23, 9, "pick", "the same"),
    ("equal in Japanese", "{id: b, text: {ja: い, en: B}", "{id: b, text: {ja: あ, en: B}", 23, 9, "pick", "the same"),
    ("equal code", "code: a + b", "code: a * b", 37, 9, "gates", "the same"),
    ("equal at a variant", 'options:\n      - {id: a, text: {ja: あ, en: A}',
     "vary: {n: [1, 2]}\n    options:\n      - {id: c, text: {ja: 違う 2 個, en: The other 2}, why: {ja: 違, en: N}}\n"
     '      - {id: a, text: {ja: "違う {n} 個", en: "The other {n}"}', 24, 9, "pick", "c and a are the same"),
    ("neither text nor code", "{id: b, text: {ja: い, en: B}", "{id: b", 23, 9, "pick", "either text or code"),
    ("words in code", "code: a + b,", "text: {ja: 和, en: sum},", 37, 9, "gates", "write code:"),
    ("empty code", "code: a + b,", "code: '',", 37, 27, "gates", "code is empty"),
    ("long option", "text: {ja: い, en: B}", f"text: {{ja: {LONG}, en: B}}", 23, 28, "pick", "40 columns"),
    ("long option in code", "code: a + b,", f"code: {'a+' * 60}b,", 37, 27, "gates", "40 columns"),
    ("long code", "code: c = {hole}", f"code: c = {'0 + ' * 9}{{hole}}", 33, 11, "gates", "At most 36"),
    ("no hole", "code: c = {hole}", "code: c = a", 33, 11, "gates", "exactly one {hole}"),
    ("no form", "label: c\n", "label: c\n    forms: []\n", 33, 12, "gates", "forms is empty"),
    # formulas and words
    ("unreadable formula", "t: x + y", "t: x + q", 48, 51, "slope", "q"),
    ("brace in a mistake", "answer: 2*x", 'answer: "2*x}"', 50, 29, "slope", "A brace stands alone"),
    ("unreadable mistake", "answer: 2*x", "answer: 2*w", 50, 29, "slope", "w"),
    ("unreadable value", SLOPE, SLOPE.replace("en: The derivative.", 'en: "{a}"').replace("t: x + y", 't: "{a}"')
     + "    vary: {a: [x + y, x +]}\n", 45, 25, "slope", "x +: Nothing follows +"),
    ("undefined", "diff: z", "diff: u", 48, 20, "slope", "not defined in given"),
    ("another derivative", "wrt: x", "wrt: y", 46, 12, "slope", "dz/dx is asked, dz/dy derived"),
    ("not in the key", "ask: {ja: 微分は？, en: The derivative.}", "vary: {a: [1, 2]}\n    ask: {ja: 微, en: '{a}?'}",
     49, 38, "slope", "does not depend on a"),
    ("answer and derive", "label: dz/dx", "label: dz/dx\n    answer: 2*x", 43, 5, "slope", "either answer or derive"),
    ("no point", GOOD[GOOD.index("rubric:") : GOOD.index("    explain: {ja: 消えます。")], "rubric: []\n",
     60, 13, "words", "rubric is empty"),
    ("no phrasing", "en: [fade]}", "en: []}", 61, 53, "words", "no en phrasing"),
    # ids
    ("repeated id", "id: pick", "id: size", 18, 9, "size", "already used"),
]  # fmt: skip


def test_the_sample_itself_is_good(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(GOOD, encoding="utf-8")
    assert problems_of(tmp_path / "bank.yaml") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "question", "message"), [case[1:] for case in FAULTS], ids=[c[0] for c in FAULTS]
)
def test_a_fault_gives_exactly_its_message(
    tmp_path: Path, old: str, new: str, line: int, column: int, question: str, message: str
) -> None:
    assert old in GOOD
    bank = tmp_path / "bank.yaml"
    bank.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    (found,) = problems_of(bank)
    assert message in f"{found.what.en} {found.mend.en}", found
    assert (found.line, found.column, found.question) == (line, column, question), found
    assert found.as_line("en").startswith(f"{bank}:{line}:{column}: {question}")
    assert found.what.ja != found.what.en
