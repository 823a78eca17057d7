"""``peephole doctor``: the machine, the terminal, the folders, the history, the banks; each line says what to do."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

from engine.cli.context import PROBLEMS, Context
from engine.drawing.ascii import to_ascii
from engine.drawing.width import cell_width, fill, visible
from engine.drawing.wrap import wrap
from engine.surroundings import folders, program, terminal, widths
from engine.surroundings.finding import Finding, State
from sims.text import Text

Check = Callable[[], Finding | Iterable[Finding]]
MARKS: dict[State, Text] = {"ok": Text("〇", "✓"), "look": Text("∆", "∆"), "problem": Text("✘", "✘")}
WORDS: dict[State, Text] = {
    "ok": Text("よし", "ok"),
    "look": Text("確認", "look"),
    "problem": Text("問題", "problem"),
}
NAME_CELLS, STATE_CELLS, LEAST_CELLS = 18, 10, 60
RULER = Text(
    "目盛り（上下の縦棒がそろわなければ、文字の幅がずれています）",
    "Ruler: where the bars are not under each other, widths differ",
)


def run(context: Context) -> int:
    """Report every check; 1 if there is a problem. Nothing is made or changed."""
    if context.options.keys:
        return _keys(context)
    states: list[State] = []
    for finding in findings(context):
        states.append(finding.state)
        if context.options.json:
            record = {"check": finding.check, "state": finding.state, "what": asdict(finding.what)}
            mend = asdict(finding.mend) if finding.mend else None
            context.say_json({**record, "mend": mend, "data": dict(finding.data)})
        else:
            for line in _lines(context, finding):
                context.say(line)
    if not context.options.json:
        _close(context, states)
    return PROBLEMS if "problem" in states else 0


def findings(context: Context) -> Iterator[Finding]:
    """Every check in turn; one that fails in an unforeseen way is a problem and does not stop the others."""
    inside = sys.stdin.isatty() and sys.stdout.isatty()
    size = tuple(shutil.get_terminal_size()) if inside else None
    # Asked in the language of escape sequences: nothing else may be on its way to the terminal.
    sys.stdout.flush()
    measured = widths.measure(0, 1) if inside else None
    checks: tuple[tuple[str, Check], ...] = (
        ("python", program.python),
        ("packages", program.packages),
        ("terminal", lambda: terminal.kind(os.environ, inside)),
        ("size", lambda: terminal.size((size[0], size[1]) if size else None)),
        ("colours", lambda: terminal.colours(os.environ)),
        ("encoding", lambda: terminal.encoding(os.environ)),
        ("widths", lambda: widths.widths(measured, context.settings.plain_marks)),
        ("keys", lambda: terminal.keys(os.environ)),
        ("home", lambda: folders.home(context.home, os.environ)),
        ("disk", lambda: folders.disk(context.home)),
        ("settings", lambda: folders.settings(context.home, context.settings)),
        ("history", lambda: _history(context)),
        ("banks", lambda: _banks(context)),
    )
    for name, check in checks:
        try:
            found = check()
            yield from [found] if isinstance(found, Finding) else found
        except Exception as error:  # whatever is wrong with this machine, the other checks are wanted all the more
            told = f"{type(error).__name__}: {error}"
            what = Text(f"調べられません（{told}）。", f"Cannot be checked ({told}).")
            yield Finding(name, Text(name, name), "problem", what)


def _history(context: Context) -> Iterable[Finding]:
    from engine.surroundings.database import history

    return history(context.home)


def _banks(context: Context) -> Iterable[Finding]:
    from engine.surroundings.banks import banks

    return banks(context.bank_paths())


def _lines(context: Context, finding: Finding) -> Iterator[str]:
    """``mark word  name  what → mend``; on a terminal wrapped under its beginning, elsewhere one line."""
    language = context.language
    mark = _drawn(context, MARKS[finding.state].get(language))
    head = fill(f"{mark} {WORDS[finding.state].get(language)}", STATE_CELLS)
    head += fill(finding.name.get(language), NAME_CELLS)
    said = visible(finding.what.get(language))
    if finding.mend:
        said += f" {_drawn(context, '→')} {visible(finding.mend.get(language))}"
    columns = shutil.get_terminal_size((80, 24)).columns - 1
    if not sys.stdout.isatty():
        yield head + said
        return
    if columns < LEAST_CELLS:
        yield head.rstrip()
        head = "  "
    for number, line in enumerate(wrap(said, max(columns - cell_width(head), 10))):
        yield (head if number == 0 else " " * cell_width(head)) + line


def _close(context: Context, states: list[State]) -> None:
    context.say("")
    context.say(RULER)
    for line in widths.ruler():
        context.say(f"  {line}")
    problems, looks = states.count("problem"), states.count("look")
    told = Text(
        f"問題 {problems} 件、確認 {looks} 件。" if problems or looks else "どこも問題ありません。",
        f"{problems} problem{'' if problems == 1 else 's'}, {looks} to look at." if problems or looks else "All well.",
    )
    context.say("")
    context.say(told)


def _drawn(context: Context, mark: str) -> str:
    return to_ascii(mark) if context.settings.plain_marks else mark


def _keys(context: Context) -> int:
    """Every key that may be remapped: its name, the keys it has now, its words."""
    from engine.tui import keymap  # names live with the screens: the one thing here that imports Textual
    from engine.tui.keys import with_twins

    own, faults = keymap.checked(context.settings.keys)
    for name, key in sorted(keymap.names().items()):
        present = own.get(name, with_twins(key.keys))
        if context.options.json:
            names = [each.strip() for each in present.split(",")]
            context.say_json({"name": name, "keys": names, "own": name in own, "words": asdict(key.words)})
        else:
            context.say(f"{fill(name, 18)} {fill(keymap.all_shown(present), 18)} {key.words.get(context.language)}")
    for fault in faults:
        context.warn(fault)
    if not context.options.json:
        from engine.settings import settings_file

        file = settings_file(context.home)
        context.say("")
        context.say(
            Text(
                f'変えるには {file} に "keys": {{"look": "x"}} のように書きます。',
                f'To change one, write "keys": {{"look": "x"}} in {file}.',
            ).get(context.language)
        )
    return PROBLEMS if faults else 0
