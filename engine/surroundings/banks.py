"""The banks that would open."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.bank.load import SHIPPED, load
from engine.surroundings.finding import Finding
from sims.text import Text

NAME = Text("問題", "Banks")
MOST = 5  # faults shown one by one


def banks(paths: Sequence[Path]) -> Iterator[Finding]:
    """How many there are, and the first of their faults. They are read without the cache, which stays as it is."""
    library = load(paths)
    count = len(library.cards())
    own = sum(not Path(source.path).is_relative_to(SHIPPED) for source in library.sources)
    data = {"banks": len(library.banks), "own": own, "questions": count, "problems": len(library.problems)}
    what = Text(
        f"{len(library.banks)} ファイル（自分の {own}）、{count} 問",
        f"{len(library.banks)} banks ({own} your own), {count} questions",
    )
    if count == 0:
        mend = Text("もう一度インストールしてください。", "Install again: the shipped banks are missing.")
        yield Finding("banks", NAME, "problem", what, mend, data)
    else:
        yield Finding("banks", NAME, "ok", what, data=data)
    for problem in library.problems[:MOST]:
        told = Text(problem.as_line("ja"), problem.as_line("en"))
        yield Finding("bank", NAME, "problem", told, data={"file": problem.path, "line": problem.line})
    if len(library.problems) > MOST:
        rest = len(library.problems) - MOST
        more = Text(f"ほかに {rest} 件。", f"And {rest} more.")
        mend = Text("peephole check で全部わかります。", "peephole check lists them all.")
        yield Finding("bank", NAME, "problem", more, mend, {"more": rest})
