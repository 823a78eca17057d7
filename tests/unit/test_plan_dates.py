"""Dates as people write them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.study.plan.dates import DateError, read_date, read_exam_date, write_date

TODAY = date(2026, 11, 23)
EXAM = date(2027, 2, 19)


@pytest.mark.parametrize(
    "text",
    [
        *("2027-02-19", "2027-2-19", "2027/2/19", "2027/02/19", "2027.2.19", "20270219"),
        *("2027年2月19日", "2027 年 2 月 19 日", "2027年2月19日（金）", "2月19日", "2月19", "2/19", "02-19"),
        *("２０２７－０２－１９", "２０２７／２／１９", "２月１９日", " 2027-02-19 ", "2027ー2ー19"),
        *("Feb 19", "19 Feb", "February 19, 2027", "19 february 2027", "Feb 19th", "Feb. 19 2027", "2027-02-19 (Fri)"),
    ],
)
def test_reasonable_spellings_are_read(text: str) -> None:
    assert read_date(text, TODAY) == EXAM


def test_without_a_year_the_next_such_day_is_meant() -> None:
    assert read_date("11/23", TODAY) == TODAY
    assert read_date("11月22日", TODAY) == date(2027, 11, 22)
    assert read_date("2/29", TODAY) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        *("", "tomorrow", "2027-02-30", "2027-13-01", "2/30", "19/2/2027", "2027-02/19", "27-02-19", "9999-01-01"),
        *("0000-01-01", "2027-02-19-", "2027-02-19; rm", "1" * 5000, "2027年", "Fbe 19", "\x1b[31m2027-02-19"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(DateError) as caught:
        read_date(text, TODAY)
    assert caught.value.text.ja.endswith("。")
    assert caught.value.text.en.endswith(".")


def test_a_day_that_is_past_is_no_exam_day() -> None:
    assert read_exam_date("2026-11-23", TODAY) == TODAY
    with pytest.raises(DateError, match="past"):
        read_exam_date("2026-11-22", TODAY)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(["ja", "en"]))
def test_what_is_written_can_be_read(day: date, language: str) -> None:
    written = write_date(day, language)  # type: ignore[arg-type]
    if language == "en":
        written = written.partition(" ")[2]
    assert read_date(written, TODAY) == day


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    with suppress(DateError):
        assert read_date(text, TODAY)
