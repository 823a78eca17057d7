"""One cell step by step against the equations written out, and other rules for c in the same cell."""

import math
import re
from typing import Any

import numpy as np
import pytest

from sims.frames import Frame, Plot, Table
from sims.gates import effect, run
from sims.gates.gate_run import ENDS, PATTERNS
from sims.numerals import places, trimmed

KEY, SWAPPED, SHOWN, AUTHORS = "i*a + f*c", "f*a + i*c", "o*a + f*c", "f*a + o*c"


def story(
    pattern: str = "story", claim: str | None = None, steps: int = 8, leak: float = 0.0, seed: int = 0
) -> list[Frame]:
    return list(run(pattern, steps, leak, claim, seed))


def metrics(**values: Any) -> dict[str, Any]:
    return dict(story(**values)[-1].metrics)


def panel(frame: Frame, kind: type[Table] | type[Plot]) -> Any:
    (found,) = (each for each in frame.panels if isinstance(each, kind))
    return found


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("leak", [0.0, 0.1, 0.5])
def test_cell_follows_the_equations(pattern: str, leak: float) -> None:
    for seed in range(3):
        measured = metrics(pattern=pattern, leak=leak, seed=seed)
        c, read = 0.0, [measured[name] for name in ("a", "i", "f", "o", "c", "h")]
        assert len({len(values) for values in (*read[:4], read[4][1:], read[5])}) == 1
        for t, (a, i, f, o) in enumerate(zip(*read[:4], strict=True)):
            c = i * a + f * c
            assert read[4][t + 1] == pytest.approx(c, abs=1e-12)
            assert read[5][t] == pytest.approx(o * math.tanh(c), abs=1e-12)
            assert all(min(abs(gate - level) for level in (leak, 1 - leak, 0.5)) < 1e-12 for gate in (i, f, o))


def test_what_each_pattern_is_there_to_show() -> None:
    told = metrics()
    assert told["c"][1:5] == [0.8] * 4  # kept while other numbers pass by
    assert [round(h, 2) for h in told["h"][:5]] == [0, 0, 0, 0.66, 0]  # and shown once
    assert told["c"][5] == 0
    assert set(metrics(pattern="remember")["c"][1:]) == {0.8}
    written = metrics(pattern="write")
    assert written["c"][1:] == pytest.approx(written["a"])
    added = metrics(pattern="add")
    assert added["c"][-1] == pytest.approx(sum(added["a"]))


def test_steps_follow_one_another_whatever_their_number() -> None:
    long = metrics(steps=12)
    for steps in (4, 8):
        assert metrics(steps=steps)["c"] == long["c"][: steps + 1]
        assert len(story(steps=steps)) == steps + 1


def test_ends_of_the_gates_keep_write_and_pass_the_error_on() -> None:
    measured = metrics()
    assert dict(zip(ENDS, measured["ends"], strict=True)) == pytest.approx(
        {(0, 1): 2.0, (1, 0): 0.8, (1, 1): 2.8, (0, 0): 0.0, (0.5, 0.5): 1.4}
    )
    assert measured["slopes"] == pytest.approx([f for _, f in ENDS], abs=1e-12)
    assert effect(measured)
    assert not effect(measured | {"kept": 1.9})
    assert not effect(measured | {"slopes": [1.0, 0.0, 1.0, 0.0, 1.0]})


@pytest.mark.parametrize(
    ("claim", "ends"),
    [
        (SHOWN, [2.4, 0.4, 2.4, 0.4, 1.4]),  # 2.4, 1.8 and .8 are the numbers the question gives as evidence
        (AUTHORS, [1.8, 1.0, 1.8, 1.0, 1.4]),
        (SWAPPED, [0.8, 2.0, 2.8, 0.0, 1.4]),
        ("np.multiply(f, a) + np.multiply(i, c)", [0.8, 2.0, 2.8, 0.0, 1.4]),
    ],
)
def test_wrong_rules_run_in_the_same_cell(claim: str, ends: list[float]) -> None:
    for seed in range(4):
        frames = story(claim=claim, seed=seed)
        measured: dict[str, Any] = dict(frames[-1].metrics)
        table = panel(frames[-1], Table)
        assert [row[-1].en for row in table.rows] == [places(value) for value in ends]
        assert {row for row, _ in table.claim} == {
            row for row, value in enumerate(ends) if value != pytest.approx(measured["ends"][row])
        }
        assert measured["claim_agrees"] is False
        assert effect(measured)  # the right cell beside it stays right
        assert frames[-1].about_claim
        assert f"here it is {trimmed(ends[0])}." in frames[-1].caption.en
        assert f"のはずが、{trimmed(ends[0])} です" in frames[-1].caption.ja
        said = re.search(r"After step (\d+) c is (\S+) instead of (\S+)\.$", frames[-1].caption.en)
        assert said
        step = int(said[1])
        assert trimmed(measured["claim_c"][step]) == said[2]
        assert trimmed(measured["c"][step]) == said[3]
        apart = np.abs(np.array(measured["claim_c"]) - measured["c"])
        assert apart[step] == apart.max() > 0.3


