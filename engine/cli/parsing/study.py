"""Commands for studying."""

from engine.cli.parsing.commands import Commands, whole
from sims.text import Text

ORDERS = (
    ("new", Text("まだ解いていない問題だけ", "only questions not met yet")),
    ("due", Text("復習の時期が来た問題だけ", "only questions due for review")),
    ("mistakes", Text("前回まちがえた問題だけ", "only questions last answered wrongly")),
)


def add(commands: Commands) -> None:
    """``drill``, ``exam``, ``plan``, ``stats``."""
    drill = commands.add("drill", Text("単元を選んで続けて解く", "answer questions of the chosen topics"))
    drill.topics()
    count = Text("問題数（既定 12）", "how many questions (default 12)")
    drill.option("-n", about=count, dest="count", type=whole(1, 1000), default=12, metavar="N")
    drill.seed(default=None)
    order = drill.one_of()
    for name, about in ORDERS:
        order.option(f"--{name}", about=about, dest="order", action="store_const", const=name)
    drill.plain()
    drill.bank()

    exam = commands.add(
        "exam", Text("時間を計る模擬試験（四択、答え合わせは最後）", "a timed mock exam, no verdict until the end")
    )
    exam.topics()
    number = Text("問題数（既定は全部、104 まで）", "how many questions (default: all there are, up to 104)")
    exam.option("-n", about=number, dest="count", type=whole(1, 1000), metavar="N")
    minutes = Text("制限時間（既定は 1 問 69 秒）", "time limit in minutes (default: 69 seconds a question)")
    exam.option("--minutes", about=minutes, type=whole(1, 600), metavar="M")
    exam.seed(default=None)
    kind = exam.one_of()
    kind.option("--new", about=Text("途中の試験を捨てて始める", "drop the exam under way"), action="store_true")
    kind.option("--report", about=Text("前回の結果を見る", "the report of the last exam"), action="store_true")
    exam.plain()
    exam.bank()
    _plan(commands)
    stats = commands.add("stats", Text("これまでの記録と弱いところ", "how you are doing, and where you are weak"))
    stats.json()
    stats.bank()


def _plan(commands: Commands) -> None:
    plan = commands.add("plan", Text("試験日までの計画と見込み", "the way to the exam, and what it may bring"))
    day = plan.one_of()
    when = Text("試験日（例 2027-02-19、2月19日）", "the day of the exam, such as 2027-02-19")
    day.option("--exam", about=when, metavar="DATE")
    day.option("--forget-exam", about=Text("試験日を消す", "forget the day of the exam"), action="store_true")
    minutes = Text("1 日に使う分数（1〜600）", "minutes a day, 1 to 600")
    plan.option("--minutes", about=minutes, type=whole(1, 600), metavar="M")
    plan.json()
    plan.bank()
