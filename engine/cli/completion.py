"""``peephole completion``: a script for the shell, made from the parser itself."""

import argparse
from collections.abc import Iterable, Mapping

import shtab

from engine.cli.context import Context
from engine.cli.parser import build_parser
from sims.registry import SIMULATIONS

FILES = ("--bank", "paths", "file", "place")


def run(context: Context) -> int:
    """Print the script. Names of topics, simulations and questions are those of this moment."""
    library = context.library()
    words = {
        "topics": [bank.topic for bank in library.banks],
        "name": [simulation.name for simulation in SIMULATIONS],
        "question": [card.id for _, card in library.cards()],
    }
    parser = build_parser(context.language)
    complete(parser, words)
    context.say(shtab.complete(parser, context.options.shell))
    return 0


def complete(parser: argparse.ArgumentParser, words: Mapping[str, Iterable[str]]) -> None:
    """Tell every argument below ``parser`` what it can be: one of ``words`` under its name, or a file."""
    for action in parser._actions:  # argparse has no other way to look at a parser, and shtab goes the same
        if isinstance(action, argparse._SubParsersAction):
            for below in set(action.choices.values()):
                complete(below, words)
        elif action.choices is None and not action.option_strings and action.dest in words:
            action.choices = list(words[action.dest])
        elif action.dest in FILES or any(name in FILES for name in action.option_strings):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