def test_swapped_gates_overwrite_what_should_be_kept() -> None:
    frames = story(claim=SWAPPED)
    measured: dict[str, Any] = dict(frames[-1].metrics)
    assert measured["claim_c"][2] == pytest.approx(-0.6)  # i = 0, f = 1 let the new content in
    assert measured["claim_wrong_from"] == 2
    assert not frames[0].about_claim
    assert frames[1].about_claim
    assert "give c = .8. Yours makes it −.6." in frames[1].caption.en
    assert panel(frames[1], Table).claim == ((6, 2),)
    assert [series.role for series in panel(frames[1], Plot).series] == ["muted", "lit", "claim"]


@pytest.mark.parametrize("claim", [KEY, "f*c + a*i", "np.multiply(i, a) + np.multiply(f, c)"])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_right_rule_in_other_words_agrees(claim: str, pattern: str) -> None:
    frames = story(pattern, claim)
    assert frames[-1].metrics["claim_agrees"] is True
    assert not any(frame.about_claim for frame in frames)
    assert "agrees" in frames[-1].caption.en


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("i @ a", "do not fit"),
        ("i * a +", "Something must follow"),
        ("i*a + f*c_prev", "There is no c_prev here"),
        ("c[:, :2]", "The result is (2, 2), c is (2, 3)"),
        ("a / i", "not finite"),
        ("__import__('os')", "cannot run"),
    ],
)
def test_rule_that_cannot_run_says_so_and_the_right_cell_goes_on(claim: str, words: str) -> None:
    frames = story(claim=claim)
    assert words in frames[-1].caption.en
    assert "この式は動きません" in frames[-1].caption.ja
    assert frames[0].about_claim
    assert frames[-1].about_claim
    assert frames[-1].metrics["claim_runs"] is False
    assert frames[-1].metrics["c"] == metrics()["c"]
    assert effect(frames[-1].metrics)


def test_rule_that_grows_is_told_with_its_size() -> None:
    frames = story(claim="40*(c + 1)*a")
    measured: dict[str, Any] = dict(frames[-1].metrics)
    assert abs(float(measured["claim_c"][-1])) > 1e9
    assert re.search(r"After step 8 c is −?\d\.\de\d+ instead of \.7\.", frames[-1].caption.en)
    limit = max(abs(y) for series in panel(frames[-1], Plot).series for y in series.y)
    assert limit < 10  # the picture keeps to what is near the right cell


def test_rule_that_overflows_is_told_with_its_step() -> None:
    frames = story(claim="a * (c + 100)**50")
    measured: dict[str, Any] = dict(frames[-1].metrics)
    assert measured["claim_stopped"] == 2
    assert "At step 2 it leaves the range of numbers" in frames[-1].caption.en
    assert "2 ステップ目で数の範囲を超えます" in frames[-1].caption.ja
    assert np.isfinite(measured["claim_c"]).all()


def test_captions_name_the_state_of_the_gates() -> None:
    told = [frame.caption.en for frame in story()]
    assert "enters the empty cell, c is .8. o is shut: h = 0." in told[0]
    assert "i is shut to a = −.6, f is open: c stays .8." in told[1]
    assert "o is open and shows h = .66" in told[3]
    assert "i and f are shut: c = .8 is dropped, which leaves 0." in told[4]
    assert "i and f are open: a = .4 is added to c = .3, which gives .7." in told[6]
    leaking = [frame.caption.ja for frame in story(leak=0.05)]
    assert "c は .76 から .69 に変わるだけです" in leaking[1]


def test_same_seed_same_frames_and_another_seed_others() -> None:
    assert story(claim=SHOWN) == story(claim=SHOWN)
    assert metrics()["a"] != metrics(seed=1)["a"]
    assert metrics()["c"] == metrics(claim=SHOWN)["c"]


@pytest.mark.parametrize(
    ("value", "fixed", "short"),
    [
        (0.8, ".80", ".8"),
        (-0.004, ".00", "0"),
        (-0.25, "−.25", "−.25"),
        (2.0, "2.00", "2"),
        (5100.4, "5,100", "5,100"),
        (100.0, "100", "100"),
        (-7.3e10, "−7.3e10", "−7.3e10"),
        (math.inf, "∞", "∞"),
    ],
)
def test_numbers_are_written_shortly(value: float, fixed: str, short: str) -> None:
    assert (places(value), trimmed(value)) == (fixed, short)
