"""Questions as the exam puts them: four different options, one of them right, whatever is drawn."""

from fractions import Fraction

import pytest
from msgspec.structs import replace

from engine.bank.ask import ask
from engine.bank.asked import Asked, AskedOption, Key, NumberKey, ShapeKey, SymbolicKey
from engine.bank.load import SHIPPED, load
from engine.bank.model import Bank, Choice, Code, Essay, Question
from engine.grading.grade import grade
from engine.study.exam.item import Item, eligible, item
from engine.study.look import look_at
from sims.text import Text, same

QUESTIONS = load([SHIPPED]).questions()
ELIGIBLE = [found for found in QUESTIONS if eligible(found[1])]


def ids(found: tuple[Bank, Question]) -> str:
    return found[1].id


def made(asked: Asked, seed: int = 1) -> Item:
    found = item(asked, seed)
    assert found is not None
    return found


def beside(asked: Asked, answer: AskedOption) -> Asked:
    """The same question with the value of another option for its key."""
    key: Key
    match asked.key:
        case ShapeKey():
            key = ShapeKey(tuple(map(int, answer.text.en.split("×"))), ())
        case NumberKey(tolerance=tolerance, unit=unit):
            digits = answer.text.en.split(" ")[0].replace(",", "").replace("−", "-")
            key = NumberKey(Fraction(digits), tolerance, unit, ())
        case SymbolicKey() as old:
            key = replace(old, answer=answer.text.en, derive=None, mistakes=())
        case other:
            key = other
    return replace(asked, key=key)


@pytest.mark.parametrize("found", ELIGIBLE, ids=ids)
def test_four_different_options_and_exactly_one_is_right(found: tuple[Bank, Question]) -> None:
    bank, question = found
    for seed in (0, 1, 2, 3):
        asked = ask(question, bank.topic, seed)
        own = made(asked, seed + 5)
        assert [option.right for option in own.options].count(True) == 1
        for language in ("ja", "en"):
            assert len({option.text.get(language) for option in own.options}) == 4
        assert len({option.id for option in own.options}) == 4
        outcomes = [own.verdict(place).outcome for place in range(4)]
        assert outcomes.count("correct") == 1
        assert outcomes.count("wrong") == 3
        assert outcomes.index("correct") == own.right


@pytest.mark.parametrize("found", [f for f in ELIGIBLE if not isinstance(f[1], Choice | Code)], ids=ids)
def test_no_two_options_are_the_same_value_in_other_words(found: tuple[Bank, Question]) -> None:
    bank, question = found
    for seed in (0, 4):
        asked = ask(question, bank.topic, seed)
        own = made(asked)
        for right, option in enumerate(own.options):
            outcomes = [grade(beside(asked, option), answer).outcome for answer in own.answers]
            assert [place for place, outcome in enumerate(outcomes) if outcome == "correct"] == [right]


def test_all_but_answers_in_words_can_be_asked() -> None:
    left_out = [question for _, question in QUESTIONS if not eligible(question)]
    assert all(
        isinstance(question, Essay)
        or (isinstance(question, Choice | Code) and (len(question.options) < 4 or getattr(question, "multiple", False)))
        for question in left_out
    )
    assert item(ask(next(q for q in left_out if isinstance(q, Essay)), "x"), 1) is None


def test_the_order_of_the_options_is_the_seeds() -> None:
    bank, question = next(found for found in QUESTIONS if found[1].id == "conv-output-size")
    asked = ask(question, bank.topic)
    orders = {tuple(option.id for option in made(asked, seed).options) for seed in range(30)}
    assert len(orders) > 5
    assert {order.index("3×3") for order in orders} == {0, 1, 2, 3}
    assert made(asked, 3) == made(asked, 3)


def test_of_five_options_four_are_shown_with_the_answers_of_the_questions_own_screen() -> None:
    bank, question = next(found for found in QUESTIONS if found[1].id == "gru-hidden-update")
    assert isinstance(question, Code)
    asked = ask(question, bank.topic, 0)
    for seed in range(8):
        own = made(asked, seed)
        assert len(own.options) == 4
        for place, option in enumerate(own.options):
            assert own.verdict(place).mistake == (None if option.right else option.id)


def test_an_answer_that_is_typed_elsewhere_is_picked_here() -> None:
    bank, question = next(found for found in QUESTIONS if found[1].id == "lstm-cell-update")
    asked = next(a for seed in range(40) if (a := ask(question, bank.topic, seed)).values["form"] == "typed")
    own = made(asked)
    assert own.answers[own.right] == "i*a + f*c"
    assert all(option.code for option in own.options)


def bare(key: Key) -> Asked:
    """A question without a single named mistake."""
    bank, question = next(found for found in QUESTIONS if found[1].id == "conv-output-size")
    return replace(ask(question, bank.topic), key=key)


@pytest.mark.parametrize(
    "key",
    [
        ShapeKey((1, 1), ()),
        ShapeKey((3,), ()),
        ShapeKey((2, 4, 8), ()),
        NumberKey(Fraction(0), 1e-6, None, ()),
        NumberKey(Fraction(1), 1e-6, Text("個", "parameters"), ()),
        NumberKey(Fraction(1, 3), 1e-6, None, ()),
        NumberKey(Fraction(-5, 2), 0.5, None, ()),
        SymbolicKey("y", {"x": "real"}, "1", None, {}, {}, ()),
        SymbolicKey("y", {"x": "real"}, "x", None, {}, {}, ()),
        SymbolicKey("y", {"x": "positive"}, "log(x)", None, {}, {}, ()),
    ],
    ids=str,
)
def test_without_named_mistakes_near_misses_fill_up(key: Key) -> None:
    asked = bare(key)
    own = made(asked)
    outcomes = sorted(own.verdict(place).outcome for place in range(4))
    assert outcomes == ["correct", "wrong", "wrong", "wrong"]
    for option in own.options:
        assert [grade(beside(asked, option), answer).outcome for answer in own.answers].count("correct") == 1


def test_a_count_is_offered_whole_and_positive() -> None:
    own = made(bare(NumberKey(Fraction(1), 1e-6, Text("個", "parameters"), ())))
    assert all(answer.isdecimal() and int(answer) > 0 for answer in own.answers)


def test_a_key_that_cannot_be_computed_is_no_item() -> None:
    assert item(bare(SymbolicKey("y", {"x": "real"}, "x +", None, {}, {}, ())), 1) is None
    assert item(bare(SymbolicKey("y", {"x": "real"}, "log(-1 - x^2)", None, {}, {}, ())), 1) is None


def test_a_wrong_option_has_its_name_and_can_be_looked_into() -> None:
    bank, question = next(found for found in QUESTIONS if found[1].id == "conv-output-size")
    asked = ask(question, bank.topic)
    own = next(found for seed in range(20) if (found := made(asked, seed)).place("2×2") is not None)
    place = own.place("2×2")
    assert place is not None
    verdict = own.verdict(place)
    assert verdict.mistake == "padding-forgotten"
    assert look_at(asked, verdict).claim
    assert own.options[place].text == same("2×2")
