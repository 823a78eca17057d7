"""``peephole merge FILE``: another machine's history, joined into this one."""

from pathlib import Path

from engine.cli.context import PROBLEMS, Context
from engine.cli.import_ import receive, say_added
from engine.cli.loading import LoadingLine
from engine.exchange.merge import merge
from engine.study.history.history import History
from sims.text import Text


def run(context: Context) -> int:
    """Join the histories; 1 if the other one could not be read as a whole, 2 for a file that cannot be used."""
    return receive(context, _merge)


def _merge(context: Context, history: History, line: LoadingLine) -> int:
    merged = merge(history, Path(context.options.file), line.show)
    line.clear()
    say_added(context, merged.answers, merged.words, merged.rows - merged.answers - merged.words)
    if not merged.damaged and not merged.unreadable:
        return 0
    context.warn(
        Text(
            f"{context.options.file} は壊れています。読み取れた {merged.rows} 行だけを使いました。",
            f"{context.options.file} is damaged: only the {merged.rows} rows that could be read were used.",
        )
    )
    return PROBLEMS
