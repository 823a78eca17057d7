"""The statistics as pictures: a bar for each topic, half a year of days, a curve, and the mistakes by name."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from engine.drawing.braille import Dots
from engine.drawing.canvas import Canvas
from engine.drawing.cells import Row, Span
from engine.drawing.heatmap import RAMP
from engine.drawing.width import cell_width, fill, fit
from engine.study.plan.dates import WEEKDAYS
from engine.study.score import Score
from engine.study.statistics import WEEKS, MistakeStatistics, QuestionStatistics, Statistics, TopicStatistics
from sims.text import Language, Text

NAMES = 28  # cells of the longest topic's name
CURVE_ROWS = 4
_NUMBERS = 8 + 2 + 4 * 7  # cells of a topic's columns without its name and its bar
_LEAST_BAR = 8
_ANSWERS = Text("回答", "answers")
_RIGHT = Text("正解", "right")
_RECALL = Text("定着", "recall")
_DUE = Text("復習", "due")
_TIME = Text("秒", "sec")
_NOT_MET = Text("まだ", "not yet")
_TODAY = Text("今日", "today")
_SURE, _UNSURE, _UNSAID = Text("自信あり", "sure"), Text("自信なし", "unsure"), Text("言わなかった", "not said")
_SHADES = "░▒▓█"  # they say it without colours too

_DAYS = Text("この半年", "The last 26 weeks")
_CURVE = Text("正解の割合 %（5 日の平均）", "Right answers in %, 5-day mean")
_MISTAKES = Text("よくあるまちがい", "Most frequent mistakes")
_CALIBRATION = Text("自信と正解", "How sure, how right")
_HARDEST = Text("難しかった問題", "Hardest questions")
_NARROW = 60  # fewer cells than that: a name, a bar and a share

Name = Callable[[str], Text]
Mistaken = Callable[[str, str], Text | None]


def sections(
    stats: Statistics, named: Mistaken, question: Name, width: int, language: Language
) -> Iterator[tuple[Text, list[Row]]]:
    """What is below the topics, each with its title; a section with nothing to show is left out.

    ``named`` gives the sentence of a question's mistake, ``question`` how a question reads.
    """
    found = [
        (_MISTAKES, mistakes(stats, named, width, language)),
        (_CURVE, curve(stats, width, language)),
        (_DAYS, days(stats, width, language)),
        (_CALIBRATION, calibration(stats, width, language)),
        (_HARDEST, hardest(stats, question, width, language)),
    ]
    return ((title, rows) for title, rows in found if rows)


def totals(stats: Statistics, language: Language) -> list[Row]:
    """Answers, right ones, hours, and the days in a row."""
    share = _percent(stats.right, stats.answers)
    spent = time_spent(stats.hours)
    ja = f"{stats.answers:,} 回答 ・ 正解 {share} ・ {spent.ja} ・ 今日の復習 {stats.due} 問"
    plural = "" if stats.answers == 1 else "s"
    en = f"{stats.answers:,} answer{plural} · {share} right · {spent.en} · {stats.due} due today"
    streak = Text(
        f"続けて {stats.streak} 日（最長 {stats.longest} 日）",
        f"{stats.streak} {'day' if stats.streak == 1 else 'days'} in a row (longest {stats.longest})",
    )
    return [(Span(Text(ja, en).get(language), bold=True),), (Span(streak.get(language), "muted"),)]


def time_spent(hours: float) -> Text:
    """Hours, or minutes where there is less than one."""
    minutes = round(hours * 60)
    return Text(f"{hours:.1f} 時間", f"{hours:.1f} h") if hours >= 1 else Text(f"{minutes} 分", f"{minutes} min")


def topics(stats: Statistics, title: Name, width: int, language: Language) -> list[Row]:
    """One row a topic, the weakest first: answers, a bar of right ones, recall today, what is due, usual seconds."""
    longest = max((cell_width(title(each.topic).get(language)) for each in stats.topics), default=0)
    if width < _NARROW:
        names = min(longest, width - _LEAST_BAR - 6)
        return [(), *(_short(each, title, names, width - names - 8, language) for each in stats.topics)]
    names = min(longest, NAMES, width - _NUMBERS - _LEAST_BAR)
    columns = [fill(_ANSWERS.get(language), 8, right=True), *(each.get(language) for each in (_RIGHT, _RECALL))]
    bar = width - names - _NUMBERS
    head = f"{fill('', names)}{columns[0]}  {fill('', bar)}"
    for words in (*columns[1:], _DUE.get(language), _TIME.get(language)):
        head += fill(words, 7, right=True)
    return [(Span(head, "muted"),), *(_topic(each, title, names, bar, language) for each in stats.topics)]


def _topic(each: TopicStatistics, title: Name, names: int, bar: int, language: Language) -> Row:
    name = fit(title(each.topic).get(language), names)
    if each.share is None:
        not_met = Span(f"  {_NOT_MET.get(language)}", "muted")
        return (Span(f"{name}{fill('', 10)}", "muted"), Span("─" * bar, "line"), not_met)
    numbers = [_percent(each.right, each.answers), _share(each.retention), str(each.due or "–"), f"{each.seconds:.0f}"]
    return (
        Span(f"{name}{each.answers:8,}  "),
        *_bar(each.share, bar),
        Span("".join(fill(number, 7, right=True) for number in numbers)),
    )


def _short(each: TopicStatistics, title: Name, names: int, bar: int, language: Language) -> Row:
    name = fit(title(each.topic).get(language), names)
    if each.share is None:
        return (Span(f"{name}  ", "muted"), Span("─" * bar, "line"))
    share = fill(_percent(each.right, each.answers), 6, right=True)
    return (Span(f"{name}  "), *_bar(each.share, bar), Span(share))


def _bar(share: float, room: int) -> tuple[Span, Span]:
    """``share`` of ``room`` cells lit."""
    done = round(share * room)
    return Span("━" * done, "right"), Span("─" * (room - done), "line")


def days(stats: Statistics, width: int, language: Language) -> list[Row]:
    """As many of the last 26 weeks as fit, a column each from Monday down: the more answers on a day, the brighter."""
    weeks = min(WEEKS, (width - 3) // 2)
    monday = stats.today - timedelta(days=stats.today.weekday(), weeks=weeks - 1)
    answers = {each.day: each.answers for each in stats.days}
    most = max(answers.values(), default=1)
    rows: list[Row] = [(Span("   " + _months(monday, weeks), "muted"),)]
    for weekday in range(7):
        spans = [Span(fill(WEEKDAYS[language][weekday][0], 3), "muted")]
        for week in range(weeks):
            day = monday + timedelta(weeks=week, days=weekday)
            spans.append(_day(answers.get(day, 0), most) if day <= stats.today else Span("  "))
        rows.append(tuple(spans))
    return rows


def _day(answers: int, most: int) -> Span:
    if not answers:
        return Span("· ", "line")
    step = min(3, 4 * (answers - 1) // most)
    return Span(_SHADES[step] * 2, RAMP[1 + step])


def _months(monday: date, weeks: int) -> str:
    line, last = "", 0
    for week in range(weeks):
        month = (monday + timedelta(weeks=week)).month
        if month != last and len(line) <= 2 * week:
            line += " " * (2 * week - len(line)) + str(month)
        last = month
    return line


def curve(stats: Statistics, width: int, language: Language) -> list[Row]:
    """The share of right answers, averaged over five studied days."""
    if len(stats.days) < 2:  # a curve has two ends
        return []
    first, last = stats.days[0].day, stats.days[-1].day
    room = width - 6
    canvas = Canvas(width, CURVE_ROWS + 1)
    dots = Dots(room, CURVE_ROWS)
    span = (last - first).days
    dots.curve([((each.day - first).days / span, each.mean) for each in stats.days], "light")
    for row, label in ((0, "100 "), (CURVE_ROWS - 1, "  0 ")):
        canvas.put(0, row, label, "muted")
    dots.draw(canvas, 4, 0)
    ago = Text(f"{(stats.today - first).days} 日前", f"{(stats.today - first).days} days ago").get(language)
    end = _TODAY.get(language) if last == stats.today else f"{last:%m-%d}"
    canvas.put(4, CURVE_ROWS, ago, "muted")
    canvas.put(4 + room - cell_width(end), CURVE_ROWS, end, "muted")
    return canvas.rows()


def mistakes(stats: Statistics, named: Mistaken, width: int, language: Language) -> list[Row]:
    """The named mistakes made most often, each with how often, and when last."""
    return [_mistake(each, named, stats.today, width, language) for each in stats.mistakes]


def _mistake(each: MistakeStatistics, named: Mistaken, today: date, width: int, language: Language) -> Row:
    found = named(each.question, each.mistake)
    said = f"{each.question}: {each.mistake}" if found is None else found.get(language)
    end = f"{each.times:,}×{fill(_ago(each.last, today, language), 12, right=True)}"
    room = width - cell_width(end) - 2
    return (
        Span(fit(said, room) + "  "),
        Span(end, "light" if each.due else "muted"),
    )


def _ago(day: date, today: date, language: Language) -> str:
    passed = (today - day).days
    if passed <= 0:
        return _TODAY.get(language)
    return Text(f"{passed} 日前", f"{passed} day{'' if passed == 1 else 's'} ago").get(language)


def calibration(stats: Statistics, width: int, language: Language) -> list[Row]:
    """Right answers by what was said of them before the verdict, and how many were called a guess after it."""
    told = stats.calibration
    kinds = [(_SURE, told.sure), (_UNSURE, told.unsure), (_UNSAID, told.unsaid)]
    names = max(cell_width(name.get(language)) for name, _ in kinds)
    rows = [_kind(fill(name.get(language), names), score, width - names - 20) for name, score in kinds if score.total]
    if told.guessed:
        guessed = Text(
            f"正解のうち、当てずっぽう {told.guessed} 回", f"{told.guessed} of the right answers were guesses"
        )
        rows.append((Span(guessed.get(language), "muted"),))
    return rows


def _kind(name: str, score: Score, room: int) -> Row:
    number = f"{_percent(score.right, score.total):>6}  {score.right:,}/{score.total:,}"
    return (Span(f"{name}  "), *_bar(score.right / score.total, room), Span(number))


def hardest(stats: Statistics, question: Name, width: int, language: Language) -> list[Row]:
    """The questions answered right least often, each with how it begins."""
    return [_hard(each, question, width, language) for each in stats.hardest]


def _hard(each: QuestionStatistics, question: Name, width: int, language: Language) -> Row:
    end = f"{each.right}/{each.answers}  {_share(each.retention):>5}"
    room = width - cell_width(end) - 2
    said = " ".join(question(each.question).get(language).split())
    return (Span(fit(said, room) + "  "), Span(end, "muted"))


def _percent(part: int, whole: int) -> str:
    return _share(part / whole if whole else None)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)} %"
