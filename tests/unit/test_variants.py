import itertools
import random
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from engine.bank import variants
from engine.bank.arithmetic import FormulaError
from engine.bank.ask import ask
from engine.bank.asked import CodeKey, NumberKey, ShapeKey, SymbolicKey
from engine.bank.linked import settings
from engine.bank.model import Question
from engine.bank.template import fill, insert, number

COMMON: dict[str, Any] = {
    "id": "some-question",
    "ask": {"ja": "{n}×{n} は？", "en": "{n}×{n}?"},
    "explain": {"ja": "和は {n + k} です。", "en": "The sum is {n + k}."},
    "sim": {"name": "convolution", "with": {"size": "n", "kernel": "k", "claim": "$answer"}},
    "proof": {"sim": "output_shape"},
    "vary": {"n": ["5", "6", "7"], "k": ["3", "2"]},
}


def question(**fields: Any) -> Question:
    made: Question = msgspec.convert({**COMMON, **fields}, Question)
    return made


def shape(**fields: Any) -> Question:
    return question(kind="shape", answer=["n - k + 1", "n - k + 1"], **fields)


def test_seed_zero_is_the_original_item() -> None:
    asked = ask(shape(), "topic")
    assert asked.values == {"n": 5, "k": 3}
    assert asked.ask.ja == "5×5 は？"
    assert asked.explain.en == "The sum is 8."
    assert isinstance(asked.key, ShapeKey)
    assert asked.key.sizes == (3, 3)
    assert settings(asked) == {"size": "5", "kernel": "3", "claim": "$answer"}


def test_a_seed_always_draws_the_same_and_seeds_reach_every_variant() -> None:
    made = shape(where="n - k < 4")
    drawn = [variants.draw(made, seed) for seed in range(1, 60)]
    assert drawn == [variants.draw(made, seed) for seed in range(1, 60)]
    assert {tuple(values.items()) for values in drawn} == {tuple(v.items()) for v in variants.variants(made)}
    assert all(int(values["n"]) - int(values["k"]) < 4 for values in drawn)


def test_a_rare_variant_is_found_and_an_impossible_one_is_named() -> None:
    wide = {"vary": {"n": [str(size) for size in range(100, 400)], "k": ["3"]}}
    assert variants.draw(shape(**wide, where="n == 399"), 7)["n"] == 399
    with pytest.raises(FormulaError, match="where"):
        variants.draw(shape(where="n > 100"), 1)


@pytest.mark.parametrize("seed", [0, 1])
def test_a_variable_without_values_is_an_error_with_words(seed: int) -> None:
    with pytest.raises(FormulaError):
        ask(shape(vary={"n": [], "k": ["3"]}), "topic", seed)


def test_a_mistake_that_is_none_at_this_variant_is_left_out() -> None:
    mistakes = [
        {"id": "same-as-key", "answer": ["3", "3"], "why": {"ja": "あ", "en": "a"}},
        {"id": "real", "answer": ["n", "n"], "why": {"ja": "い", "en": "b"}},
        {"id": "twice", "answer": ["5", "5"], "why": {"ja": "う", "en": "c"}},
        {"id": "impossible", "answer": ["k - n", "1"], "why": {"ja": "え", "en": "d"}},
    ]
    key = ask(shape(mistakes=mistakes), "topic").key
    assert isinstance(key, ShapeKey)
    assert [mistake.id for mistake in key.mistakes] == ["real"]


def test_options_are_shuffled_by_seed_and_keep_their_marks() -> None:
    options = [{"id": f"o{i}", "text": {"ja": f"{i}", "en": f"{i}"}, "right": i == 0} for i in range(4)]
    made = question(kind="choice", options=options, explain={"ja": "あ", "en": "a"})
    orders = set()
    for seed in range(30):
        asked = ask(made, "topic", seed)
        assert [option.id for option in asked.choices if option.right] == ["o0"]
        orders.add(tuple(option.id for option in asked.choices))
    assert len(orders) > 10


