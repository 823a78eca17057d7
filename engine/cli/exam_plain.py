"""A mock exam line by line, and its report."""

import unicodedata
from collections.abc import Callable

from engine import words
from engine.cli.context import PROBLEMS, Context
from engine.cli.dialogue import WIDTH, Dialogue
from engine.drawing.wrap import wrap
from engine.study.desk import Desk
from engine.study.exam.exam import Exam
from engine.study.exam.report import Marked, Report
from engine.study.exam.room import ExamRoom, Offer
from engine.study.exam.words import (
    NOTHING_TO_ASK,
    REAL_EXAM,
    again_words,
    clock_text,
    pace_words,
    size_words,
    used_words,
)
from engine.study.history.trouble import HistoryError
from sims.text import Text

COMMANDS = Text(
    "1–4 で答えて次へ。Enter 次へ、p 前へ、g 12 で 12 番へ、f 印、0 答えを消す、o 一覧、q 中断、end 提出",
    "1–4 answers and goes on. Enter next, p previous, g 12 goes to 12, f flag, 0 no answer, o overview, q leave, end",
)
RESUMED = Text("途中の試験の続きです。--new で新しく始めます。", "This is the exam under way; --new starts anew.")
LEFT_OFF = Text("時計を止めました。もう一度起動すると続きからです。", "The clock has stopped. Start again to go on.")
PREPARING = Text("問題を用意しています", "Preparing the questions")
TIME_OVER = Text("時間になりました。", "Time is up.")
UNKNOWN = Text("わからない指示です。", "That is no command here.")
AT_THE_END = Text("最後の問題です。end で提出します。", "That was the last one. Type end to hand in.")


