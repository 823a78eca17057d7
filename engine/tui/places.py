"""Where a learner can go from anywhere: each place by its key, imported when it is visited."""

from importlib import import_module

import msgspec
from textual.screen import Screen

from engine.tui import keys
from engine.tui.keys import Key
from sims.text import Text


class Place(msgspec.Struct, frozen=True):
    """A screen: the key that leads there from home, what it is for, and where its class stands."""

    key: Key
    about: Text
    module: str
    screen: str

    @property
    def visit(self) -> str:
        """The action that opens it."""
        return f"app.visit('{self.key.name}')"

    def open(self) -> Screen[None]:
        """The screen, new."""
        made: Screen[None] = getattr(import_module(f"engine.tui.screens.{self.module}"), self.screen)()
        return made


DRILL = Place(keys.DRILL, Text("単元を選んで続けて解く", "choose topics, keep going"), "topics", "TopicsScreen")
EXAM = Place(
    keys.EXAM,
    Text("本番と同じ形で、時間を計って", "in the exam's manner, against the clock"),
    "exam_start",
    "ExamStartScreen",
)
LAB = Place(
    keys.LAB,
    Text("問題なしで、実験をのぞく", "experiments to look into, without questions"),
    "lab",
    "LabScreen",
)
PLAN = Place(keys.PLAN, Text("試験日と、復習の予定", "the exam day and what to review"), "plan", "PlanScreen")
STATS = Place(keys.STATS, Text("単元ごとの記録", "how each topic goes"), "stats", "StatsScreen")
SETTINGS = Place(keys.SETTINGS, Text("言語、配色、動き", "language, colours, motion"), "settings", "SettingsScreen")
PLACES = (DRILL, EXAM, LAB, PLAN, STATS, SETTINGS)
