"""Typed code: any equal spelling is right, a wrong one is named, what cannot be read costs nothing."""

import time
from collections.abc import Mapping

import numpy as np
import pytest

from engine.bank.asked import AskedOption, CodeKey
from engine.bank.model import Array
from engine.grading.code import grade, passes, reading
from engine.grading.draws import arrays_for, letter_sizes
from engine.grading.plain import UnreadError
from sims.text import Text, same


def code_key(label: str, arrays: Mapping[str, Array], right: str, *wrong: str, typed: bool = True) -> CodeKey:
    mistakes = [
        AskedOption(f"wrong-{place}", same(code), True, False, Text(f"誤り {place}", f"mistake {place}"))
        for place, code in enumerate(wrong, 1)
    ]
    return CodeKey(label, arrays, (AskedOption("key", same(right), True, True), *mistakes), typed)


GATE = Array(shape="B x H", values="gate")
STATE = Array(shape="B x H")
LSTM_ARRAYS = {"a": STATE, "i": GATE, "f": GATE, "o": GATE, "c": STATE}
LSTM = code_key("c", LSTM_ARRAYS, "i*a + f*c", "o*a + f*c", "f*a + o*c", "f*a + i*c")
BPTT = code_key(
    "delta_t",
    {"delta_t": STATE, "U": Array(shape="H x H"), "W": Array(shape="H x I"), "V": Array(shape="O x H")},
    "delta_t.dot(U)",
    "delta_t.dot(U.T)",
    "delta_t.dot(V)",
    "delta_t * V",
)
CLIP = code_key(
    "clipped",
    {
        "g": Array(shape="H"),
        "rate": Array(shape="scalar", given="threshold / norm"),
        "threshold": Array(shape="scalar", values="positive"),
        "norm": Array(shape="scalar", given="np.linalg.norm(g)"),
    },
    "g*rate",
    "g/norm",
    "g/threshold",
    "np.maximum(g, threshold)",
)
EMBED = code_key(
    "e", {"E": Array(shape="D x V"), "w": Array(shape="V", values="onehot")}, "E.dot(w)", "E * w", "E.T.dot(w)"
)
CHILDREN = {"l": Array(shape="E"), "r": Array(shape="E"), "W": Array(shape="E x 2E")}
TREE = code_key("lr", CHILDREN, "np.concatenate([l, r])", "l + r", "l * r", "np.maximum(l, r)")
NEXT_H = code_key(
    "h",
    {"z": GATE, "h_bar": STATE, "h": STATE},
    "(1-z)*h + z*h_bar",
    "z*h + (1-z)*h_bar",
    "z*h_bar",
)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (LSTM, "i*a + f*c"),
        (LSTM, "f*c+a*i"),
        (LSTM, "c = i * a + f * c"),
        (LSTM, "c_next = i*a+f*c;"),
        (LSTM, "self.c[t] = i*a + f*c"),
        (LSTM, "return i*a + f*c  # 新しい記憶"),
        (LSTM, "ｃ ＝ ｉ＊ａ＋ｆ＊ｃ"),
        (LSTM, "i・a ＋ f×c"),
        (LSTM, "`i ⊙ a + f ⊙ c`"),
        (LSTM, "np.multiply(i, a) + np.multiply(f, c)"),
        (LSTM, "c*f - (-a)*i"),
        (LSTM, "c + i*a - (1 - f)*c"),
        (BPTT, "delta_t @ U"),
        (BPTT, "np.dot(delta_t, U)"),
        (BPTT, "numpy.matmul(delta_t, U)"),
        (BPTT, "delta_t＝ｄｅｌｔａ＿ｔ．ｄｏｔ（Ｕ）"),
        (BPTT, "(U.T @ delta_t.T).T"),
        (BPTT, "(Uᵀ @ delta_tᵀ)ᵀ"),
        (CLIP, "g * threshold / norm"),
        (CLIP, "threshold * g / np.linalg.norm(g)"),
        (CLIP, "g / ((g²).sum())**0.5 * threshold"),
        (CLIP, "g*rate。"),
        (EMBED, "E @ w"),
        (EMBED, "w.dot(E.T)"),
        (EMBED, "(E*w).sum(axis=1)"),
        (TREE, "np.append(l, r)"),
        (TREE, "np.hstack((l, r))"),
        (TREE, "concatenate([l, r], axis=0)"),
        (NEXT_H, "h + z*(h_bar - h)"),
        (NEXT_H, "h_bar*z + h - h*z"),
    ],
)
def test_any_equal_spelling_is_right(key: CodeKey, text: str) -> None:
    for seed in range(3):
        assert grade(key, text, seed).outcome == "correct"


