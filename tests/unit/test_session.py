"""A session as its fronts drive it: what may be done when, what is kept before it is shown, what undo gives back."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.bank.asked import Asked, ShapeKey, TextKey
from engine.bank.model import Essay, Phrase, Proof, Shape, SimulationLink
from engine.grading.verdict import Verdict, correct, refused, unreadable, wrong
from engine.study.answer import Answer
from engine.study.history.history import History
from engine.study.history.trouble import HistoryError
from engine.study.session import Grading, Mark, OutOfTurnError, Session
from sims.text import Text, same

START = datetime(2027, 1, 10, 9, tzinfo=UTC)
WORDS = same("…")
LINK, PROOF = SimulationLink(name="convolution"), Proof(none="made up")


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def shape(name: str, seed: int = 0) -> Asked:
    question = Shape(id=name, ask=WORDS, explain=WORDS, sim=LINK, proof=PROOF, answer=("3", "3"))
    key = ShapeKey((3, 3), ())
    hints = (same("first"), same("second"))
    return Asked(question, "convolution", seed, {}, WORDS, "", WORDS, None, hints, None, "4×4", key)


def essay() -> Asked:
    rubric = tuple(Phrase(point=same(point), ja=(point,), en=(point,)) for point in ("gates", "weights"))
    question = Essay(id="cec-problem", ask=WORDS, explain=WORDS, sim=LINK, proof=PROOF, model=WORDS, rubric=rubric)
    key = TextKey(WORDS, rubric)
    return Asked(question, "lstm", 0, {}, WORDS, "", WORDS, None, (), None, "", key)


class Notebook:
    """A recorder that remembers, and may refuse."""

    def __init__(self) -> None:
        self.rows: list[tuple[object, ...]] = []
        self.answers: list[Answer] = []
        self.trouble: HistoryError | None = None

    def _keep(self, *row: object) -> None:
        if self.trouble:
            raise self.trouble
        self.rows.append(row)

    def append(self, answer: Answer) -> None:
        self._keep("answer", answer.uuid, answer.outcome)
        self.answers.append(answer)

    def undo(self, uuid: str, at: datetime) -> None:
        self._keep("undo", uuid, at)

    def confirm(
        self,
        uuid: str,
        outcome: str,
        score: float,
        at: datetime,
        sure: bool | None = None,
        guessed: bool | None = None,
    ) -> None:
        self._keep("confirm", uuid, outcome, score, *([] if guessed is None else [sure, guessed]))


class Fake(Grading):
    """3×3 is right, ??? cannot be read, !!! is no answer, everything else is wrong."""

    def grade(self, asked: Asked, text: str) -> Verdict:
        known = {"3×3": correct("3 × 3"), "???": unreadable(same("no")), "!!!": refused(same("no"))}
        return known.get(text, wrong(text, mistake="padding-forgotten", named=same("The padding was left out.")))

    def gave_up(self, asked: Asked) -> Verdict:
        return wrong("", mistake="gave-up")

    def confirm(self, asked: Asked, text: str, ticks: Sequence[bool]) -> Verdict:
        return Verdict("correct" if all(ticks) else "partial", sum(ticks) / len(ticks))


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


def begin(notebook: Notebook, *items: Asked) -> Session:
    ids = map("id{}".format, itertools.count())
    return Session(items, notebook, START, grading=Fake(), new_id=lambda: next(ids))


def state(session: Session) -> tuple[str, str]:
    return session.state, "" if session.finished else session.asked.id


def marks(session: Session) -> list[Mark]:
    return list(session.outcomes)


def three(notebook: Notebook) -> Session:
    return begin(notebook, shape("a"), shape("b", seed=7), shape("c"))


def test_a_session_from_the_first_question_to_the_last(notebook: Notebook) -> None:
    session = three(notebook)
    seen = []
    for text in ("3×3", "2×2", "3×3"):
        seen.append((*state(session), session.number, session.total))
        verdict = session.answer(text, START)
        assert state(session)[0] == "verdict"
        assert session.verdict is verdict
        session.next(START)
    assert seen == [("asking", "a", 1, 3), ("asking", "b", 2, 3), ("asking", "c", 3, 3)]
    assert session.finished
    assert marks(session) == ["correct", "wrong", "correct"]
    assert [each.answer for each in session.answered] == notebook.answers


def test_the_row_says_all_that_was(notebook: Notebook) -> None:
    session = begin(notebook, shape("b", seed=7))
    session.hint()
    session.answer("2×2", after(12.5), sure=False)
    mistake = "padding-forgotten"
    assert notebook.answers == [
        Answer("id1", after(12.5), "id0", "b", 7, "2×2", "wrong", 0.0, mistake, 12.5, hints=1, sure=False)
    ]


def test_an_answer_is_kept_before_its_verdict_is_known(notebook: Notebook) -> None:
    session = three(notebook)
    kept: list[str] = []

    def check(answer: Answer) -> None:
        assert session.verdict is None
        assert state(session)[0] == "asking"
        kept.append(answer.text)

    notebook.append = check  # type: ignore[method-assign]
    session.answer("3×3", START)
    assert kept == ["3×3"]


@pytest.mark.parametrize("text", ["???", "!!!"])
def test_what_cannot_be_read_costs_nothing(notebook: Notebook, text: str) -> None:
    session = three(notebook)
    assert not session.answer(text, after(30)).is_attempt
    assert state(session) == ("asking", "a")
    assert notebook.rows == []
    assert marks(session) == [None, None, None]
    session.answer("3×3", after(40))
    assert notebook.answers[0].seconds == 40


def test_hints_come_one_by_one_and_are_counted_with_their_question(notebook: Notebook) -> None:
    session = three(notebook)
    assert [session.hint(), session.hint(), session.hint()] == [same("first"), same("second"), None]
    assert list(session.hints) == [same("first"), same("second")]
    session.answer("3×3", START)
    session.next(START)
    assert list(session.hints) == []
    session.answer("3×3", START)
    assert [answer.hints for answer in notebook.answers] == [2, 0]


def test_a_skipped_question_comes_back_once_at_the_end(notebook: Notebook) -> None:
    session = three(notebook)
    session.skip(after(4))
    for expected in (("b", 1), ("c", 2)):
        assert (session.asked.id, session.number) == expected
        session.answer("3×3", after(10))
        session.next(after(10))
    assert (session.asked.id, session.number) == ("a", 3)
    session.skip(after(12))
    assert session.finished
    assert marks(session) == ["correct", "correct", "skipped"]
    assert [answer.question for answer in notebook.answers] == ["b", "c"]


def test_time_before_a_skip_is_thinking_time(notebook: Notebook) -> None:
    session = begin(notebook, shape("a"), shape("b"))
    session.skip(after(4))
    session.skip(after(5))
    session.answer("3×3", after(7))
    assert notebook.answers[0].seconds == 6


def test_every_question_skipped_twice_ends_the_session(notebook: Notebook) -> None:
    session = three(notebook)
    for _ in range(5):  # three put off, then two dropped, and the last has none behind it
        session.skip(START)
    assert state(session) == ("asking", "c")
    session.skip(START)
    assert state(session) == ("finished", "")
    assert session.answered == ()


def test_undo_gives_the_text_back_and_asks_again(notebook: Notebook) -> None:
    session = three(notebook)
    session.answer("2×2", after(5))
    assert session.undo(after(9)) == "2×2"
    assert (*state(session), session.verdict) == ("asking", "a", None)
    assert marks(session) == [None, None, None]
    assert notebook.rows[-1] == ("undo", "id1", after(9))
    session.answer("3×3", after(12))
    assert marks(session) == ["correct", None, None]
    assert notebook.answers[-1].seconds == 8  # not the time in which the verdict was read
    assert notebook.answers[-1].uuid != "id1"


def test_undo_reaches_back_over_the_next_question_and_the_end(notebook: Notebook) -> None:
    session = three(notebook)
    for text in ("1×1", "2×2", "3×3"):
        session.answer(text, START)
        session.next(START)
    assert session.finished
    assert [session.undo(START), session.undo(START), session.undo(START)] == ["3×3", "2×2", "1×1"]
    assert session.undo(START) is None
    assert session.asked.id == "a"
    assert [row[1] for row in notebook.rows if row[0] == "undo"] == ["id3", "id2", "id1"]


def test_after_an_undo_the_session_goes_on_where_it_was(notebook: Notebook) -> None:
    session = three(notebook)
    session.answer("1×1", START)
    session.next(START)
    session.undo(START)
    session.skip(START)
    assert session.asked.id == "b"
    for expected in ("c", "a"):
        session.answer("3×3", START)
        session.next(START)
        assert session.asked.id == expected


def test_words_are_confirmed_by_the_learner_and_both_are_kept(notebook: Notebook) -> None:
    session = begin(notebook, essay(), shape("a"))
    session.answer("ゲートがない", after(20))
    assert state(session)[0] == "confirming"
    assert [row[0] for row in notebook.rows] == ["answer"]
    verdict = session.confirm([True, True], after(25))
    assert verdict.outcome == "correct"
    assert (state(session)[0], session.verdict) == ("verdict", verdict)
    assert notebook.rows[-1] == ("confirm", "id1", "correct", 1.0)
    assert marks(session) == ["correct", None]
    assert (session.answered[0].answer.outcome, session.answered[0].answer.score) == ("correct", 1.0)


def test_words_may_be_undone_unconfirmed_and_giving_up_is_wrong_at_once(notebook: Notebook) -> None:
    session = begin(notebook, essay())
    session.answer("ゲートがない", START)
    assert session.undo(START) == "ゲートがない"
    assert session.give_up(START).mistake == "gave-up"
    assert (state(session)[0], notebook.answers[1].outcome, notebook.answers[1].text) == ("verdict", "wrong", "")


def test_a_right_answer_may_be_called_a_guess_and_not_a_guess_again(notebook: Notebook) -> None:
    session = three(notebook)
    session.answer("3×3", START, sure=True)
    assert [session.guessed(after(1)), session.guessed(after(2)), session.guessed(after(3))] == [True, False, True]
    assert notebook.rows[1:] == [("confirm", "id1", "correct", 1.0, True, word) for word in (True, False, True)]
    assert session.answered[0].answer.guessed
    assert marks(session) == ["correct", None, None]
    assert session.undo(after(4)) == "3×3"


def test_only_a_right_answer_whose_verdict_is_shown_can_have_been_a_guess(notebook: Notebook) -> None:
    session = three(notebook)
    with pytest.raises(OutOfTurnError):
        session.guessed(START)
    session.answer("2×2", START)
    assert session.guessed(START) is False
    assert len(notebook.rows) == 1


def test_a_clock_put_back_gives_no_negative_time(notebook: Notebook) -> None:
    session = three(notebook)
    session.answer("3×3", after(-3600))
    assert notebook.answers[0].seconds == 0


def test_where_nothing_can_be_kept_the_session_goes_on_and_says_so(notebook: Notebook) -> None:
    session = three(notebook)
    notebook.trouble = HistoryError(Text("ディスクがいっぱいです", "The disk is full"))
    assert session.answer("3×3", START).outcome == "correct"
    assert session.warning == notebook.trouble.text
    session.next(START)
    notebook.trouble = None
    session.answer("3×3", START)
    assert session.warning is None


def test_what_is_out_of_turn_changes_nothing(notebook: Notebook) -> None:
    session = three(notebook)
    for act in (lambda: session.next(START), lambda: session.confirm([True], START)):
        with pytest.raises(OutOfTurnError):
            act()
    session.answer("3×3", START)
    for refuse in (lambda: session.answer("2×2", START), lambda: session.skip(START), session.hint):
        with pytest.raises(OutOfTurnError):
            refuse()
    assert len(notebook.rows) == 1
    assert marks(session) == ["correct", None, None]


def test_a_session_without_questions_is_finished(notebook: Notebook) -> None:
    session = begin(notebook)
    assert (state(session), marks(session)) == (("finished", ""), [])
    with pytest.raises(OutOfTurnError):
        _ = session.asked


def test_the_products_own_grading_and_history_work_together(tmp_path: Path) -> None:
    with History.open(tmp_path / "history.sqlite3") as history:
        session = Session([shape("a"), essay()], history, START)
        assert session.answer("３×３", START).outcome == "correct"
        session.next(START)
        session.answer("gates are missing", START)
        assert session.confirm([True, False], START).outcome == "partial"
        assert sorted(history.answers(), key=lambda answer: answer.question) == [
            each.answer for each in session.answered
        ]
