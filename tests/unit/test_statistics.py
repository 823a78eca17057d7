"""What the statistics say, and how ``peephole stats`` says it."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from engine.bank.load import SHIPPED, load
from engine.drawing import statistics as pictures
from engine.drawing.plain import rows_to_text
from engine.drawing.width import cell_width
from engine.grading.verdict import Outcome
from engine.study.answer import Answer
from engine.study.desk import Desk
from engine.study.history.history import History
from engine.study.memory.standing import Standing
from engine.study.memory.tally import Day, Tally
from engine.study.score import Score
from engine.study.statistics import Statistics, longest, statistics, streak
from sims.text import Language, Text

TODAY = date(2027, 3, 3)  # a Wednesday
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
TOPICS = {"conv-a": "convolution", "conv-b": "convolution", "gru-a": "gru", "rnn-a": "rnn"}


def an_answer(
    question: str,
    ago: int,
    outcome: Outcome = "correct",
    *,
    mistake: str | None = None,
    seconds: float = 20.0,
    sure: bool | None = None,
    guessed: bool = False,
    number: int = 0,
) -> Answer:
    at = NOON - timedelta(days=ago) + timedelta(minutes=number)
    score = {"correct": 1.0, "partial": 0.5}.get(outcome, 0.0)
    uuid = f"{question}-{ago}-{number}-{outcome}"
    return Answer(uuid, at, "s", question, number, "", outcome, score, mistake, seconds, 0, sure, guessed)


def of(tmp_path: Path, *answers: Answer) -> Statistics:
    with History.open(tmp_path / "history.sqlite3") as history:
        for answer in answers:
            history.append(answer)
        standing = Standing(UTC)
        standing.follow(history)
        return statistics(standing, TOPICS, TODAY)


def test_nothing_answered_is_no_error(tmp_path: Path) -> None:
    stats = of(tmp_path)
    assert (stats.answers, stats.hours, stats.streak, stats.longest, stats.retention) == (0, 0.0, 0, 0, None)
    assert [(each.topic, each.share, each.questions) for each in stats.topics] == [
        ("convolution", None, 2),
        ("gru", None, 1),
        ("rnn", None, 1),
    ]
    assert not stats.days
    assert not stats.mistakes
    assert not stats.hardest


def test_the_weakest_topic_comes_first_and_those_not_met_last(tmp_path: Path) -> None:
    stats = of(
        tmp_path,
        an_answer("conv-a", 1),
        an_answer("conv-b", 2, "wrong"),
        an_answer("gru-a", 30, "wrong"),
        an_answer("gone-for-good", 2, "wrong"),
    )
    assert [(each.topic, each.answers, each.right, each.met) for each in stats.topics] == [
        ("gru", 1, 0, 1),
        ("convolution", 2, 1, 2),
        ("rnn", 0, 0, 0),
    ]
    gru, convolution, rnn = stats.topics
    assert (gru.due, convolution.due, rnn.due) == (1, 1, 0)
    assert gru.retention is not None
    assert convolution.retention is not None
    assert gru.retention < convolution.retention < 1
    assert (stats.answers, stats.gone, stats.due) == (4, 1, 2)


def test_what_the_learner_said_is_held_against_what_came_of_it(tmp_path: Path) -> None:
    stats = of(
        tmp_path,
        *(an_answer("conv-a", 1, sure=True, number=number) for number in range(3)),
        an_answer("conv-a", 1, "wrong", sure=True, number=5),
        an_answer("conv-a", 1, "wrong", sure=False, number=6),
        an_answer("conv-a", 1, number=7),
        an_answer("conv-a", 1, guessed=True, sure=False, number=8),
    )
    told = stats.calibration
    assert (told.sure, told.unsure, told.unsaid, told.guessed) == (Score(3, 4), Score(0, 1), Score(1, 1), 1)


def test_mistakes_are_listed_by_how_often_with_when_last(tmp_path: Path) -> None:
    slips = [an_answer("conv-a", ago, "wrong", mistake="stride") for ago in (9, 5, 3)]
    once = an_answer("gru-a", 1, "wrong", mistake="swapped")
    stats = of(tmp_path, *slips, once, an_answer("gru-a", 2, "wrong", mistake="gave-up"))
    assert [(each.mistake, each.question, each.times, each.last, each.due) for each in stats.mistakes] == [
        ("stride", "conv-a", 3, date(2027, 2, 28), True),
        ("swapped", "gru-a", 1, date(2027, 3, 2), False),
    ]


def test_a_question_is_hard_only_after_more_than_one_answer(tmp_path: Path) -> None:
    stats = of(
        tmp_path,
        an_answer("conv-a", 3, "wrong"),
        an_answer("conv-a", 2),
        an_answer("gru-a", 3, "wrong"),
        an_answer("rnn-a", 3),
        an_answer("rnn-a", 2),
    )
    assert [(each.question, each.right, each.answers) for each in stats.hardest] == [("conv-a", 1, 2)]


def test_days_go_back_half_a_year_and_their_mean_goes_over_five_of_them(tmp_path: Path) -> None:
    long_ago = an_answer("conv-a", 300)
    days = [an_answer("conv-a", ago, "correct" if ago % 2 else "wrong", seconds=30) for ago in range(6)]
    stats = of(tmp_path, long_ago, *days)
    assert [each.day for each in stats.days] == [TODAY - timedelta(days=ago) for ago in reversed(range(6))]
    assert [each.mean for each in stats.days] == [1.0, 2 / 3, 3 / 4, 3 / 5, 3 / 5, 2 / 5]
    assert stats.days[-1].seconds == 30
    assert stats.hours == pytest.approx((20 + 6 * 30) / 3600)
    assert (stats.streak, stats.longest) == (6, 6)


def of_days(*ago: int) -> dict[int, Day]:
    return {TODAY.toordinal() - each: Day(1) for each in ago}


@pytest.mark.parametrize(
    ("ago", "now", "ever"),
    [((), 0, 0), ((0,), 1, 1), ((1, 2), 2, 2), ((0, 1, 3), 2, 2), ((2, 3, 4), 0, 3), ((0, 9, 8, 7, 30), 1, 3)],
)
def test_days_in_a_row_may_end_yesterday(ago: tuple[int, ...], now: int, ever: int) -> None:
    assert (streak(of_days(*ago), TODAY), longest(of_days(*ago))) == (now, ever)


@pytest.mark.parametrize("seconds", [1.0, 3.0, 12.0, 44.0, 300.0])
def test_the_usual_time_is_within_a_fifth(tmp_path: Path, seconds: float) -> None:
    answers = [an_answer("conv-a", 1, seconds=seconds, number=number) for number in range(5)]
    odd = [an_answer("conv-a", 1, seconds=86_400, number=8), an_answer("conv-a", 1, seconds=0, number=9)]
    stats = of(tmp_path, *answers, *odd)
    assert stats.topics[0].seconds == pytest.approx(seconds, rel=0.2, abs=0.5)
    assert stats.hours == pytest.approx((5 * seconds + 600) / 3600)  # whoever took a day was away
    assert Tally.empty().median_seconds() == 0


def a_desk(tmp_path: Path, *answers: Answer) -> Desk:
    desk = Desk.open(load([SHIPPED]), tmp_path, lambda: NOON, UTC)
    for answer in answers:
        desk.record.append(answer)
    return desk


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [60, 76])
def test_no_picture_is_wider_than_its_room(tmp_path: Path, language: Language, width: int) -> None:
    slips = [
        an_answer("conv-output-size", ago, "wrong", mistake=mistake, number=number, sure=bool(number % 2))
        for ago in (40, 20, 1)
        for number, mistake in enumerate(("scaled", "factor-minus-1-2", "never-heard-of"))
    ]
    desk = a_desk(tmp_path, *slips, an_answer("conv-output-size", 0, guessed=True))
    stats = desk.statistics()
    parts = {
        "totals": pictures.totals(stats, language),
        "topics": pictures.topics(stats, desk.topic_title, width, language),
        "days": pictures.days(stats, width, language),
        "curve": pictures.curve(stats, width, language),
        "mistakes": pictures.mistakes(stats, desk.mistake_words, width, language),
        "calibration": pictures.calibration(stats, width, language),
        "hardest": pictures.hardest(stats, desk.question_words, width, language),
    }
    for name, rows in parts.items():
        assert rows, name
        assert max(cell_width(line) for line in rows_to_text(rows).splitlines()) <= width, name
    assert "never-heard-of" in rows_to_text(parts["mistakes"])
    desk.close()


def test_a_mistake_of_any_question_and_one_of_the_bank_have_their_sentences(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    assert desk.mistake_words("conv-output-size", "factor-minus-1-2") == Text(
        "正解のちょうど −1/2 倍です。", "Exactly −1/2 times the key."
    )
    slip = desk.mistake_words("conv-output-size", "inner-derivative-forgotten")
    assert slip is not None
    assert "inner derivative" in slip.en
    found = desk.library.find("conv-output-size")
    assert found is not None
    own = desk.mistake_words("conv-output-size", found[1].mistakes[0].id)  # type: ignore[union-attr]
    assert own is not None
    assert desk.mistake_words("conv-output-size", "never-heard-of") is None
    desk.close()


def stats_command(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "engine", "stats", *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
        env={"PEEPHOLE_HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )


def test_an_empty_history_says_so_and_is_no_fault(tmp_path: Path) -> None:
    done = stats_command(tmp_path, "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing answered yet" in done.stdout
    assert json.loads(stats_command(tmp_path, "--json").stdout)["answers"] == 0


def test_the_command_draws_and_gives_the_same_as_data(tmp_path: Path) -> None:
    slips = [an_answer("conv-output-size", ago, "wrong", mistake="scaled") for ago in (3, 2)]
    a_desk(tmp_path, *slips, an_answer("conv-output-size", 1)).close()
    drawn = stats_command(tmp_path, "--lang", "ja")
    assert drawn.returncode == 0
    assert "━" in drawn.stdout
    assert max(map(cell_width, drawn.stdout.splitlines())) <= 80
    (record,) = [json.loads(line) for line in stats_command(tmp_path, "--json").stdout.splitlines()]
    assert (record["answers"], record["right"]) == (3, 1)
    assert record["mistakes"][0]["named"]["en"]
    assert record["mistakes"][0]["last"] == "2027-03-01"