@pytest.mark.parametrize(
    ("key", "text", "mistake"),
    [
        (LSTM, "a*o + c*f", "wrong-1"),
        (LSTM, "o*c + f*a", "wrong-2"),
        (LSTM, "i*c + f*a", "wrong-3"),
        (BPTT, "delta_t @ U.T", "wrong-1"),
        (BPTT, "np.dot(delta_t, V)", "wrong-2"),
        (BPTT, "V * delta_t", "wrong-3"),
        (CLIP, "g / np.linalg.norm(g)", "wrong-1"),
        (CLIP, "np.maximum(threshold, g)", "wrong-3"),
        (EMBED, "w*E", "wrong-1"),
        (TREE, "r + l", "wrong-1"),
        (NEXT_H, "z*h + h_bar - z*h_bar", "wrong-1"),
        (LSTM, "i*a - f*c", None),
        (LSTM, "i*a", None),
        (LSTM, "i @ a + f @ c", None),
        (LSTM, "1", None),
        (BPTT, "delta_t.dot(U) * 0.999999", None),
        (BPTT, "delta_t.dot(W)", None),
        (CLIP, "np.clip(g, -threshold, threshold)", None),
        (TREE, "np.concatenate([r, l])", None),
        (TREE, "np.concatenate([l, r]).reshape(1, -1)", None),
        (LSTM, "i*a + f*c + 0/0", None),
    ],
)
def test_a_wrong_answer_is_wrong_and_named_if_it_is_known(key: CodeKey, text: str, mistake: str | None) -> None:
    verdict = grade(key, text)
    assert verdict.outcome == "wrong"
    assert verdict.mistake == mistake
    assert verdict.named
    assert verdict.evidence
    assert verdict.claim


@pytest.mark.parametrize(
    ("text", "outcome", "offset"),
    [
        ("i*a + f*C", "unreadable", 8),
        ("ｃ＝ｉ＊ａ＋ｆ＊Ｃ", "unreadable", 8),
        ("c = (i*a + f*c", "unreadable", 14),
        ("ia + fc", "unreadable", 0),
        ("i*a + ", "unreadable", 5),
        ("i*a; f*c", "unreadable", 3),
        ("c += i*a", "unreadable", 2),
        ("i^2", "unreadable", 1),
        ("", "unreadable", None),
        ("# なし", "unreadable", 0),
        ("わかりません", "unreadable", 0),
        ("i.tolist()", "unreadable", 0),
        ("__import__('os')", "refused", None),
        ("c = ().__class__", "refused", None),
        ("i*a\x00", "refused", None),
        ("i*" * 120 + "a", "refused", None),
        ("9**9**9", "refused", None),
        ("np.outer(np.outer(i, a), np.outer(f, c))", "refused", None),
    ],
)
def test_what_cannot_be_graded_is_no_attempt(text: str, outcome: str, offset: int | None) -> None:
    verdict = grade(LSTM, text)
    assert verdict.outcome == outcome
    assert not verdict.is_attempt
    assert verdict.named
    assert (verdict.caret.offset if verdict.caret else None) == offset


def test_the_evidence_says_what_was_seen() -> None:
    shapes = grade(BPTT, "delta_t.dot(W.T)").evidence
    assert shapes
    assert "(7, 2)" in shapes.en
    assert "B = 7" in shapes.en
    other = grade(BPTT, "delta_t.dot(W)")
    assert other.named == Text("結果の形が違います。", "The result has another shape.")
    half = grade(BPTT, "delta_t.dot(U) * 0.59").evidence
    assert half == Text("勾配が 41 % ずれています。", "The gradient is 41 % off.")
    values = grade(CLIP, "2*g*rate").evidence
    assert values
    assert values.en.startswith("On the same input the key is ")


