"""Today's plan at the desk: the session follows it, its numbers agree, and it ends with the exam."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from engine.bank.load import SHIPPED, Library, load
from engine.cli import main
from engine.grading.verdict import Outcome
from engine.settings import Settings, load_settings, save_settings
from engine.study.answer import Answer
from engine.study.desk import Desk
from engine.study.plan.experience import experience
from engine.study.plan.goal import Goal
from engine.study.plan.policy import Pace

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
EXAM = date(2027, 2, 20)


@pytest.fixture(scope="module")
def library() -> Library:
    return load([SHIPPED])


@pytest.fixture
def desk(library: Library, tmp_path: Path) -> Desk:
    desk = Desk.open(library, tmp_path, lambda: NOW, UTC)
    desk.goal = Goal(EXAM, 10)
    return desk


def answer(desk: Desk, question: str, days: int, outcome: Outcome = "correct", seconds: float = 20.0) -> None:
    """An answer ``days`` ago."""
    answer.number += 1  # type: ignore[attr-defined]
    at = NOW - timedelta(days=days) + timedelta(seconds=answer.number % 10_000)  # type: ignore[attr-defined]
    uuid = f"u{answer.number}"  # type: ignore[attr-defined]
    desk.record.append(Answer(uuid, at, "s", question, 0, "x", outcome, float(outcome == "correct"), None, seconds))


answer.number = 0  # type: ignore[attr-defined]


def test_today_and_the_session_are_the_plans_queue(desk: Desk) -> None:
    plan = desk.planned()
    assert plan is not None
    today = desk.today()
    assert (today.total, today.new) == (len(plan.queue), plan.new)
    assert today.minutes == -(-plan.seconds // 60)
    session = desk.session(count=today.total, seed=1)
    asked = set()
    while not session.finished:
        asked.add(session.asked.id)
        session.skip(NOW)
        if len(asked) == session.total:
            break
    assert asked == {each.question for each in plan.queue}


def test_topics_are_mixed(desk: Desk) -> None:
    plan = desk.planned()
    assert plan is not None
    topics = [desk.topics[each.question] for each in plan.queue]
    assert len(set(topics)) > 3
    assert sum(first == second for first, second in pairwise(topics)) <= 1


def test_a_question_comes_once_a_day_and_uses_the_minutes_up(desk: Desk) -> None:
    before = desk.planned()
    assert before is not None
    done = before.queue[:5]
    for each in done:
        answer(desk, each.question, 0)
    after = desk.planned()
    assert after is not None
    assert not {each.question for each in done} & {each.question for each in after.ranked}
    assert len(after.queue) < len(before.queue)


def test_after_the_exam_reviews_go_on_as_usual(desk: Desk) -> None:
    desk.goal = Goal(NOW.date() - timedelta(days=1), 10)
    assert desk.planned() is None
    assert desk.today().total == 12


def test_on_the_exam_day_and_its_eve_there_is_still_a_plan(desk: Desk) -> None:
    for days in (0, 1):
        desk.goal = Goal(NOW.date() + timedelta(days=days), 10)
        plan = desk.planned()
        assert plan is not None
        assert (plan.days, plan.outlook.left) == (days, 1)


def test_topics_or_an_order_of_ones_own_do_not_follow_the_plan(desk: Desk) -> None:
    topic = next(iter(desk.topics.values()))
    session = desk.session([topic], "mixed", 3, seed=1)
    assert session.asked.topic == topic
    assert desk.session((), "mistakes", 3, seed=1).finished


def test_a_repeated_mistake_that_is_due_comes_first(desk: Desk) -> None:
    for days in (9, 8):
        at = NOW - timedelta(days=days)
        desk.record.append(
            Answer(f"m{days}", at, "s", "conv-output-size", 0, "x", "wrong", 0.0, "padding-forgotten", 20.0)
        )
    plan = desk.planned()
    assert plan is not None
    assert (plan.queue[0].question, plan.queue[0].kind) == ("conv-output-size", "mistake")


def test_the_pace_is_the_learners_own_after_fifty_answers(desk: Desk) -> None:
    names = list(desk.topics)[:20]
    for days in (4, 3, 2):
        for name in names:
            answer(desk, name, days, seconds=100.0)
    plan = desk.planned()
    assert plan is not None
    assert plan.outlook.pace.right == 105.0
    assert plan.outlook.pace.wrong == Pace().wrong  # none was wrong
    assert plan.experience.first_tries == plan.experience.first_right == 20
    assert len(plan.reviews) == 40


def test_first_encounters_are_told_from_reviews() -> None:
    def given(question: str, outcome: Outcome) -> Answer:
        return Answer("u", NOW, "s", question, 0, "x", outcome, 1.0, None, 20.0)

    latest = [given("a", "correct"), given("b", "wrong"), given("a", "wrong")]  # the last one first
    known = experience(latest, {"a": 2, "b": 3})
    assert (known.first_tries, known.first_right) == (1, 0)


# The command


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PEEPHOLE_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return tmp_path


def in_days(days: int) -> str:
    return (datetime.now().astimezone().date() + timedelta(days=days)).isoformat()


def test_the_command_sets_shows_and_forgets_the_plan(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan"]) == 0
    assert "Set the day of the exam" in capsys.readouterr().out
    assert main(["plan", "--exam", in_days(60), "--minutes", "15"]) == 0
    shown = capsys.readouterr().out
    for words in ("Exam in", "15 min a day", "for today", "next 7 days", "after 50 reviews", "Missing today"):
        assert words in shown
    assert load_settings(home)[0].minutes == 15
    assert main(["plan", "--lang", "ja"]) == 0
    assert "これからの 7 日" in capsys.readouterr().out
    assert main(["plan", "--forget-exam"]) == 0
    assert load_settings(home)[0] == Settings(minutes=15)


def test_the_plan_as_data(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--exam", in_days(60), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["exam"] == in_days(60)
    assert record["today"][0]["kind"] == "new"
    assert len(record["week"]) == 7
    assert record["week"][0] == len(record["today"])
    assert record["if_you_keep_going"] is None
    assert main(["plan", "--forget-exam", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["exam"] is None


@pytest.mark.parametrize("given", [["--exam", "tomorrow"], ["--exam", "2027-02-30"], ["--exam", "2020-01-01"]])
def test_a_bad_date_is_refused_and_nothing_changes(
    home: Path, capsys: pytest.CaptureFixture[str], given: list[str]
) -> None:
    save_settings(home, Settings(exam=EXAM))
    assert main(["plan", *given]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip().endswith(".")
    assert load_settings(home)[0].exam == EXAM


@pytest.mark.parametrize("minutes", ["0", "601", "x"])
def test_minutes_out_of_range_are_refused(home: Path, minutes: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["plan", "--minutes", minutes])
    assert caught.value.code == 2


def test_settings_keep_a_day_that_has_passed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_settings(home, Settings(exam=date(2020, 2, 20)))
    assert main(["plan"]) == 0
    assert "The exam is over" in capsys.readouterr().out
    assert load_settings(home) == (Settings(exam=date(2020, 2, 20)), None)


@pytest.mark.parametrize("stored", ['{"minutes": 0}', '{"minutes": 9999}', '{"exam": "soon"}'])
def test_settings_that_make_no_sense_are_replaced_with_a_warning(tmp_path: Path, stored: str) -> None:
    (tmp_path / "settings.json").write_text(stored)
    settings, warning = load_settings(tmp_path)
    assert settings == Settings()
    assert warning is not None
