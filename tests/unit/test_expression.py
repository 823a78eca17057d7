"""Array expressions: what they compute, what is refused, and that nothing large is ever made."""

import contextlib
import time
import tracemalloc
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sims.expression import EvaluationError, ExpressionError, evaluate, parse

RNG = np.random.default_rng(7)
ARRAYS = {
    "a": RNG.normal(size=(3, 5)),
    "b": RNG.normal(size=(3, 5)),
    "U": RNG.normal(size=(5, 5)),
    "W": RNG.normal(size=(7, 5)),
    "v": RNG.normal(size=5),
    "k": np.asarray(2.5),
}
A, B, U, W, V, K = ARRAYS.values()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a*b + a", A * B + A),
        ("-a**2", -(A**2)),
        ("a / k - 1", A / K - 1),
        ("a @ U", A @ U),
        ("a.dot(W.T)", A @ W.T),
        ("np.dot(a, U)", A @ U),
        ("numpy.matmul(a, U)", A @ U),
        ("np.outer(v, v)", np.outer(V, V)),
        ("inner(v, v)", V @ V),
        ("np.multiply(a, b)", A * B),
        ("np.concatenate([a, b])", np.concatenate([A, B])),
        ("np.concatenate((a, b), axis=1)", np.concatenate([A, B], axis=1)),
        ("hstack([v, v])", np.hstack([V, V])),
        ("a.sum(axis=0)", A.sum(0)),
        ("np.sum(a, 1, keepdims=True)", A.sum(1, keepdims=True)),
        ("np.max(a)", A.max()),
        ("a.mean()", A.mean()),
        ("np.linalg.norm(a)", np.linalg.norm(A)),
        ("np.where(a > 0, a, 0)", np.maximum(A, 0)),
        ("(a > 0) * b", (A > 0) * B),
        ("np.clip(a, -1, 1)", A.clip(-1, 1)),
        ("sigmoid(a) + np.tanh(b)", 1 / (1 + np.exp(-A)) + np.tanh(B)),
        ("max(k, 1) - min(1, 2, )", np.asarray(1.5)),
        ("a[::-1, 0]", A[::-1, 0]),
        ("a[..., None, -1]", A[..., None, -1]),
        ("a.reshape(5, -1)", A.reshape(5, 3)),
        ("np.flip(v, axis=0)", V[::-1]),
        ("np.zeros_like(a) + np.pi", np.full((3, 5), np.pi)),
        ("  +k  ", K),
    ],
)
def test_computes_what_numpy_computes(source: str, expected: np.ndarray) -> None:
    result = evaluate(parse(source, ARRAYS), ARRAYS)
    assert result.shape == np.shape(expected)
    assert result.dtype == np.float64
    np.testing.assert_allclose(result, expected, rtol=1e-14)


def test_names_and_normalised_text_are_kept() -> None:
    expression = parse("a *b+  (k)", ARRAYS)
    assert expression.text == "a * b + k"
    assert expression.names == {"a", "b", "k"}


def test_other_names_for_a_function() -> None:
    assert evaluate(parse("g(k)", ["k"], {"g": "sigmoid"}), {"k": 0.0}) == 0.5


@pytest.mark.parametrize("source", ["a", "a.T", "a[0]", "a.reshape(15)", "np.ravel(a)", "+a", "np.transpose(a)"])
def test_given_arrays_are_neither_changed_nor_shared(source: str) -> None:
    mine = {"a": A.copy()}
    result = evaluate(parse(source, mine), mine)
    assert not np.shares_memory(result, mine["a"])
    result[...] = 0
    np.testing.assert_array_equal(mine["a"], A)


REFUSED = [
    "__import__('os').system('id')",
    "a.__class__.__bases__[0].__subclasses__()",
    "().__class__",
    "eval(a)",
    "ｅｖａｌ(a)",
    "𝐞𝐯𝐚𝐥(a)",
    "a.＿＿class＿＿",
    "os.system(1)",
    "open('x')",
    "getattr(a, 'T')",
    "lambda: a",
    "[a for k in a]",
    "(yield a)",
    "f'{a}'",
    "'a' * 9",
    "_a",
    "a\x1b[31m",
    "a\u202eb",
    "a" * 241,
    "(" * 25 + "a" + ")" * 25,
    "-" * 9 + "a",
    "9" * 16,
    "1e999",
    "a**65",
    "a.T" + ".T" * 70,
    "+".join(["1"] * 81),
]


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_no_answer_is_refused(source: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source, ARRAYS)
    assert caught.value.refused
    assert caught.value.text.ja
    assert caught.value.text.en


