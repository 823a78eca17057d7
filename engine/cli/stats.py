"""``peephole stats``: how the learner is doing, as pictures in the terminal or as one JSON object."""

import shutil
from dataclasses import asdict
from typing import Any

import msgspec

from engine.cli.context import Context
from engine.cli.desk import open_desk
from engine.drawing import statistics as pictures
from engine.study.desk import Desk
from engine.study.statistics import Statistics
from sims.text import Text

WIDTH = 76
NOTHING = Text(
    "まだ答えがありません。peephole drill で始めると、ここに記録が出ます。",
    "Nothing answered yet. Start with peephole drill, and this page fills.",
)
TOPICS = Text("単元（弱い順）", "Topics, weakest first")


def run(context: Context) -> int:
    """Print the statistics; a history without an answer says so."""
    desk = open_desk(context)
    stats = desk.statistics()
    if context.options.json:
        context.say_json(record(desk, stats))
    elif not stats.answers:
        context.say(NOTHING)
    else:
        _print(context, desk, stats)
    desk.close()
    return 0


def record(desk: Desk, stats: Statistics) -> dict[str, Any]:
    """The statistics as data: days as ISO dates, shares of 1, mistakes with their sentence in both languages."""
    data = msgspec.to_builtins(stats)
    for topic, each in zip(data["topics"], stats.topics, strict=True):
        topic |= {"share": each.share, "title": asdict(desk.topic_title(each.topic))}
    for mistake in data["mistakes"]:
        words = desk.mistake_words(mistake["question"], mistake["mistake"])
        mistake["named"] = None if words is None else asdict(words)
    return {name: _rounded(value) for name, value in data.items()}


def _rounded(value: Any) -> Any:
    """Numbers to four places, at any depth."""
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value


def _print(context: Context, desk: Desk, stats: Statistics) -> None:
    language = context.language
    width = max(min(shutil.get_terminal_size((80, 24)).columns - 2, WIDTH), 60)
    context.draw(pictures.totals(stats, language))
    context.say("")
    context.say(TOPICS)
    context.draw(pictures.topics(stats, desk.topic_title, width, language))
    for title, rows in pictures.sections(stats, desk.mistake_words, desk.question_words, width, language):
        context.say("")
        context.say(title)
        context.draw(rows)