def test_code_is_first_a_choice_and_later_also_a_hole() -> None:
    made = question(
        kind="code", label="c", code="c = {hole}", arrays={"a": {"shape": "H"}},
        options=[{"id": "yes", "code": "a", "right": True}, {"id": "no", "code": "-a"}],
    )  # fmt: skip
    forms = []
    for seed in range(20):
        key = ask(made, "topic", seed).key
        assert isinstance(key, CodeKey)
        forms.append(key.typed)
    assert forms[0] is False
    assert set(forms) == {True, False}


def test_formulas_are_inserted_in_brackets_and_shown_plainly() -> None:
    made = question(
        kind="symbolic", label="dz/dx", variables={"x": "real", "y": "real"},
        vary={"outer": ["t**2", "sin(t)"], "inner": ["x + y"]},
        derive={"diff": "z", "wrt": "x", "given": {"z": "{outer}", "t": "{inner}"}},
        ask={"ja": "z = {outer}", "en": "z = {outer}"}, explain={"ja": "あ", "en": "a"}, sim={"name": "chain_rule"},
        mistakes=[{"id": "outer", "answer": "3*{inner}", "why": {"ja": "い", "en": "b"}}],
    )  # fmt: skip
    asked = ask(made, "topic")
    assert asked.ask.en == "z = t²"
    assert isinstance(asked.key, SymbolicKey)
    assert asked.key.derive is not None
    assert asked.key.derive.given == {"z": "(t**2)", "t": "(x + y)"}
    assert asked.key.mistakes[0].answer == "3*(x + y)"


def test_numbers_are_exact() -> None:
    made = question(kind="number", answer="n/8", tolerance=0.001)
    key = ask(made, "topic").key
    assert isinstance(key, NumberKey)
    assert key.value == Fraction(5, 8)


@pytest.mark.parametrize(
    ("value", "shown"), [(12345, "12,345"), (-3, "−3"), (Fraction(1, 4), "0.25"), (Fraction(1, 3), "1/3")]
)
def test_numbers_as_shown(value: int | Fraction, shown: str) -> None:
    assert number(value) == shown


def test_braces() -> None:
    assert fill("{{n}} = {n}, {hole}", {"n": 5}, str) == "{n} = 5, {hole}"
    assert insert("{n}*{f}", {"n": 5, "f": "x + 1"}) == "(5)*(x + 1)"


def test_every_variant_satisfies_where() -> None:
    made = shape(where="k == 3")
    assert [dict(values) for values in itertools.islice(variants.variants(made), 9)] == [
        {"n": 5, "k": 3}, {"n": 6, "k": 3}, {"n": 7, "k": 3},
    ]  # fmt: skip


def test_seeds_in_a_row_give_each_variant_once() -> None:
    made = shape(where="n - k < 5")
    every = list(variants.variants(made))
    for start in (0, 1, 17):
        drawn = [variants.draw(made, seed) for seed in range(start, start + len(every))]
        assert sorted(map(str, drawn)) == sorted(map(str, every))


def test_an_unmet_variant_is_found_while_there_is_one_then_the_one_met_longest_ago() -> None:
    made = shape()
    count = len(list(variants.variants(made)))
    met = [0]
    for turn in range(2 * count - 1):
        assert variants.all_met(made, met) == (len(met) >= count)
        met.append(variants.unmet_seed(made, met, random.Random(turn)))  # noqa: S311
    first, second = ([str(variants.draw(made, seed)) for seed in part] for part in (met[:count], met[count:]))
    assert len(set(first)) == count
    assert second == first


def test_of_too_many_variants_one_is_drawn_that_was_not_met() -> None:
    made = shape(vary={"n": [str(size) for size in range(100, 150)], "k": [str(size) for size in range(1, 60)]})
    assert variants.order_of(made) == ()
    met = [0]
    for turn in range(30):
        met.append(variants.unmet_seed(made, met, random.Random(turn)))  # noqa: S311
    assert len({str(variants.draw(made, seed)) for seed in met}) == len(met)
    assert not variants.all_met(made, met)
