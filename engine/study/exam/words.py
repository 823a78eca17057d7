"""The words about an exam that the app and the line-by-line dialogue share, in both languages."""

from engine.study.exam.report import Report
from engine.study.plan.goal import SECONDS_A_QUESTION
from sims.text import Text

REAL_EXAM = Text(
    "本番は約 104 問・120 分で、合格点は公表されていないと言われています（公式の発表ではありません）。",
    "The real exam is said to have about 104 questions in 120 minutes and no published pass mark (second-hand).",
)
NOTHING_TO_ASK = Text("四択にできる問題がありません。", "There is nothing that can be put as four options.")


def clock_text(seconds: float) -> str:
    """Seconds as ``1:42:10``, a begun second counted whole."""
    whole = int(-(-seconds // 1))
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def span_words(seconds: float) -> Text:
    """A time in minutes: ``76 分``; under ten minutes to half a minute."""
    minutes = seconds / 60
    shown = f"{round(minutes)}" if minutes >= 10 else f"{round(2 * minutes) / 2:g}"
    return Text(f"{shown} 分", f"{shown} min")


def size_words(count: int, seconds: float) -> Text:
    """``66 問 ・ 76 分``."""
    span = span_words(seconds)
    return Text(f"{count} 問 ・ {span.ja}", f"{count} question{'s' if count != 1 else ''} · {span.en}")


def used_words(found: Report) -> Text:
    """The time used, of the time there was."""
    used, limit = span_words(found.sheet.used), span_words(found.sheet.limit)
    return Text(f"{used.ja} / {limit.ja}", f"{used.en} / {limit.en}")


def pace_words(found: Report) -> Text:
    """The time for each question beside the pace of the exam."""
    each = found.sheet.used / len(found.marked)
    return Text(
        f"1 問 {each:.0f} 秒（本番の目安 {SECONDS_A_QUESTION:.0f} 秒）",
        f"{each:.0f} s a question (exam pace {SECONDS_A_QUESTION:.0f} s)",
    )


def again_words(count: int) -> Text:
    """The heading over the questions to look at again."""
    return Text(f"もう一度見たい {count} 問", f"The {count} to look at again" if count > 1 else "One to look at again")
