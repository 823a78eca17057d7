"""Banks that are broken as a whole, hostile ones among them, and how all faults are reported together."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.bank.load import load
from tests.banks import GOOD, problems_of

ROOT = Path(__file__).parents[2]


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "engine", "check", "--lang", "en", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT)


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    """Of form and of meaning, in a bank that does not open and in its sound questions."""
    broken = GOOD.replace("topic: sample", "").replace("kind: shape", "kind: shap").replace("en: No.}", "eng: No.}")
    broken = broken.replace("accept: [a*b]", "").replace("diff: z", "diff: u")
    (tmp_path / "bank.yaml").write_text(broken, encoding="utf-8")
    found = [f"{problem.question}: {problem.what.en}" for problem in problems_of(tmp_path / "bank.yaml")]
    assert found == [
        ": topic is missing.",
        "size: There is no kind shap.",
        "pick: why has no English.",
        "pick: There is no field eng here.",
        "gates: accept is missing.",
        "slope: u is not defined in given.",
    ]


def test_good_banks_open_beside_broken_ones(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("topic: [", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    library = load([tmp_path])
    assert [bank.topic for bank in library.banks] == ["sample"]
    assert len(library.problems) == 1


def test_an_id_may_not_be_used_again_in_another_bank(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD.replace("topic: sample", "topic: second"), encoding="utf-8")
    found = problems_of(tmp_path)
    assert [(problem.path, problem.question) for problem in found] == [
        (str(tmp_path / "b.yaml"), name) for name in ("size", "pick", "gates", "slope", "words")
    ]
    assert f"already used in {tmp_path / 'a.yaml'}" in found[0].what.en


def test_a_missing_file_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    assert "Cannot be opened" in problems_of(tmp_path / "none.yaml")[0].what.en
    assert "no bank here" in problems_of(tmp_path)[0].what.en


def test_editors_get_one_object_a_problem(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text(GOOD.replace("kind: shape", "kind: shap").replace("accept: [A]", "accept: [B]"), encoding="utf-8")
    done = check(str(bank), "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [(problem["line"], problem["column"], problem["id"]) for problem in found] == [
        (5, 11, "size"),
        (27, 14, "pick"),
    ]
    assert {tuple(problem) for problem in found} == {("file", "line", "column", "id", "what", "mend")}
    assert {problem["file"] for problem in found} == {str(bank)}
    assert found[0]["mend"]["en"] == "Did you mean shape?"
    assert found[0]["what"]["ja"] == "kind: shap という種類はありません。"


def test_proving_prints_a_table_and_the_reasons_for_none(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text(GOOD, encoding="utf-8")
    done = check("--prove", str(bank))
    rows = [line.split() for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert rows[0] == ["topic", "questions", "variants", "sim", "derivative", "options", "count", "none", "seconds"]
    assert rows[1][:-1] == ["sample", "5", "7", "1", "1", "1", "2"]  # code is proven as a choice and typed
    assert [" ".join(row) for row in rows[2:]] == [
        "2 with nothing to compute:",
        "pick: a definition",
        "words: a purpose",
        "1 bank, 5 questions, 0 problems.",
    ]


def test_a_key_that_does_not_hold_is_reported_in_its_place(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text(GOOD.replace("answer: [n - k + 1, n - k + 1]", "answer: [n - k + 1, 3]"), encoding="utf-8")
    done = check("--prove", str(bank))
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == (
        f"{bank}:4:5: size: The simulation measures 4x4, the key is 4x3. [n = 6, k = 3]"
    )
    assert done.stdout.splitlines()[-1] == "1 bank, 5 questions, 0 problems, 1 unproven."
    records = [json.loads(line) for line in check("--prove", "--json", str(bank)).stdout.splitlines()]
    assert [record["proven"] for record in records if "proven" in record] == [False, True, True, True, True]
    assert [record["line"] for record in records if "line" in record] == [4]


def test_distractors_that_compute_the_same_are_found(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    twice = "{id: total, code: a + b, why: {ja: 足しています。, en: That adds.}}"
    bank.write_text(
        GOOD.replace(f"- {twice}", f"- {twice}\n      - {twice.replace('total, code: a + b', 'again, code: b + a')}"),
        encoding="utf-8",
    )
    assert "The options total and again compute the same." in check("--prove", str(bank)).stdout


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "empty": (b"", "The file is empty"),
    "a comment alone": (b"# topic\n", "The file is empty"),
    "binary": (bytes(range(256)) * 40, "not UTF-8"),
    "null bytes": (b"topic: \x00\x01", "character that YAML does not allow"),
    "UTF-16": ("topic: 見本".encode("utf-16"), "not UTF-8"),
    "cut in a character": (GOOD.encode()[: GOOD.encode().index("見".encode()) + 1], "not UTF-8"),
    "cut in a quote": (GOOD[: GOOD.index(" は？")].encode(), "Not readable as YAML"),
    "cut in a bracket": (GOOD[: GOOD.index("6], k")].encode(), "Not readable as YAML"),
    "huge": (b"# " + b"x" * 30_000_000, "too large"),
    "huge scalar": (b"topic: " + b"x" * 900_000, "too long"),
    "deep brackets": (b"a: " + b"[" * 200_000, "too deep"),
    "deep braces": (b"a: " + b"{b: " * 200_000, "too deep"),
    "deep dashes": (b"- " * 200_000, "too deep"),
    "deep indentation": ("\n".join(" " * n + "a:" for n in range(1000)).encode(), "too deep"),
    "alias bomb": (BOMB.encode(), "Anchors"),
    "merge bomb": (b"a: &a {x: 1}\nb: {<<: [*a, *a, *a]}", "Anchors"),
    "code": (b"!!python/object/apply:os.system ['true']", "Tags"),
    "a list for a bank": (b"- topic", "bank has the wrong type"),
    "a word for a bank": (b"topic", "bank has the wrong type"),
    "questions are a word": (b"topic: a\ntitle: {ja: a, en: b}\nquestions: many", "questions has the wrong type"),
    "a question is a word": (b"topic: a\ntitle: {ja: a, en: b}\nquestions: [many]", "question"),
    "a key of text": (b"? [a]: b\n: c", "A key must be plain text"),
    "many keys": (b"".join(b"k%d: v\n" % n for n in range(60_000)), "too many values"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_bank_ends_in_a_message(tmp_path: Path, name: str) -> None:
    data, message = HOSTILE[name]
    bank = tmp_path / "bank.yaml"
    bank.write_bytes(data)
    start = time.process_time()
    found = problems_of(bank)
    assert time.process_time() - start < 1  # of this process alone, however busy the machine is
    assert message in " ".join(f"{problem.what.en} {problem.mend.en}" for problem in found[:3]), found[:3]
    assert all(problem.line >= 1 and problem.column >= 1 and problem.what.ja for problem in found)


def test_hostile_banks_together_stay_within_200_megabytes(tmp_path: Path) -> None:
    for name, (data, _) in HOSTILE.items():
        (tmp_path / f"{name.replace(' ', '-')}.yaml").write_bytes(data)
    (tmp_path / "endless.yaml").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.yaml")
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_DATA, (200_000_000, 200_000_000));"
        "from engine.cli import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", limited, "check", "--lang", "en", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1].startswith("0 banks, 0 questions")
