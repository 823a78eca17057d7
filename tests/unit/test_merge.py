"""Two machines' histories are one, in whatever order they meet, and the other file stays as it is."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bank.load import SHIPPED, load
from engine.exchange.merge import merge
from engine.study.answer import Answer
from engine.study.desk import Desk
from engine.study.history import storage
from engine.study.history.history import HISTORY_FILE, History
from engine.study.history.schema import COLUMNS, MIGRATIONS
from engine.study.memory.standing import Standing
from tests.shell import peephole, said

START = datetime(2027, 1, 10, 9, tzinfo=UTC)
Rows = list[dict[str, Any]]

EVENTS = st.one_of(
    st.tuples(
        st.just("answer"),
        st.integers(0, 400),  # hours since the start
        st.sampled_from("abc"),
        st.sampled_from(["correct", "wrong", "partial"]),
        st.sampled_from([None, "x"]),
    ),
    st.tuples(st.just("undo"), st.integers(0, 20)),
    st.tuples(st.just("confirm"), st.integers(0, 20), st.sampled_from(["correct", "wrong"]), st.integers(0, 9)),
)
MACHINES = st.lists(st.tuples(EVENTS, st.sets(st.integers(0, 2))), max_size=20)


def a_row(number: int, kind: str, *rest: Any) -> dict[str, Any]:
    """The row that an event comes to; an undo and a confirmation speak of any answer, here or elsewhere."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS) | {"uuid": f"row-{number}", "kind": kind}
    match kind, rest:
        case "answer", [int(hours), question, outcome, mistake]:
            row |= {"at": hours * 3_600_000_000, "session": "s", "question": question, "seed": number, "text": "1"}
            row |= {"outcome": outcome, "score": 0.5, "mistake": mistake, "seconds": 7.5, "hints": 0}
        case "undo", [target]:
            row |= {"at": 0, "target": f"row-{target}"}
        case _, [target, outcome, at]:
            row |= {"at": at, "target": f"row-{target}", "outcome": outcome, "score": 1.0, "sure": True}
    return row


def written(path: Path, rows: Rows) -> Path:
    with History.open(path) as history:
        history.add(lambda: rows)
    return path


def held(path: Path) -> tuple[set[tuple[object, ...]], object]:
    """The rows as a set, and how things stand by them."""
    sql = f"SELECT {', '.join(COLUMNS)} FROM event"  # noqa: S608
    with History.open(path) as history:
        rows = history.read(lambda connection: [tuple(row) for row in connection.execute(sql)])
        standing = Standing(UTC)
        standing.follow(history)
        folded = (standing.courses, standing.tallies, standing.days, standing.reviews, standing.state.orphans)
    assert len(set(rows)) == len(rows)
    return set(rows), folded


def merged(folder: Path, name: str, first: Path, *others: Path) -> Path:
    """A copy of ``first`` that took the others in, one after the other."""
    path = folder / name
    with History.open(path) as history:
        for other in (first, *others):
            merge(history, other)
    return path


