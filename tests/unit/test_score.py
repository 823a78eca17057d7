"""What a session came to: right by topic, what to look at again, last time's score, and the fortnight's bars."""

from datetime import UTC, date, datetime, timedelta

from engine.bank.asked import Asked, ShapeKey
from engine.bank.model import Proof, Shape, SimulationLink
from engine.grading.verdict import Outcome, Verdict
from engine.study.answer import Answer, Answered
from engine.study.memory.tally import Day
from engine.study.score import Score, TopicScore, activity, result
from sims.text import Text, same

TOPICS = {"conv-a": "convolution", "conv-b": "convolution", "bptt-a": "bptt", "gru-a": "gru"}
NAMED = Text("時間方向の重みが転置されている。", "The recurrent weight is transposed.")


def an_answer(question: str, outcome: Outcome = "correct", *, session: str = "now", minute: int = 0) -> Answer:
    at = datetime(2027, 1, 10, tzinfo=UTC) + timedelta(minutes=minute)
    points = {"correct": 1.0, "partial": 0.5}.get(outcome, 0.0)
    return Answer(
        f"{session}-{question}-{minute}", at, session, question, 0, "delta_t.dot(U.T)", outcome, points, None, 9
    )


def answered(question: str, outcome: Outcome = "correct") -> Answered:
    words = same("…")
    link, proof = SimulationLink(name="convolution"), Proof(none="made up")
    made_up = Shape(id=question, ask=words, explain=words, sim=link, proof=proof, answer=("3",))
    key = ShapeKey((3,), ())
    asked = Asked(made_up, TOPICS[question], 0, {}, words, "", words, None, (), None, "", key)
    answer = an_answer(question, outcome)
    return Answered(asked, answer, Verdict(outcome, answer.score, named=NAMED if outcome == "wrong" else None))


def test_totals_and_topics_in_the_order_they_came() -> None:
    session = [answered("conv-a"), answered("bptt-a", "wrong"), answered("conv-b", "partial")]
    found = result(session, [], TOPICS)
    assert found.score == Score(1, 3)
    assert found.topics == (TopicScore("convolution", ("correct", "partial")), TopicScore("bptt", ("wrong",)))
    assert [topic.score for topic in found.topics] == [Score(1, 2), Score(0, 1)]


def test_what_to_look_at_again_has_its_mistake_and_what_was_answered() -> None:
    found = result([answered("conv-a"), answered("bptt-a", "wrong"), answered("conv-b", "partial")], [], TOPICS)
    assert [each.asked.id for each in found.again] == ["bptt-a", "conv-b"]
    assert found.again[0].verdict.named == NAMED
    assert found.again[0].answer.text == "delta_t.dot(U.T)"


def test_nothing_answered_is_no_error() -> None:
    found = result([], [an_answer("conv-a", session="old")], TOPICS)
    assert found.score == Score(0, 0)
    assert not found.topics
    assert not found.again
    assert found.before is None


def test_last_time_is_the_latest_other_session_on_the_same_topics() -> None:
    earlier = [
        an_answer("conv-a", "correct", session="monday", minute=1),
        an_answer("bptt-a", "correct", session="monday", minute=2),
        an_answer("conv-b", "correct", session="tuesday", minute=3),
        an_answer("bptt-a", "wrong", session="tuesday", minute=4),
        an_answer("gru-a", "correct", session="tuesday", minute=5),
        an_answer("gone", "correct", session="tuesday", minute=6),
        an_answer("conv-a", "correct", session="wednesday", minute=7),
        an_answer("conv-a", "correct", session="now", minute=8),
        an_answer("bptt-a", "correct", session="now", minute=9),
    ]
    session = [answered("conv-a"), answered("bptt-a")]
    assert result(session, earlier, TOPICS).before == Score(1, 2)
    assert result(session, reversed(earlier), TOPICS).before == Score(1, 2)
    assert result([answered("conv-a")], earlier, TOPICS).before == Score(1, 1)
    assert result([answered("conv-a"), answered("gru-a")], earlier[:2], TOPICS).before is None


def test_the_fortnight_ends_today_and_has_a_nought_for_a_day_off() -> None:
    today = date(2027, 3, 2)
    answers = {date(2027, 3, 2): 5, date(2027, 2, 28): 3, date(2027, 2, 17): 9, date(2027, 2, 16): 100}
    per_day = {day.toordinal(): Day(count) for day, count in answers.items()}
    bars = activity(per_day, today)
    assert len(bars) == 14
    assert (bars[0], bars[-3], bars[-2], bars[-1]) == (9, 3, 0, 5)
    assert sum(bars) == 17
    assert activity({}, today, days=3) == (0, 0, 0)