def test_the_same_seed_gives_the_same_evidence() -> None:
    assert grade(LSTM, "i*a", 5) == grade(LSTM, "i*a", 5)
    assert grade(LSTM, "i*a", 5).evidence != grade(LSTM, "i*a", 6).evidence


def test_reading_puts_spaces_in_order() -> None:
    assert reading(LSTM, "c=i*a+f*c**2") == "i ∗ a + f ∗ c ** 2"
    assert reading(BPTT, "delta_t.dot( U )") == "delta_t.dot(U)"
    with pytest.raises(UnreadError):
        reading(LSTM, "i*")
    assert grade(LSTM, "ｉ＊ａ").reading == "i ∗ a"
    assert grade(LSTM, "ｉ＊ａ").claim == "i * a"


def test_code_typed_where_options_are_shown_is_a_pick() -> None:
    shown = code_key("c", LSTM_ARRAYS, "i*a + f*c", "o*a + f*c", typed=False)
    assert grade(shown, "f*c + i*a").picked == (0,)
    assert grade(shown, "f*c + o*a").picked == (1,)
    assert grade(LSTM, "f*c + o*a").picked == ()
    assert grade(shown, "i*c").picked == ()


@pytest.mark.parametrize("key", [LSTM, BPTT, CLIP, EMBED, TREE, NEXT_H])
def test_exactly_the_right_option_passes(key: CodeKey) -> None:
    assert [passes(key, option.text.en, range(8)) for option in key.options] == [option.right for option in key.options]


def test_arrays_are_drawn_as_the_question_says() -> None:
    for seed in range(20):
        sizes = letter_sizes(BPTT.arrays, seed)
        assert len(set(sizes.values())) == len(sizes)
        drawn = arrays_for(BPTT.arrays, seed)
        assert drawn["U"].shape == (sizes["H"], sizes["H"])
        assert drawn["V"].shape == (sizes["O"], sizes["H"])
        clip = arrays_for(CLIP.arrays, seed)
        assert np.isclose(clip["rate"], clip["threshold"] / np.linalg.norm(clip["g"]), rtol=1e-14)
        tree = arrays_for(TREE.arrays, seed)
        assert tree["W"].shape == (tree["l"].size, 2 * tree["l"].size)
        onehot = arrays_for(EMBED.arrays, seed)["w"]
        assert sorted(onehot)[-2:] == [0, 1]
        gates = arrays_for(LSTM.arrays, seed)
        assert ((gates["i"] > 0) & (gates["i"] < 1)).all()
    values = np.concatenate([arrays_for(LSTM.arrays, seed)["a"].ravel() for seed in range(20)])
    assert (values > 0).any()
    assert (values < 0).any()


def test_a_size_that_is_written_is_not_drawn_for_a_letter() -> None:
    arrays = {"x": Array(shape="3 x H"), "y": Array(shape="K x 2")}
    for seed in range(10):
        assert not {2, 3} & set(letter_sizes(arrays, seed).values())
        assert arrays_for(arrays, seed)["x"].shape[0] == 3


@pytest.mark.parametrize(
    "arrays",
    [
        {"x": Array(shape="H", given="y + 1"), "y": Array(shape="H", given="x - 1")},
        {"x": Array(shape="H"), "n": Array(shape="H", given="x.sum()")},
        {"x": Array(shape="H"), "n": Array(shape="H", given="x.sum(")},
    ],
)
def test_arrays_that_cannot_be_drawn_are_the_authors_error(arrays: dict[str, Array]) -> None:
    with pytest.raises(ValueError, match=r"."):
        arrays_for(arrays, 0)


@pytest.mark.parametrize(
    "text",
    [
        "np.tanh(" * 23 + "np.outer(i,a)" + ")" * 23,
        "+".join(["np.outer(i,a)"] * 15),
        "np.outer(i,a)@" * 15 + "np.outer(i,a)",
        "**".join(["c"] * 60),
        "i" + ".dot(a.T)" * 20,
        "np.concatenate([" + "np.outer(i,a)," * 15 + "])",
    ],
)
def test_no_text_takes_long(text: str) -> None:
    grade(LSTM, "i*a")
    start = time.perf_counter()
    grade(LSTM, text)
    assert time.perf_counter() - start < 0.25
