"""What the plan says, in sentences: the day's mode, the reason for each question, the forecast and its conditions."""

from engine.study.plan.forecast_terms import Estimate
from engine.study.plan.plan import Plan
from engine.study.plan.ranking import Chosen, Kind
from sims.text import Text, same

NO_PLAN = Text("試験日を決めると、今日の量が決まります。", "Set the day of the exam, and today's part follows.")
PASSED = Text("試験日は過ぎました。ふだんの復習に戻っています。", "The exam is over; reviews go on as usual.")
CONDITION = Text(
    "おおまかな見込みです。試験の問題が手もとの問題に似ていれば、の話です。",
    "Rough, and only if the exam asks questions like these.",
)
TOO_EARLY = Text(
    "見込みは、日をおいた復習が 50 回になると出ます。",
    "A forecast follows after 50 reviews on later days.",
)
EVE = Text(
    "シミュレーションでは、試験前夜に休む損は、ふだんの日の 3 倍以上でした。",
    "In simulations the last evening is worth 3 ordinary ones or more.",
)
KINDS: dict[Kind, Text] = {
    "mistake": Text("くせ", "habit"),
    "safe": Text("守る", "keep"),
    "earn": Text("伸ばす", "earn"),
    "new": Text("新しい", "new"),
    "last": Text("総仕上げ", "last pass"),
}
REASONS: dict[Kind, Text] = {
    "mistake": Text("同じまちがいを 2 回以上しました", "the same mistake was made more than once"),
    "safe": Text("忘れかけています", "about to be forgotten"),
    "earn": Text("1 分あたりの伸びが大きい", "gains most for the time"),
    "new": Text("まだ解いていません", "never asked"),
    "last": Text("試験の前の最後の 1 回", "once more before the exam"),
}


def days_left(plan: Plan) -> Text:
    """How far away the exam is."""
    if plan.days == 0:
        return Text("今日が試験日です", "The exam is today")
    return Text(f"試験まであと {plan.days} 日", f"Exam in {plan.days} day{'s' if plan.days != 1 else ''}")


def rounds(plan: Plan) -> Text:
    """How many rounds of all questions the minutes allow."""
    outlook, count = plan.outlook, len(plan.questions)
    number = f"{outlook.rounds:.1f}" if outlook.rounds < 10 else f"{outlook.rounds:.0f}"
    return Text(
        f"1 日 {outlook.minutes:g} 分で、{count} 問を {number} 巡できます。",
        f"{outlook.minutes:g} min a day = {number} rounds of {count} question{'s' if count != 1 else ''}.",
    )


def mode(plan: Plan) -> Text:
    """How today's questions were chosen."""
    match plan.outlook.phase:
        case "safe":
            return Text(
                "忘れかけたものを守り、次に新しい問題へ進みます。", "First keep what fades, then new questions."
            )
        case "earn":
            return Text(
                "時間が足りないので、1 分あたりの得点で選びます。",
                "Short of time: each question is chosen by points per minute.",
            )
        case "last":
            return Text(
                "総仕上げ。すべてを 1 回ずつ見直します。", "Last pass: every question once, as far as time allows."
            )


def header(plan: Plan) -> Text:
    """Days, rounds and mode in one line."""
    left, often, how = days_left(plan), rounds(plan), mode(plan)
    return Text(f"{left.ja}。{often.ja}{how.ja}", f"{left.en}. {often.en} {how.en}")


def queue_line(plan: Plan) -> Text:
    """How much there is today."""
    total, minutes = len(plan.queue), -(-plan.seconds // 60)
    review = total - plan.new
    return Text(
        f"今日の {total} 問（復習 {review}、新しい問題 {plan.new}、約 {minutes:.0f} 分）",
        f"{total} for today ({review} to review, {plan.new} new, about {minutes:.0f} min)",
    )


def reason(chosen: Chosen) -> Text:
    """Why this question today, in numbers."""
    seconds = f"{chosen.seconds:.0f}"
    if chosen.held is None:
        return Text(
            f"試験日 +{chosen.gain:.2f} 問ぶん、約 {seconds} 秒",
            f"+{chosen.gain:.2f} questions on the day, ~{seconds} s",
        )
    today, without, shown = (round(100 * part) for part in (chosen.today, chosen.without, chosen.shown))
    return Text(
        f"今日 {today} %、試験日 {without} → {shown} %、約 {seconds} 秒",
        f"today {today} %, exam day {without} → {shown} %, ~{seconds} s",
    )


def missing(plan: Plan) -> Text:
    """What a day off costs."""
    if plan.worth < 0.05:
        return Text("今日休んでも、ほとんど変わりません。", "Missing today costs next to nothing.")
    return Text(
        f"今日休むと、多くて約 {plan.worth:.1f} 問ぶん失います。",
        f"Missing today costs {plan.worth:.1f} questions at most.",
    )


def estimate(each: Estimate, count: int) -> Text:
    """``200 問中 165 問（たぶん 150 から 175）``."""
    right, low, high = (round(count * part) for part in (each.share, each.low, each.high))
    return Text(
        f"{count} 問中 {right} 問（たぶん {low} から {high}）", f"{right} of {count} (probably {low} to {high})"
    )


def memory(scale: float) -> Text:
    """How long this learner's memories last beside what is assumed of everyone."""
    if 0.8 <= scale <= 1.25:
        return Text("覚えている長さは、ふつうです。", "Your memories last about as long as most.")
    return Text(f"覚えている長さは、標準の約 {scale:.1f} 倍です。", f"Your memories last about {scale:.1f}× the usual.")


def never_met(plan: Plan) -> Text:
    """How many questions were never asked."""
    count = plan.never_met
    return Text(f"まだ解いていない問題が {count} 問", f"{count} never asked") if count else same("")