class PlainExam(Dialogue):
    """Asks on stdout, reads from stdin; the end of input leaves the exam, to go on with later."""

    def __init__(self, context: Context, room: ExamRoom, clock: Callable[[], float]) -> None:
        super().__init__(context)
        self.room = room
        self.clock = clock
        self.asked_once = False

    def run(self, offer: Offer, anew: bool = False) -> int:
        """The exam under way, or a new one, and its report; 1 if its answers could not be kept."""
        if anew:
            self.room.abandon()
        with self.context.progress(PREPARING) as progress:
            exam = self.room.under_way(progress.show)
            resumed = exam is not None
            exam = exam or self.room.begin(offer, progress.show)
        if resumed:
            self.prose(RESUMED)
        if exam is None:
            self.context.warn(NOTHING_TO_ASK)
            return PROBLEMS
        self.say(size_words(exam.total, exam.sheet.limit))
        self.prose(COMMANDS)
        exam.enter(self.clock())
        try:
            self.question(exam)
            while not exam.finished and self.turn(exam):
                pass
        except EOFError:
            pass
        except KeyboardInterrupt:
            self.say("")
        exam.leave(self.clock())
        return self.end(exam)

    def end(self, exam: Exam) -> int:
        """The report, or how to go on."""
        if exam.finished:
            if exam.sheet.left <= 0:
                self.say(TIME_OVER)
            say_report(self.context, self.room.desk, self.room.close(exam))
        else:
            self.say(LEFT_OFF)
        warnings = self.room.warnings()
        try:
            self.room.desk.close()
        except HistoryError as error:
            warnings.append(error.text)
        for warning in dict.fromkeys(warnings):
            self.context.warn(warning)
        return PROBLEMS if warnings else 0

    def turn(self, exam: Exam) -> bool:
        """One line of the learner's; False to leave."""
        typed = unicodedata.normalize("NFKC", self.read("> ")).strip().lower()
        if exam.tick(self.clock()):
            left = clock_text(exam.sheet.left)
            self.say(Text(f"残り {left} です。", f"{left} left."))
        match typed.split():
            case ["q"]:
                return False
            case ["end"]:
                self.hand_in(exam)
            case ["o"]:
                self.overview(exam)
            case command:
                self.command(exam, command)
        return True

    def command(self, exam: Exam, command: list[str]) -> None:
        """Whatever ends at a question, the same or another one."""
        now, before = self.clock(), exam.sheet.here
        match command:
            case [] | ["n"]:
                exam.next(now)
            case ["p"]:
                exam.previous(now)
            case ["f"]:
                exam.flag(now)
            case ["g", number] if number.isdecimal() and len(number) < 5:
                exam.go(int(number), now)
            case ["0"]:
                exam.clear(now)
            case [digit] if digit in ("1", "2", "3", "4"):
                exam.choose(int(digit) - 1, now)
                exam.next(now)
            case _:
                self.say(UNKNOWN)
                return
        onward = command in ([], ["n"], ["1"], ["2"], ["3"], ["4"])
        if not exam.finished and onward and before == exam.total - 1:
            self.say(AT_THE_END)
        elif not exam.finished:
            self.question(exam)

    def hand_in(self, exam: Exam) -> None:
        """Finish; with open questions, ask once."""
        count = exam.sheet.open
        if count and not self.asked_once:
            self.asked_once = True
            self.say(Text(f"{count} 問が空いています。もう一度 end で提出します。", f"{count} open. Type end again."))
        else:
            exam.hand_in(self.clock())

    def question(self, exam: Exam) -> None:
        """Number, topic, time left; the question, its code, its options."""
        asked = exam.item.asked
        title = self.room.desk.topic_title(asked.topic).get(self.language)
        flag = " ∗" if exam.place.flagged else ""
        left = clock_text(exam.left(self.clock()))
        self.say("")
        self.say(
            Text(
                f"[{exam.number} / {exam.total}{flag}] {title}  残り {left}",
                f"[{exam.number} / {exam.total}{flag}] {title}  {left} left",
            )
        )
        self.prose(asked.ask)
        self.code(asked.code)
        for place, option in enumerate(exam.item.options):
            self.option(f"  {'*' if place == exam.chosen else ' '} {place + 1}. ", option.text)

    def overview(self, exam: Exam) -> None:
        """Every number with its answer or its gap, ten in a row."""
        cells = [
            f"{number:4}{'-' if place.chosen is None else '*'}{'f' if place.flagged else ' '}"
            for number, place in enumerate(exam.sheet.places, 1)
        ]
        for start in range(0, len(cells), 10):
            self.say("".join(cells[start : start + 10]).rstrip())
        self.say(Text("* 解答ずみ  - まだ  f 印", "* answered  - open  f flagged"))


def say_report(context: Context, desk: Desk, found: Report) -> None:
    """The score, topic by topic, the time, and the questions to look at again."""
    language = context.language
    score, used, pace = found.score, used_words(found), pace_words(found)
    context.say("")
    context.say(words.right_of(score.right, score.total))
    context.say(f"{used.get(language)}   {pace.get(language)}")
    for topic in found.topics:
        title = desk.topic_title(topic.topic).get(language)
        context.say(f"  {title}  {topic.score.right} / {topic.score.total}")
    for line in wrap(REAL_EXAM.get(language), WIDTH):
        context.say(line)
    if found.again:
        context.say("")
        context.say(again_words(len(found.again)))
    for marked in found.again:
        for line in wrap(_again(marked).get(language), WIDTH):
            context.say("  " + line)


def _again(marked: Marked) -> Text:
    """``✘ 12 conv-output-size: The padding was left out. Right: 3×3``."""
    verdict, asked = marked.verdict, marked.item.asked
    flag = " ∗" if marked.place.flagged else ""
    mark = words.MARKS[verdict.outcome] if verdict else Text("–", "–")
    named = verdict.named if verdict and verdict.named else Text("", "")
    right = marked.item.options[marked.item.right].text

    def line(mark: str, named: str, key: str, right: str) -> str:
        return f"{mark} {marked.number}{flag} {asked.id}: {named}{' ' if named else ''}{key} {right}"

    return Text(
        line(mark.ja, named.ja, words.KEY_IS.ja, right.ja),
        line(mark.en, named.en, words.KEY_IS.en, right.en),
    )