@settings(max_examples=40, deadline=None)
@given(machines=MACHINES)
def test_in_any_order_any_number_of_times_it_is_the_same_history(machines: list[tuple[Any, set[int]]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows = [(a_row(number, *each), on) for number, (each, on) in enumerate(machines)]
        a, b, c = (written(folder / f"{each}.db", [row for row, on in rows if each in on]) for each in range(3))
        both = held(merged(folder, "ab", a, b))
        assert both == held(merged(folder, "ba", b, a))
        assert both == held(merged(folder, "abab", a, b, a, b))
        assert both[0] == held(a)[0] | held(b)[0]
        left = held(merged(folder, "(ab)c", folder / "ab", c))
        assert left == held(merged(folder, "a(bc)", a, merged(folder, "bc", b, c)))
        assert left[0] == {tuple(row.values()) for row, on in rows if on}


def an_answer(number: int, question: str = "conv-output-size") -> Answer:
    at = START + timedelta(hours=number)
    return Answer(f"u{number:04}", at, "s", question, number, "2x2", "wrong", 0.0, "padding-forgotten", 9.5)


def filled(home: Path, *numbers: int) -> Path:
    with History.open(home / HISTORY_FILE) as history:
        for number in numbers:
            history.append(an_answer(number))
    return home / HISTORY_FILE


def answers(home: Path) -> list[str]:
    with History.open(home / HISTORY_FILE) as history:
        return [answer.uuid for answer in history.answers()]


def test_merge_says_how_many_answers_were_new_and_leaves_the_other_file_alone(tmp_path: Path) -> None:
    filled(tmp_path / "a", 1, 2, 3)
    other = filled(tmp_path / "b", 3, 4)
    with History.open(other) as history:
        history.undo("u0001", START)
    before, files = other.read_bytes(), set(other.parent.iterdir())
    other.chmod(0o444)
    assert said(peephole(tmp_path / "a", "merge", other)) == (
        0, "1 new answer, 1 undone or judged added. 1 row was here already.\n", ""
    )  # fmt: skip
    assert said(peephole(tmp_path / "a", "merge", other))[1] == "0 new answers added. 3 rows were here already.\n"
    assert answers(tmp_path / "a") == ["u0002", "u0003", "u0004"]
    assert (other.read_bytes(), set(other.parent.iterdir())) == (before, files)


def test_a_word_that_came_before_its_answer_counts_when_the_answer_comes(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "a" / HISTORY_FILE, filled(tmp_path / "b", 1, 2)
    with History.open(ours) as history:
        history.undo("u0001", START)
        history.confirm("u0002", "correct", 1.0, START, sure=True)
        merge(history, theirs)
        (answer,) = history.answers()
    assert (answer.uuid, answer.outcome, answer.sure) == ("u0002", "correct", True)


def test_rows_still_in_the_other_machines_log_come_too(tmp_path: Path) -> None:
    theirs = filled(tmp_path / "b", 1)
    with History.open(theirs) as open_there, History.open(tmp_path / "a" / HISTORY_FILE) as history:
        open_there.append(an_answer(2))
        assert merge(history, theirs).answers == 2


def desk(home: Path) -> Desk:
    return Desk.open(load([SHIPPED / "convolution.yaml"]), home, lambda: START + timedelta(days=30), UTC)


def test_the_desk_shows_what_was_merged_though_it_had_kept_how_things_stood(tmp_path: Path) -> None:
    filled(tmp_path / "a", 1, 50)
    before = desk(tmp_path / "a")
    assert before.statistics().answers == 2
    before.close()
    assert list((tmp_path / "a").glob("*.snapshot"))
    theirs = filled(tmp_path / "b", 30, 80)
    with History.open(theirs) as history:
        history.undo("u0001", START)
    assert peephole(tmp_path / "a", "merge", theirs).returncode == 0
    after = desk(tmp_path / "a")
    assert after.statistics().answers == 3
    filled(tmp_path / "c", 30, 50, 80)
    fresh = desk(tmp_path / "c")
    assert after.schedule.courses == fresh.schedule.courses
    assert after.record.standing.reviews == fresh.record.standing.reviews
    assert after.statistics() == fresh.statistics()
    after.close()
    fresh.close()


def test_a_desk_that_is_open_meanwhile_sees_it_with_the_next_answer(tmp_path: Path) -> None:
    filled(tmp_path / "a", 1)
    theirs = filled(tmp_path / "b", 2)
    opened = desk(tmp_path / "a")
    assert opened.statistics().answers == 1
    peephole(tmp_path / "a", "merge", theirs)
    opened.record.append(an_answer(3))
    assert opened.statistics().answers == 3
    opened.close()


def test_a_history_of_the_first_version_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    other = tmp_path / "old.db"
    columns = [name for name in COLUMNS if name != "guessed"]
    row = a_row(1, "answer", 5, "a", "correct", None)
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        storage.build(connection, MIGRATIONS[0])
        connection.execute("PRAGMA user_version = 1")
        insert = f"INSERT INTO event ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
        connection.execute(insert, [row[name] for name in columns])
    before = other.read_bytes()
    assert said(peephole(tmp_path / "a", "merge", other)) == (0, "1 new answer added.\n", "")
    assert answers(tmp_path / "a") == ["row-1"]
    assert other.read_bytes() == before


def test_a_damaged_history_gives_what_can_be_read_and_says_how_much(tmp_path: Path) -> None:
    other = filled(tmp_path / "b")
    with History.open(other) as history:
        history.add(lambda: [a_row(number, "answer", number, "a", "wrong", "x" * 100) for number in range(400)])
    with other.open("r+b") as file:
        file.seek(4096 * 10)
        file.write(b"\xa5" * 4096 * 2)
    before = other.read_bytes()
    filled(tmp_path / "a", 1)
    code, out, err = said(peephole(tmp_path / "a", "merge", other))
    saved = len(answers(tmp_path / "a")) - 1
    assert code == 1
    assert out == f"{saved} new answers added.\n"
    assert f"{other} is damaged: only the {saved} rows" in err
    assert 200 < saved < 400
    assert other.read_bytes() == before


def test_rows_that_make_no_sense_are_left_out_and_counted(tmp_path: Path) -> None:
    other = tmp_path / "odd.db"
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute(f"CREATE TABLE event (seq INTEGER PRIMARY KEY, {', '.join(COLUMNS)})")
        insert = f"INSERT INTO event VALUES (?, {', '.join('?' * len(COLUMNS))})"  # noqa: S608
        good = a_row(0, "answer", 5, "a", "correct", None)
        odd: Rows = [{"at": "noon"}, {"at": 2**62}, {"score": float("inf")}, {"uuid": None}, {"kind": "redo"}]
        odd += [{"text": "x" * 100_001}, {"question": b"\xff"}, {"seed": None}, {"outcome": "refused"}]
        for number, change in enumerate([{}, *odd]):
            row = good | {"uuid": f"row-{number}"} | change
            connection.execute(insert, [2**40 + number, *row.values()])
    code, out, err = said(peephole(tmp_path / "a", "merge", other))
    assert (code, out) == (1, "1 new answer added.\n")
    assert "only the 1 rows" in err
    assert answers(tmp_path / "a") == ["row-0"]
