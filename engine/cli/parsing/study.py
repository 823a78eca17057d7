"""Commands for studying."""

from engine.cli.parsing.commands import Commands, whole
from sims.text import Text

ORDERS = (
    ("new", Text("まだ解いていない問題だけ", "only questions not met yet")),
    ("due", Text("復習の時期が来た問題だけ", "only questions due for review")),
    ("mistakes", Text("前回まちがえた問題だけ", "only questions last answered wrongly")),
)


def add(commands: Commands) -> None:
    """``drill``."""
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