UNREADABLE = [
    ("a.shape", 0),
    ("a.tofile(k)", 0),
    ("np.load(a)", 0),
    ("np.random.normal(a)", 0),
    ("np.linalg.inv(U)", 0),
    ("np", 0),
    ("np.sum(a, out=b)", 14),
    ("a.sum(axis=k)", 11),
    ("a[k]", 2),
    ("a if k else b", 2),
    ("a and b", 2),
    ("a < b < k", 0),
    ("a, b", 0),
    ("{a}", 0),
    ("a = 1", 2),
    ("(a := b)", 1),
    ("a // b", 3),
    ("a * * b", 4),
    ("a ^ 2", 2),
    ("1j", 1),
    ("True", 0),
    ("2a", 1),
    ("a b", 2),
    ("a(b)", 0),
    ("a +", 3),
    ("(a * b", 6),
    ("a]", 1),
    ("a * A", 4),
    ("a × b", 2),
    ("np.concatenate(a)", 0),
    ("np.tanh()", 0),
    ("np.where(*a)", 0),
    ("max(a, b, k)", 0),
    ("", 0),
]


@pytest.mark.parametrize(("source", "offset"), UNREADABLE)
def test_what_cannot_be_read_says_where(source: str, offset: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source, ARRAYS)
    assert not caught.value.refused
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    ("source", "hint"),
    [("delta.dot(U)", "delta_t"), ("delta_t.dot(u)", "U"), ("Udelta_t", "U*delta_t"), ("q", "U, delta_t")],
)
def test_an_unknown_name_is_told_its_neighbour(source: str, hint: str) -> None:
    with pytest.raises(ExpressionError, match=hint.replace("*", r"\*")) as caught:
        parse(source, ["delta_t", "U"])
    assert hint in caught.value.text.ja


@pytest.mark.parametrize(
    ("source", "shapes"),
    [
        ("a @ b", "(3, 5) と (3, 5)"),
        ("a + W", "(3, 5) と (7, 5)"),
        ("a.dot(W)", "(3, 5) と (7, 5)"),
        ("np.concatenate([a, v])", "(3, 5) と (5,)"),
        ("a.reshape(4, 4)", "(3, 5)"),
        ("a.sum(axis=2)", "(3, 5)"),
        ("a[5]", "(3, 5)"),
        ("a[3:]", "(3, 5)"),
        ("max(a, k)", "(3, 5) と 1 つの数"),
        ("k @ a", "1 つの数 と (3, 5)"),
    ],
)
def test_shapes_that_do_not_fit_are_shown(source: str, shapes: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate(parse(source, ARRAYS), ARRAYS)
    assert caught.value.reason == "shape"
    assert shapes in caught.value.text.ja
    assert source in caught.value.text.en


@pytest.mark.parametrize("source", ["k / 0", "np.log(-k)", "np.exp(k * 1000)", "0 / 0 * a", "np.sqrt(a - 100)"])
def test_what_is_not_finite_is_an_error_and_never_a_warning(source: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(EvaluationError) as caught:
            evaluate(parse(source, ARRAYS), ARRAYS)
    assert caught.value.reason == "value"


@pytest.mark.parametrize(
    "source",
    [
        "np.outer(np.outer(x, x), x)",
        "x[:, None] * x[None, :] * x[:, None, None]",
        "np.concatenate([" + "np.outer(x, x), " * 12 + "])",
        "np.outer(x, x).dot(np.outer(x, x))",
        "np.outer(x, x) @ np.outer(x, x)",
        "9**9**9",
        "((9**9)**60)**60**60",
        "np.power(9, 1e9)",
    ],
)
def test_nothing_large_is_made(source: str) -> None:
    x = {"x": np.ones(200)}
    expression = parse(source, x)
    tracemalloc.start()
    start = time.perf_counter()
    with pytest.raises(EvaluationError) as caught:
        evaluate(expression, x)
    seconds = time.perf_counter() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.reason == "size"
    assert peak < 12_000_000
    assert seconds < 0.5


WORDS = [
    *("a", "b", "U", "v", "k", "np.", ".T", ".dot(", "(", ")", "[", "]", ":", ",", "+", "-", "*", "/", "**", "@"),
    *("2", "0.5", "=", "sum(", "tanh(", "axis=", "<", "1e9"),
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=24))
def test_any_words_end_in_a_value_or_one_of_two_errors(words: list[str]) -> None:
    source = "".join(words)
    try:
        result = evaluate(parse(source, ARRAYS), ARRAYS)
    except (ExpressionError, EvaluationError):
        return
    assert np.isfinite(result).all()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_a_place_that_is_named_lies_in_the_text(source: str) -> None:
    with contextlib.suppress(ExpressionError):
        parse(source, ARRAYS)
        return
    with pytest.raises(ExpressionError) as caught:
        parse(source, ARRAYS)
    assert 0 <= (caught.value.offset or 0) <= len(source)
