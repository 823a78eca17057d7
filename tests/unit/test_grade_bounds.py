"""Where one verdict ends and the next begins: the edge of a tolerance, of a rounding, of a multiple; and zero."""

from fractions import Fraction

import pytest

from engine.bank.asked import NumberKey, ShapeKey
from engine.grading import number, shape
from engine.grading.verdict import Verdict


def judged(key: Fraction | int, typed: Fraction | int | str, tolerance: float = 0.0) -> Verdict:
    return number.grade(NumberKey(Fraction(key), tolerance, None, ()), str(typed))


@pytest.mark.parametrize("key", [Fraction(1, 2), Fraction(-7, 3), Fraction(1, 1000)])
@pytest.mark.parametrize("sign", [1, -1])
def test_at_the_edge_of_the_tolerance_is_right_and_beyond_it_wrong(key: Fraction, sign: int) -> None:
    tolerance = 1 / 64  # a binary number, so that its edge can be met exactly
    edge = key * (1 + sign * Fraction(1, 64))
    assert judged(key, edge, tolerance).outcome == "correct"
    assert judged(key, edge + sign * key / 10**6, tolerance).outcome == "wrong"


def test_a_whole_number_is_right_only_itself_whatever_the_tolerance() -> None:
    assert judged(100, 100, 0.5).outcome == "correct"
    assert judged(100, 101, 0.5).outcome == judged(100, Fraction(201, 2), 0.5).outcome == "wrong"


@pytest.mark.parametrize(
    ("typed", "rounded"),
    [("0.13", True), ("0.12", True), ("0.1", True), ("0.2", False), ("0.11", False), ("0.14", False), ("0.126", False)],
)
def test_rounded_is_what_lies_at_most_half_a_unit_of_its_last_place_away(typed: str, rounded: bool) -> None:
    verdict = judged(Fraction(1, 8), typed)
    assert (verdict.outcome, verdict.mistake == "rounded") == ("wrong", rounded)


@pytest.mark.parametrize("key", [Fraction(7), Fraction(9, 7)])
@pytest.mark.parametrize("times", range(2, 14))
def test_a_multiple_is_named_up_to_ten_and_ten_is_a_place(key: Fraction, times: int) -> None:
    expected = "decimal-places" if times == 10 else "scaled" if times < 10 else None
    for typed in (key * times, key / times):
        mistake = judged(key, typed).mistake
        assert mistake == expected or (expected is None and mistake not in ("scaled", "decimal-places"))


@pytest.mark.parametrize("power", range(1, 9))
def test_places_are_counted_up_to_six(power: int) -> None:
    for typed, way in ((Fraction(7, 3) * 10**power, "large"), (Fraction(7, 3) / 10**power, "small")):
        verdict = judged(Fraction(7, 3), typed)
        assert verdict.named is not None
        if power > 6:
            assert verdict.mistake != "decimal-places"
        else:
            assert verdict.named.en == f"Too {way} by {power} decimal place{'s' * (power > 1)}."


@pytest.mark.parametrize(("typed", "mistake"), [(8, "one-too-large"), (6, "one-too-small"), (9, None), (5, None)])
def test_one_off_is_one_and_not_two(typed: int, mistake: str | None) -> None:
    assert judged(7, typed).mistake == mistake


@pytest.mark.parametrize("typed", ["5", "-5", "1", "100", "1/3", "0.5"])
def test_a_key_of_zero_has_no_multiples_and_zero_is_no_multiple(typed: str) -> None:
    named = ("scaled", "decimal-places", "reciprocal", "percent-sign-missing", "sign")
    for verdict in (judged(0, typed), judged(Fraction(typed), "0")):
        assert verdict.outcome == "wrong"
        assert verdict.mistake not in named
    assert judged(0, "0").outcome == judged(0, "-0").outcome == "correct"


@pytest.mark.parametrize("key", [(2, 2), (0, 4), (4, 0), (0, 0)])
@pytest.mark.parametrize("typed", ["0x0", "0x2", "4x0", "0x4", "8x0"])
def test_a_size_of_nothing_is_right_or_wrong_and_never_a_multiple(key: tuple[int, int], typed: str) -> None:
    verdict = shape.grade(ShapeKey(key, ()), typed)
    assert (verdict.outcome == "correct") == (typed == f"{key[0]}x{key[1]}")
    assert verdict.mistake != "scaled"


@pytest.mark.parametrize("typed", ["3+*4", "12/(3", "2*abc", "((1)", "3 4"])
def test_a_number_that_cannot_be_read_is_answered_with_examples(typed: str) -> None:
    verdict = judged(7, typed)
    assert verdict.outcome == "unreadable"
    assert verdict.examples
    assert all(judged(7, example).outcome != "unreadable" for example in verdict.examples)
