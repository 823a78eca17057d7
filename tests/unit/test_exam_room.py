"""The examination room: what is kept, what is found again, and that every answer counts once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from engine.bank.load import SHIPPED, Library, load
from engine.grading.grade import grade
from engine.study.desk import Desk
from engine.study.exam.exam import Exam
from engine.study.exam.files import LAST, UNDER_WAY
from engine.study.exam.report import report, rows
from engine.study.exam.room import ExamRoom
from engine.study.history.history import HISTORY_FILE, History
from engine.study.history.trouble import HistoryError
from sims.text import Text

LIBRARY = load([SHIPPED])
WHOLE = b'{"id":"x","seed":1,"begun":"2026-11-23T09:00:00Z","limit":5,"places":[{"question":"q","seed":1}]}'
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def open_room(tmp_path: Path) -> Callable[..., ExamRoom]:
    """A room as a newly started process finds it."""
    ticks = count()

    def open_it(library: Library = LIBRARY) -> ExamRoom:
        clock = lambda: START + timedelta(seconds=5 * next(ticks))  # noqa: E731
        return ExamRoom(Desk.open(library, tmp_path, clock, UTC), tmp_path)

    return open_it


def begun(room: ExamRoom, number: int = 6, topics: tuple[str, ...] = ()) -> Exam:
    exam = room.begin(room.offer(number, None, 3, topics))
    assert exam is not None
    exam.enter(0.0)
    return exam


def answered(exam: Exam, right: int) -> None:
    """The first ``right`` answers right, the next one wrong, the others open."""
    for number in range(1, right + 2):
        exam.go(number, 10.0 * number)
        place = exam.item.right if number <= right else (exam.item.right + 1) % 4
        exam.choose(place, 10.0 * number + 1)


def test_every_answer_is_a_row_that_the_ordinary_grader_agrees_with(open_room: Callable[..., ExamRoom]) -> None:
    room = open_room()
    exam = begun(room)
    answered(exam, 3)
    exam.flag(45.0)
    exam.hand_in(50.0)
    found = room.close(exam)
    kept = room.desk.history.answers()
    assert [answer.outcome for answer in kept] == ["correct", "correct", "correct", "wrong"]
    assert {answer.session for answer in kept} == {exam.sheet.id}
    for answer in kept:
        asked = room.desk.asked(answer.question, answer.seed)
        assert asked is not None
        verdict = grade(asked, answer.text)
        assert (verdict.outcome, verdict.score, verdict.mistake) == (answer.outcome, answer.score, answer.mistake)
    assert [answer.seconds for answer in kept] == [20.0, 10.0, 10.0, 10.0]
    assert (found.score.right, found.score.total) == (3, 6)
    assert sum(topic.open for topic in found.topics) == 2
    assert [each.number for each in found.again] == [4, 5, 6]
    assert not room.desk.schedule.is_new(kept[0].question)


def test_it_is_found_again_as_it_was_left(open_room: Callable[..., ExamRoom]) -> None:
    exam = begun(open_room())
    answered(exam, 2)
    exam.leave(47.0)
    again = open_room().under_way()
    assert again is not None
    assert again.sheet == exam.sheet
    assert again.items == exam.items
    assert again.left(1e6) == exam.sheet.limit - 47.0


def test_killed_at_any_moment_of_closing_every_answer_counts_once(
    open_room: Callable[..., ExamRoom], monkeypatch: pytest.MonkeyPatch
) -> None:
    exam = begun(open_room())
    answered(exam, 4)
    exam.hand_in(60.0)
    original = History.append
    for stop in range(6):  # before the first row, between any two, and before the file is put away
        room = open_room()
        left = count()

        def killed(self: History, answer, stop: int = stop, left=left):  # type: ignore[no-untyped-def]
            if next(left) >= stop:
                raise KeyboardInterrupt
            original(self, answer)

        monkeypatch.setattr(History, "append", killed)
        monkeypatch.setattr(room.files, "close", lambda sheet: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            room.under_way()
        monkeypatch.setattr(History, "append", original)
        room.desk.history.close()
    room = open_room()
    assert room.under_way() is None
    kept = room.desk.history.answers()
    assert len(kept) == len({answer.question for answer in kept}) == 5
    assert room.under_way() is None
    assert len(open_room().desk.history.answers()) == 5
    last = room.last_report()
    assert last is not None
    assert last.score.right == 4


def test_answers_that_cannot_be_kept_wait_for_the_next_time(
    open_room: Callable[..., ExamRoom], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    room = open_room()
    exam = begun(room)
    answered(exam, 2)
    exam.hand_in(60.0)

    def full(self: History, answer: object) -> None:
        raise HistoryError(Text("ディスクがいっぱいです。", "The disk is full."))

    original = History.append
    monkeypatch.setattr(History, "append", full)
    assert room.close(exam).score.right == 2
    assert [warning.en for warning in room.warnings()] == ["The disk is full."]
    assert (tmp_path / UNDER_WAY).exists()
    monkeypatch.setattr(History, "append", original)
    again = open_room()
    assert again.under_way() is None
    assert len(again.desk.history.answers()) == 3


def test_answers_in_a_history_that_will_not_stay_wait_for_one_that_does(
    open_room: Callable[..., ExamRoom], tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / HISTORY_FILE, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        room = open_room()
        exam = begun(room)
        answered(exam, 2)
        exam.hand_in(60.0)
        assert room.close(exam).score.right == 2
        assert any("Another program" in warning.en for warning in room.warnings())
    again = open_room()
    assert again.under_way() is None
    assert len(again.desk.history.answers()) == 3


def test_a_new_exam_does_not_push_aside_answers_that_still_wait(
    open_room: Callable[..., ExamRoom], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: History, answer: object) -> None:
        raise HistoryError(Text("ディスクがいっぱいです。", "The disk is full."))

    room = open_room()
    exam = begun(room)
    answered(exam, 2)
    exam.hand_in(60.0)
    with monkeypatch.context() as patch:
        patch.setattr(History, "append", full)
        room.close(exam)
    begun(room, 4)
    assert len(room.desk.history.answers()) == 3


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"id": "x"}',
        WHOLE.replace(b'[{"question":"q","seed":1}]', b"[]"),
        WHOLE.replace(b'"limit":5', b'"limit":5,"here":7'),
        WHOLE.replace(b'"limit":5', b'"limit":-5'),
        WHOLE.replace(b'"limit":5', b'"limit":5,"version":2'),
    ],
)
def test_a_damaged_file_is_set_aside_with_a_message(
    open_room: Callable[..., ExamRoom], tmp_path: Path, damaged: bytes
) -> None:
    (tmp_path / UNDER_WAY).write_bytes(damaged)
    room = open_room()
    assert room.under_way() is None
    assert len(room.warnings()) == 1
    assert (tmp_path / "exam-damaged.json").read_bytes() == damaged
    assert room.under_way() is None
    assert room.warnings() == []
    begun(room)


def without(*gone: str) -> Library:
    """The shipped banks without some questions."""
    from msgspec.structs import replace
    from msgspec.structs import replace as with_fields

    def cut(source):  # type: ignore[no-untyped-def]
        kept = tuple(question for question in source.bank.questions if question.id not in gone)
        return replace(source, bank=with_fields(source.bank, questions=kept))

    return replace(LIBRARY, sources=tuple(map(cut, LIBRARY.sources)))


def test_questions_that_the_banks_lack_are_left_out_and_said(open_room: Callable[..., ExamRoom]) -> None:
    exam = begun(open_room())
    answered(exam, 4)
    exam.leave(60.0)
    gone = [place.question for place in exam.sheet.places[:2]]
    room = open_room(without(*gone))
    again = room.under_way()
    assert again is not None
    assert again.total == 4
    assert again.item.asked.id == exam.item.asked.id
    assert [warning.en for warning in room.warnings()] == [
        "2 questions are not in these banks and are left out of the exam; they come back with their bank."
    ]


def test_an_exam_opened_without_one_of_its_banks_is_whole_again_with_it(open_room: Callable[..., ExamRoom]) -> None:
    exam = begun(open_room())
    answered(exam, 4)
    exam.leave(60.0)
    absent = [exam.sheet.places[place].question for place in (1, 3, 4)]
    room = open_room(without(*absent))
    fewer = room.under_way()
    assert fewer is not None
    fewer.enter(0.0)
    fewer.go(3, 5.0)
    fewer.choose(0, 6.0)
    fewer.leave(7.0)
    again = open_room().under_way()
    assert again is not None
    assert [place.question for place in again.sheet.places] == [place.question for place in exam.sheet.places]
    assert [place.chosen for place in again.sheet.places[:5]] == [place.chosen for place in exam.sheet.places[:5]]
    assert again.number == 6
    assert again.chosen == 0
    assert again.sheet.used == 67.0


def test_an_exam_none_of_whose_banks_is_open_waits_and_a_new_one_sets_it_aside(
    open_room: Callable[..., ExamRoom], tmp_path: Path
) -> None:
    exam = begun(open_room(), topics=("lstm",))
    answered(exam, 2)
    exam.leave(60.0)
    kept = (tmp_path / UNDER_WAY).read_bytes()
    others = open_room(without(*(question.id for bank, question in LIBRARY.questions(("lstm",)))))
    assert others.under_way() is None
    assert ["--bank" in warning.en for warning in others.warnings()] == [True]
    assert (tmp_path / UNDER_WAY).read_bytes() == kept
    begun(others)
    aside = tmp_path / "exam-other-banks.json"
    assert aside.read_bytes() == kept
    assert [str(aside) in warning.en for warning in others.warnings()] == [True]
    aside.replace(tmp_path / UNDER_WAY)
    again = open_room().under_way()
    assert again is not None
    assert again.sheet == exam.sheet


def test_a_finished_exam_keeps_the_places_of_questions_whose_bank_is_not_open(
    open_room: Callable[..., ExamRoom],
) -> None:
    exam = begun(open_room())
    answered(exam, 4)
    exam.leave(60.0)
    room = open_room(without(exam.sheet.places[0].question))
    fewer = room.under_way()
    assert fewer is not None
    fewer.enter(0.0)
    fewer.hand_in(1.0)
    assert room.close(fewer).score.total == 5
    last = open_room().last_report()
    assert last is not None
    assert last.score.total == 6


def test_answers_that_could_not_be_kept_wait_for_the_bank_of_each_too(
    open_room: Callable[..., ExamRoom], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: History, answer: object) -> None:
        raise HistoryError(Text("ディスクがいっぱいです。", "The disk is full."))

    room = open_room()
    exam = begun(room)
    answered(exam, 4)
    exam.hand_in(60.0)
    with monkeypatch.context() as patch:
        patch.setattr(History, "append", full)
        room.close(exam)
    fewer = without(exam.sheet.places[0].question)
    assert open_room(fewer).under_way() is None
    again = open_room()
    assert again.under_way() is None
    assert len(again.desk.history.answers()) == 5
    assert again.files.under_way() is None


def test_an_offer_reads_no_more_questions_than_it_needs(
    open_room: Callable[..., ExamRoom], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = open_room()
    seen = count()
    monkeypatch.setattr("engine.study.exam.paper.eligible", lambda question: next(seen) >= 0)
    assert room.offer(5).count == 5
    assert next(seen) == 5


def test_a_home_that_cannot_be_written_is_said_once_and_the_exam_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    room = ExamRoom(Desk.open(LIBRARY, tmp_path, lambda: START, UTC), file / "home")
    exam = begun(room)
    exam.choose(0, 1.0)
    exam.next(2.0)
    assert len(room.warnings()) == 1
    assert exam.number == 2


def test_a_new_exam_takes_the_place_of_the_old_and_the_last_report_stays(
    open_room: Callable[..., ExamRoom], tmp_path: Path
) -> None:
    room = open_room()
    assert room.last_report() is None
    first = begun(room)
    first.hand_in(5.0)
    room.close(first)
    second = begun(room)
    room.abandon()
    assert room.under_way() is None
    last = room.last_report()
    assert last is not None
    assert last.sheet.id == first.sheet.id != second.sheet.id
    assert (tmp_path / LAST).exists()


def test_nothing_answered_is_no_row_and_a_report_all_the_same(open_room: Callable[..., ExamRoom]) -> None:
    room = open_room()
    exam = begun(room)
    exam.tick(1e6)
    found = room.close(exam)
    assert rows(found, START) == []
    assert found.score.right == 0
    assert len(found.again) == 6
    assert report(exam.sheet, exam.items).topics == found.topics
