"""Commands for looking inside: simulations, questions, gradings."""

from engine.cli.parsing.commands import Commands
from sims.text import Text


def add(commands: Commands) -> None:
    """``sim``, ``questions``, ``grade``, ``explain``."""
    sim = commands.add(
        "sim", Text("シミュレーションを動かす（名前がなければ一覧）", "run a simulation (the list if no name is given)")
    )
    sim.option("name", about=Text("シミュレーションの名前", "name of a simulation"), nargs="?", metavar="NAME")
    change = Text("条件を変える（繰り返し可）", "change a parameter (may be repeated)")
    sim.option("--set", about=change, action="append", metavar="KEY=VALUE", default=[])
    sim.seed()
    sim.json()

    questions = commands.add("questions", Text("すべての問題と正解", "every question as asked, with its key"))
    questions.topics()
    questions.seed()
    questions.json()
    questions.bank()

    commands.add("grade", Text("標準入力の JSON を採点する", "grade JSON lines from standard input")).bank()

    explain = commands.add(
        "explain", Text("1 つの答えの読み取りと判定を説明する", "explain how one answer is read and graded")
    )
    name = Text("問題の id（一覧は peephole questions）", "id of a question (peephole questions lists them)")
    explain.option("question", about=name, metavar="ID")
    answer = Text("答えの文字列（繰り返し可）", "the answer as it would be typed (may be repeated)")
    explain.option("--answer", about=answer, action="append", required=True, metavar="TEXT")
    explain.seed()
    explain.json()
    explain.bank()
